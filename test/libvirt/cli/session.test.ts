import { execFile } from "node:child_process";
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundledCommand } from "../../../packages/cli/test/bundled.js";
import { readEvents } from "../../../packages/lab/test/event-schema.js";
import { guestImage } from "../../guests/index.js";
import { canRunHypervisor } from "../hypervisor.js";

const run = promisify(execFile);
const root = path.join(import.meta.dirname, "../../..");
/** An ordinary user: no rights of root's, no group. Root becomes it to run these tests. */
const NOBODY = 65534;
const reason = await canRunHypervisor();

describe.skipIf(reason !== undefined)(
  `labscape as an ordinary user, on qemu:///session${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let folder: string;
    let home: string;
    let program: string;
    const labscape = async (...argv: string[]): Promise<string> => {
      const { stdout } = await run(
        "setpriv",
        [
          ...["--reuid", String(NOBODY), "--regid", String(NOBODY), "--clear-groups", "--no-new-privs"],
          ...[process.execPath, program, ...argv],
        ],
        {
          cwd: home,
          env: { HOME: home, XDG_RUNTIME_DIR: path.join(home, "run"), PATH: "/usr/bin:/bin:/usr/sbin:/sbin" },
        },
      );
      return stdout;
    };
    /** The events of a run, whether it went well or not. */
    const events = async (...argv: string[]): Promise<readonly unknown[]> => {
      const stdout = await labscape(...argv, "--json").catch((error: unknown) =>
        error instanceof Error && "stdout" in error ? String(error.stdout) : "",
      );
      return readEvents(stdout);
    };

    beforeAll(async () => {
      // The checkout may be where this user cannot look: it gets a copy of what it runs.
      folder = await mkdtemp(path.join(tmpdir(), "labscape-session-"));
      await chmod(folder, 0o755);
      home = path.join(folder, "home");
      await mkdir(path.join(home, "run"), { recursive: true, mode: 0o700 });
      for (const one of [home, path.join(home, "run")]) await chown(one, NOBODY, NOBODY);
      program = await bundledCommand(folder);
      await cp(path.join(root, "examples/two-nodes/two-nodes.lab.toml"), path.join(folder, "two-nodes.lab.toml"));
      await cp((await guestImage("tiny_linux")).disk, path.join(folder, "disk.qcow2"));
      await run("chmod", ["-R", "a+r", folder]);
    });

    afterAll(async () => {
      // The user's daemon ends by itself when idle; here it ends with the test.
      process.kill(Number(await readFile(path.join(home, "run/libvirt/libvirtd.pid"), "utf8")));
      await rm(folder, { recursive: true, force: true });
    });

    it("deploys, has nothing to do again, and destroys without a trace", async () => {
      const connect = ["--connect", "qemu:///session"];
      const manifest = path.join(folder, "two-nodes.lab.toml");
      await labscape(
        "image",
        "add",
        path.join(folder, "disk.qcow2"),
        "--model",
        "tiny_linux",
        "--version",
        "1.0",
        ...connect,
      );
      const seen = await events("up", manifest, "--yes", ...connect);
      expect(seen).not.toContainEqual(expect.objectContaining({ error: expect.anything() as unknown }));
      expect(seen.at(-1)).toMatchObject({ type: "finished", outcome: "done", counts: { ready: 2 } });
      expect(JSON.parse(await labscape("plan", manifest, "--json", ...connect))).toMatchObject({ steps: [] });
      expect(JSON.parse(await labscape("status", "--all", "--json", ...connect))).toMatchObject({
        labs: [{ name: "two-nodes", uri: "qemu:///session", nodes: [{ state: "running" }, { state: "running" }] }],
      });
      const gone = await events("destroy", manifest, "--yes", ...connect);
      expect(gone).toContainEqual(expect.objectContaining({ type: "step-progress", unit: "count" }));
      expect(gone.at(-1)).toMatchObject({ type: "finished", outcome: "done" });
      expect(JSON.parse(await labscape("status", "--all", "--json", ...connect))).toMatchObject({ labs: [] });
      expect(await readdir(path.join(home, ".local/share/labscape"))).toEqual(["images"]);
    });
  },
);
