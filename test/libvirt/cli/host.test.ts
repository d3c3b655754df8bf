import { describe, expect, it } from "vitest";
import { destroyLab, type Host } from "@labscape/lab";
import { LifecycleEvent } from "node-libvirt";
import { run } from "../../../packages/cli/test/run.js";
import { guestImage } from "../../guests/index.js";
import { canRunHypervisor, type Hypervisor } from "../hypervisor.js";
import { useHost } from "../use-hypervisor.js";
import { inventory } from "../leftovers.js";
import { ring, testServices, up } from "../lab/support.js";

const reason = await canRunHypervisor();

describe.skipIf(reason !== undefined)(`the host${reason === undefined ? "" : ` (${reason})`}`, () => {
  let hypervisor: Hypervisor;
  let host: Host;
  const labscape = (...argv: string[]) => run([...argv, "--connect", hypervisor.uri], { env: process.env });

  useHost((started) => ({ hypervisor, host } = started));

  it("prune removes what a lab without nodes left, and neither a living lab nor what others made", async () => {
    const { connection } = host;
    const foreign = await connection.networkDefineXml("<network><name>quarry.theirs</name></network>");
    const services = await testServices("disk");
    await up(ring("living", 2), host, services, { wait: "started" });
    const before = await inventory(hypervisor);
    expect((await labscape("prune")).stdout).toContain("Nothing of yours is left over");

    await up(ring("quarry", 2), host, services, { wait: "started" });
    for (const name of ["quarry.n1", "quarry.n2"]) {
      const domain = await connection.domainLookupByName(name);
      await domain.destroy();
      await domain.undefine();
    }
    expect(await labscape("prune")).toMatchObject({ code: 2, stderr: expect.stringContaining("--yes") as unknown });
    const { code, stdout } = await labscape("prune", "--yes");
    expect(stdout).toContain(
      `Lab quarry has no nodes, but network quarry.management, pool labscape.${host.owner}.quarry`,
    );
    expect(code).toBe(0);
    expect(await inventory(hypervisor)).toEqual(before);
    expect(await destroyLab({ lab: "living" }, host, { onEvent: () => undefined })).toMatchObject({ outcome: "done" });
    await foreign.undefine();
  });

  it("doctor --deep starts a guest and removes it again, where there is an image and the host lets it", async () => {
    const { connection } = host;
    const trial = async (signal?: AbortSignal) => {
      const argv = ["doctor", "--deep", "--json", "--connect", hypervisor.uri];
      const { code, stdout } = await run(argv, { env: process.env, ...(signal === undefined ? {} : { signal }) });
      if (stdout === "") return { code };
      const { checks } = JSON.parse(stdout) as { checks: { name: string; result: string; message: string }[] };
      return checks.find(({ name }) => name === "guest");
    };
    expect(await trial()).toMatchObject({ result: "warning", mend: "Add one: labscape image add FILE" });
    const { disk } = await guestImage("tiny_linux");
    await labscape("image", "add", disk, "--model", "tiny_linux", "--version", "1.0");
    const before = await inventory(hypervisor);
    const lives: number[] = [];
    const watch = await connection.subscribe("domain-lifecycle", ({ event }) => lives.push(event));
    expect(await trial()).toMatchObject({
      result: "ok",
      message: expect.stringMatching(/^tiny_linux 1\.0 was ready, and was removed again, in \d+ s$/) as unknown,
    });
    expect(lives).toEqual(
      expect.arrayContaining([LifecycleEvent.STARTED, LifecycleEvent.STOPPED, LifecycleEvent.UNDEFINED]),
    );
    await watch.unsubscribe();
    expect(await inventory(hypervisor)).toEqual(before);

    const abort = new AbortController();
    const starts = await connection.subscribe("domain-lifecycle", () => abort.abort());
    expect(await trial(abort.signal)).toEqual({ code: 130 });
    await starts.unsubscribe();
    expect(await inventory(hypervisor)).toEqual(before);

    await hypervisor.exec(["rm", "-r", "/var/lib/libvirt/labscape"]);
    await hypervisor.exec(["touch", "/var/lib/libvirt/labscape"]);
    expect(await trial()).toMatchObject({
      result: "failed",
      message: expect.stringContaining("tiny_linux 1.0: ") as unknown,
    });
    await hypervisor.exec(["rm", "/var/lib/libvirt/labscape"]);
    expect(await inventory(hypervisor)).toEqual(before);
  });

  it("doctor finds libvirt and QEMU, and says why guests are slow here or that they are not", async () => {
    const { stdout, code } = await labscape("doctor", "--json");
    const { checks } = JSON.parse(stdout) as { checks: { name: string; result: string; message: string }[] };
    const named = new Map(checks.map((check) => [check.name, check]));
    expect(named.get("libvirt")).toMatchObject({ result: "ok" });
    expect(named.get("qemu")).toMatchObject({ result: "ok", message: expect.stringContaining("x86_64") as unknown });
    expect(named.get("space")?.message).toMatch(/GiB free at \/var\/lib\/libvirt\/labscape/);
    expect(named.get("kvm")).toMatchObject({ neededFor: expect.stringContaining("fast guests") as unknown });
    expect(code).toBe(checks.some(({ result }) => result === "failed") ? 1 : 0);
    expect((await labscape("doctor")).stdout).toMatch(/^. libvirt +qemu/m);
    expect(await run(["doctor", "--connect", "qemu+unix:///system?socket=/nonexistent"])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("apt install libvirt-daemon-system") as unknown,
    });
  });
});
