import { beforeAll, describe, expect, it } from "vitest";
import {
  applyPlan,
  destroyLab,
  labStatus,
  planLab,
  watchLabs,
  type Host,
  type LabServices,
  type LabStatus,
} from "@labscape/lab";
import { canRunHypervisor, type Hypervisor } from "../hypervisor.js";
import { useHost } from "../use-hypervisor.js";
import { inventory, type Inventory } from "../leftovers.js";
import { labOf, MANIFEST, ring, Shell, stepsOf, testServices, up } from "./support.js";

const obstacle = await canRunHypervisor();

const foreignDomain = `<domain type="qemu"><name>quarry.guest</name><memory unit="MiB">64</memory>
<os><type arch="x86_64" machine="q35">hvm</type></os></domain>`;
const foreignNetwork = `<network><name>quarry.other</name><ip address="172.31.0.1" netmask="255.255.255.0"/></network>`;
const foreignPool = `<pool type="dir"><name>others</name><target><path>/var/lib/libvirt/images/others</path></target></pool>`;
const foreignVolume = `<volume><name>keep.raw</name><capacity>4096</capacity></volume>`;

describe.skipIf(obstacle)(`a lab of two nodes${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let hypervisor: Hypervisor;
  let host: Host;
  let services: LabServices;
  let before: Inventory;

  useHost((started) => ({ hypervisor, host } = started));
  beforeAll(async () => {
    services = await testServices("disk");
    const { connection } = host;
    await connection.domainDefineXml(foreignDomain);
    await connection.networkDefineXml(foreignNetwork);
    const pool = await connection.storagePoolDefineXml(foreignPool);
    await pool.build();
    await pool.create();
    await pool.volCreateXml(foreignVolume);
    before = await inventory(hypervisor);
  });

  const rest = `management = { ipv6 = "fd00:77::/64", dns = { gate = "203.0.113.7" } }`;
  const lab = ring("quarry", 2, { rest });
  async function pings(): Promise<boolean> {
    const shell = await Shell.of(host, "quarry.n1");
    try {
      return (await shell.run("ping -c 2 -W 2 10.0.1.2")).status === 0;
    } finally {
      shell.close();
    }
  }

  it("deploys until its nodes are ready, and tells each step", async () => {
    const { outcome, events } = await up(lab, host, services);
    expect(outcome).toMatchObject({
      outcome: "done",
      problems: [],
      counts: { failed: 0, skipped: 0, ready: 2, nodes: 2 },
    });
    const ready = events.flatMap((event) => (event.type === "ready" ? [event.node] : []));
    expect(ready.sort()).toEqual(["n1", "n2"]);
    const started = events.flatMap((event) => (event.type === "step-started" ? [event.step.id] : []));
    const done = events.flatMap((event) => (event.type === "step-done" ? [event.step.id] : []));
    expect([...done].sort()).toEqual([...started].sort());
    expect(events.at(-1)).toMatchObject({ type: "finished", outcome: "done" });
  });

  it("has addresses by first-boot data, and its cable carries pings", async () => {
    const shell = await Shell.of(host, "quarry.n1");
    expect((await shell.run("hostname")).output).toBe("n1\n");
    expect((await shell.run("ip -4 -o addr show eth0")).output).toContain("172.31.1.10/24");
    shell.close();
    expect(await pings()).toBe(true);
  });

  it("chose a subnet that no other network has, stopped ones included, and its DNS knows the nodes, which have both families", async () => {
    const [status] = await labStatus(host, { lab: "quarry" });
    expect(status?.nodes.map(({ address }) => address)).toEqual(["172.31.1.10", "172.31.1.11"]);
    const shell = await Shell.of(host, "quarry.n1");
    expect((await shell.run("nslookup n2.quarry.lab 172.31.1.1")).output).toContain("172.31.1.11");
    expect((await shell.run("nslookup gate.quarry.lab 172.31.1.1")).output).toContain("203.0.113.7");
    for (const address of ["172.31.1.11", "fd00:77::b"]) {
      expect(await shell.run(`ping -c 1 -W 2 ${address}`)).toMatchObject({ status: 0 });
    }
    shell.close();
  });

  it("has nothing to do when planned again", async () => {
    expect(await stepsOf(lab, host, services)).toEqual([]);
  });

  it("reports what runs", async () => {
    expect(await labStatus(host)).toEqual([
      {
        name: "quarry",
        owner: host.owner,
        uri: hypervisor.uri,
        manifest: "/labs/test.lab.toml",
        nodes: [
          { name: "n1", model: "tiny_linux", state: "running", ready: true, address: "172.31.1.10" },
          { name: "n2", model: "tiny_linux", state: "running", ready: true, address: "172.31.1.11" },
        ],
        links: [{ src: "n1::eth1", dst: "n2::eth2", type: "udp", state: "up" }],
      },
    ]);
  });

  it("keeps an image's disk small: an overlay takes less than 1 MB", async () => {
    const { stdout } = await hypervisor.exec(["du", "-sk", `/var/lib/libvirt/labscape/${host.owner}.quarry/n1.qcow2`]);
    expect(Number(stdout.split("\t")[0])).toBeLessThan(1024);
  });

  it("keeps its password from others", async () => {
    const directory = `/var/lib/libvirt/labscape/${host.owner}.quarry`;
    const { stdout } = await hypervisor.exec(["sh", "-c", `stat -c "%a %n" ${directory}/*.json ${directory}/*seed*`]);
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => line.split(" ")[0]),
    ).toEqual(["600", "600", "600"]);
  });

  it("pulls the cable without a restart, and both guests see it; and plugs it in again", async () => {
    const down = await up(ring("quarry", 2, { link: `, state = "down"`, rest }), host, services);
    expect(down.plan.steps.map(({ id }) => id)).toEqual(["domain/n1/update", "domain/n2/update"]);
    expect(down.plan.consents).toEqual([]);
    for (const [node, port] of [
      ["n1", "eth1"],
      ["n2", "eth2"],
    ] as const) {
      const shell = await Shell.of(host, `quarry.${node}`);
      expect((await shell.run(`cat /sys/class/net/${port}/carrier`)).output).toBe("0\n");
      shell.close();
    }
    expect((await labStatus(host))[0]?.links[0]?.state).toBe("down");
    await up(lab, host, services);
    expect(await pings()).toBe(true);
    expect(await stepsOf(lab, host, services)).toEqual([]);
  });

  it("restarts only the node whose memory changes, says so before, and the cable still works", async () => {
    const { connection } = host;
    const id = (await connection.domainLookupByName("quarry.n2")).id;
    const changed = ring("quarry", 2, { node: (name) => (name === "n1" ? ", memory = 128" : ""), rest });
    const { plan, outcome } = await up(changed, host, services);
    expect(plan.consents).toEqual([{ node: "n1", action: "restart", reason: "memory 112 MiB -> 128 MiB" }]);
    expect(outcome.outcome).toBe("done");
    expect((await connection.domainLookupByName("quarry.n2")).id).toBe(id);
    expect(await pings()).toBe(true);
    expect(await stepsOf(changed, host, services)).toEqual([]);
    await up(lab, host, services);
  });

  it("is not restarted by a new ssh key of the user, unless asked", async () => {
    const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEm0fRNPdbdHgbYMmYM4qTl2mmUwHvVOKEPXXCkS3Cj8 ada@home";
    const newKey: LabServices = { ...services, userKeys: () => Promise.resolve([key]) };
    const quiet = await planLab(labOf(lab), host, { manifest: MANIFEST, services: newKey });
    expect(quiet.steps).toEqual([]);
    expect(quiet.warnings).toContainEqual(expect.objectContaining({ code: "ssh-keys-changed" }));
    const asked = await planLab(labOf(lab), host, { manifest: MANIFEST, services: newKey, refreshKeys: true });
    expect(asked.consents.map(({ node, reason }) => `${node}: ${reason}`)).toEqual([
      "n1: first-boot data changed",
      "n2: first-boot data changed",
    ]);
    expect(await applyPlan(asked, host, { onEvent: () => undefined })).toMatchObject({ outcome: "done", problems: [] });
    const shell = await Shell.of(host, "quarry.n1");
    expect((await shell.run("cat /root/.ssh/authorized_keys")).output).toContain(key);
    shell.close();
    expect(await stepsOf(lab, host, newKey)).toEqual([]);
    // And somebody without that key changes nothing either.
    expect(await stepsOf(lab, host, services)).toEqual([]);
  });

  it("adds a node and removes it again without touching the others", async () => {
    const ids = async (): Promise<readonly number[]> =>
      Promise.all(["n1", "n2"].map(async (name) => (await host.connection.domainLookupByName(`quarry.${name}`)).id));
    const unchanged = await ids();
    const more = ring("quarry", 2, { nodes: [`{ name = "n3", model = "tiny_linux" }`], rest });
    expect((await up(more, host, services)).outcome).toMatchObject({ outcome: "done", counts: { ready: 3 } });
    const shell = await Shell.of(host, "quarry.n3");
    expect((await shell.run("ping -c 1 -W 2 172.31.1.10")).status).toBe(0);
    shell.close();
    expect(await stepsOf(more, host, services)).toEqual([]);
    await up(lab, host, services);
    expect(await ids()).toEqual(unchanged);
    expect(await stepsOf(lab, host, services)).toEqual([]);
  });

  it("tells those who watch what changes, and starts again what was powered off", async () => {
    const seen: LabStatus[] = [];
    let wake = (): void => undefined;
    const watch = await watchLabs(host, (labs) => {
      seen.push(...labs.filter(({ name }) => name === "quarry"));
      wake();
    });
    const until = async (wanted: (status: LabStatus) => boolean): Promise<void> => {
      while (!seen.some(wanted)) await new Promise<void>((resolve) => (wake = resolve));
    };
    expect(seen).toHaveLength(1);
    await (await host.connection.domainLookupByName("quarry.n2")).destroy();
    await until(({ nodes }) => nodes[1]?.state === "stopped" && !nodes[1].ready);
    seen.length = 0;
    const { plan } = await up(lab, host, services);
    expect(plan.steps.map(({ id, reason }) => `${id}: ${reason}`)).toEqual(["domain/n2/start: stopped"]);
    await until(({ nodes }) => nodes[1]?.state === "running" && nodes[1].ready);
    await watch.close();
    expect(await pings()).toBe(true);
  });

  it("refuses a name that somebody else's domain has, and leaves that alone", async () => {
    const taken = ring("quarry", 2, { nodes: [`{ name = "guest", model = "tiny_linux" }`], rest });
    await expect(up(taken, host, services)).rejects.toMatchObject({
      code: "name-taken",
      message: "the host has a domain called quarry.guest that is not of this lab",
    });
  });

  it("leaves nothing when destroyed, and what is not its own as it was; again is nothing", async () => {
    const { outcome } = await destroyLab({ lab: "quarry" }, host, { onEvent: () => undefined });
    expect(outcome).toBe("done");
    expect(await inventory(hypervisor)).toEqual(before);
    expect(await destroyLab({ lab: "quarry" }, host, { onEvent: () => undefined })).toMatchObject({
      outcome: "done",
      counts: { done: 0 },
    });
  });
});
