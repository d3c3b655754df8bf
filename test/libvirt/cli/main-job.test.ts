import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough, Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "@labscape/cli";
import { run } from "../../../packages/cli/test/run.js";
import { readEvents } from "../../../packages/lab/test/event-schema.js";
import { guestImage } from "../../guests/index.js";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { inventory, type Inventory } from "../leftovers.js";

const reason = await canRunHypervisor();
const manifest = path.join(import.meta.dirname, "../../../examples/two-nodes/two-nodes.lab.toml");

describe.skipIf(reason !== undefined)(`labscape on qemu:///system${reason === undefined ? "" : ` (${reason})`}`, () => {
  let hypervisor: Hypervisor;
  let before: Inventory;
  const labscape = (...argv: string[]) => run([...argv, "--connect", hypervisor.uri]);

  beforeAll(async () => {
    hypervisor = await startHypervisor();
    const { disk } = await guestImage("tiny_linux");
    const added = await labscape("image", "add", disk, "--model", "tiny_linux", "--version", "1.0");
    expect(added.stderr).toBe("");
    before = await inventory(hypervisor);
  });
  afterAll(() => hypervisor.stop());

  it("plans without changing anything", async () => {
    const { code, stdout } = await labscape("plan", manifest, "--json");
    expect(code).toBe(0);
    const plan = JSON.parse(stdout) as {
      version: number;
      lab: string;
      steps: { action: string; resource: string; name: string; reason: string }[];
    };
    expect(plan).toMatchObject({ version: 1, lab: "two-nodes" });
    expect(plan.steps.filter(({ resource }) => resource === "domain").map(({ name }) => name)).toEqual(
      expect.arrayContaining(["dev1", "dev2"]),
    );
    expect(await inventory(hypervisor)).toEqual(before);
  });

  it("says what only the host can tell, at the characters that cause it", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "labscape-"));
    const file = path.join(folder, "big.lab.toml");
    await writeFile(file, 'name = "big"\nnodes = [{ name = "a", model = "tiny_linux", cpu_count = 255 }]\n');
    const { code, stdout, stderr } = await labscape("plan", file, "--json");
    expect(stderr).toMatch(/big\.lab\.toml:2:\d+: warning: .*\[host-cpu-exceeded\]/);
    expect({ code, lab: (JSON.parse(stdout) as { lab: string }).lab }).toEqual({ code: 0, lab: "big" });
    await writeFile(file, 'name = "big"\nnodes = [{ name = "a", model = "tiny_linux", version = "9" }]\n');
    const refused = await labscape("plan", file);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("[version-missing]");
    await rm(folder, { recursive: true });
    expect(await inventory(hypervisor)).toEqual(before);
  });

  it("asks before it changes anything: without a terminal it wants --yes", async () => {
    expect(await labscape("up", manifest)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--yes") as unknown,
    });
    expect(await inventory(hypervisor)).toEqual(before);
  });

  it("deploys to ready, and has nothing to do a second time", async () => {
    const { code, stdout, stderr } = await labscape("up", manifest, "--yes", "--json");
    expect(stderr).toBe("");
    const events = readEvents(stdout);
    const types = events.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(["step-started", "step-done", "booting", "ready"]));
    expect(events.filter(({ type }) => type === "step-failed")).toEqual([]);
    expect(events.at(-1)).toMatchObject({
      type: "finished",
      outcome: "done",
      counts: { ready: 2, nodes: 2, failed: 0 },
    });
    expect(code).toBe(0);
    const again = await labscape("plan", manifest, "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({ steps: [] });
  });

  it("tells the status", async () => {
    const { stdout } = await labscape("status", manifest, "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      labs: [
        {
          name: "two-nodes",
          nodes: [
            { name: "dev1", model: "tiny_linux", state: "running", ready: true },
            { name: "dev2", state: "running", ready: true },
          ],
          links: [{ src: "dev1::eth1", dst: "dev2::eth1", type: "udp", state: "up" }],
        },
      ],
    });
    expect((await labscape("status", "--lab", "two-nodes")).stdout).toMatch(/dev1 +tiny_linux +running +yes/);
  });

  it("types ping at a console, sees replies, and leaves with Ctrl-]", async () => {
    const raw: boolean[] = [];
    const typed = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (mode: boolean) => raw.push(mode) });
    let shown = "";
    let sent = false;
    const stdout = new Writable({
      write(chunk: Buffer, _encoding, callback) {
        shown += chunk.toString();
        if (!sent && shown.includes("dev1# ")) {
          sent = true;
          typed.write("ping -c 3 10.0.0.2\r");
        }
        if (shown.includes("packet loss")) typed.write("\u001d");
        callback();
      },
    });
    const running = runCommand(["console", "dev1", manifest, "--connect", hypervisor.uri], {
      stdin: typed,
      stdout,
      stderr: new PassThrough().resume(),
      env: {},
      cwd: process.cwd(),
      signal: new AbortController().signal,
    });
    typed.write("\r");
    expect(await running).toBe(0);
    expect(shown).toContain("3 packets received, 0% packet loss");
    expect(raw).toEqual([true, false]);
    expect((await labscape("status", "--lab", "two-nodes")).stdout).toMatch(/dev1 +tiny_linux +running +yes/);
  });

  it("tells of a cable that is pulled, and of one that is pulled already, as events", async () => {
    const pull = async () => readEvents((await labscape("link", "dev1::eth1", "down", manifest, "--json")).stdout);
    const pulled = await pull();
    expect(pulled.filter(({ type }) => type === "step-done")).toHaveLength(2);
    expect(pulled.at(-1)).toMatchObject({ type: "finished", outcome: "done", counts: { done: 2 } });
    expect(await pull()).toMatchObject([{ type: "finished", outcome: "done", counts: { done: 0 } }]);
  });

  it("destroys by the lab's name alone and leaves nothing", async () => {
    const { code, stdout } = await labscape("destroy", "--lab", "two-nodes", "--yes");
    expect(stdout).toContain("Nothing of it is left");
    expect(code).toBe(0);
    expect(await inventory(hypervisor)).toEqual(before);
    expect(await labscape("destroy", manifest, "--yes")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("nothing to remove") as unknown,
    });
    const none = await labscape("destroy", manifest, "--yes", "--json");
    expect(readEvents(none.stdout)).toMatchObject([{ type: "finished", outcome: "done", counts: { done: 0 } }]);
    expect(await readFile(manifest, "utf8")).toContain("two-nodes");
  });
});
