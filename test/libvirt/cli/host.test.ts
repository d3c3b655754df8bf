import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { destroyLab, openHost, type Host } from "@labscape/lab";
import { run } from "../../../packages/cli/test/run.js";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { inventory } from "../leftovers.js";
import { ring, testServices, up } from "../lab/support.js";

const reason = await canRunHypervisor();

describe.skipIf(reason !== undefined)(`the host${reason === undefined ? "" : ` (${reason})`}`, () => {
  let hypervisor: Hypervisor;
  let host: Host;
  const labscape = (...argv: string[]) => run([...argv, "--connect", hypervisor.uri], { env: process.env });

  beforeAll(async () => {
    hypervisor = await startHypervisor();
    host = await openHost({ uri: hypervisor.uri });
  });
  afterAll(async () => {
    await host.close();
    await hypervisor.stop();
  });

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
