import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtinCatalogue, nicCount } from "@labscape/devices";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DesiredDomain } from "../../src/desire/index.js";
import { attributeOf, childOf, childrenOf, parseXml, textOf } from "../../src/xml.js";
import { desire, diskImage, nothing, type DesireOptions } from "../desired.js";

const kernelImage = {
  version: "1.0",
  kernel: { kernel: "/images/vmlinuz", initrd: "/images/initrd", cmdline: "console=ttyS0 quiet" },
  extraDisks: [],
};

async function only(manifest: string, options: DesireOptions = {}): Promise<DesiredDomain> {
  const { domains } = await desire(manifest, nothing, options);
  const [domain] = domains;
  if (domain === undefined) throw new Error("the manifest has no node");
  return domain;
}

const node = (model: string, more = ""): string =>
  `name = "quarry"\nnodes = [{ name = "a", model = "${model}"${more} }]\n`;

const validator = spawnSync("virt-xml-validate", ["--version"]).error === undefined;

describe.skipIf(!validator)("definitions are accepted by libvirt's schema (needs virt-xml-validate)", () => {
  let directory = "";
  beforeAll(() => (directory = mkdtempSync(join(tmpdir(), "labscape-xml-"))));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const validate = (xml: string, schema: string): void => {
    const file = join(directory, "definition.xml");
    writeFileSync(file, xml);
    execFileSync("virt-xml-validate", [file, schema], { stdio: "pipe" });
  };
  const images = { kvm: diskImage, tcg: kernelImage } as const;
  it.each(
    builtinCatalogue.models.flatMap(({ name }) => (["kvm", "tcg"] as const).map((type) => [name, type] as const)),
  )("of %s with %s", async (model, accelerator) => {
    const { xml } = await only(node(model), { accelerator, image: images[accelerator] });
    validate(xml, "domain");
  });
  it("of a node with a wire", async () => {
    const { domains } = await desire(`name = "quarry"
nodes = [{ name = "a", model = "tiny_linux" }, { name = "b", model = "tiny_linux" }]
links = [{ src = "a::eth1", dst = "b::eth1", type = "wire", mtu = 9000 }]`);
    for (const { xml } of domains) validate(xml, "domain");
  });
  it("of pool, networks and volumes", async () => {
    const desired = await desire(
      `${node("tiny_linux")}bridges = [{ name = "lan", links = ["a::eth1"], mtu = 9000 }]\nmanagement = { ipv6 = "fd00:1::/64", dns = { gate = "172.31.0.1" } }`,
    );
    validate(desired.pool.xml, "storagepool");
    for (const network of desired.networks) validate(network.xml, "network");
    for (const volume of [desired.secret, ...desired.domains.flatMap(({ volumes }) => volumes)]) {
      validate(volume.xml, "storagevol");
    }
  });
});

describe("a domain", () => {
  it("is this, for a node with a disk and a cable", async () => {
    const manifest = `name = "quarry"
nodes = [{ name = "a", model = "tiny_linux", data_interface_count = 2 }, { name = "b", model = "tiny_linux" }]
links = [{ src = "a::eth1", dst = "b::eth1" }]`;
    await expect((await only(manifest)).xml).toMatchFileSnapshot("golden/tiny_linux.xml");
  });

  it.each(builtinCatalogue.models.map((model) => [model.name, model] as const))(
    "of %s has all NICs, management first, with distinct MAC addresses, and distinct disk targets",
    async (name, model) => {
      const text = node(name, `, data_interface_count = ${model.ports.data.defaultCount}`);
      const { domains } = await desire(text);
      const machines = domains.map(({ xml }) => childOf(parseXml(xml, "domain"), "devices"));
      const nics = machines.flatMap((devices) => childrenOf(devices, "interface"));
      if (model.members.length === 0) expect(nics).toHaveLength(nicCount(model, model.ports.data.defaultCount));
      expect(machines).toHaveLength(Math.max(1, model.members.length));
      expect(new Set(nics.map((nic) => attributeOf(childOf(nic, "mac"), "address"))).size).toBe(nics.length);
      if (model.ports.management !== undefined) expect(attributeOf(nics[0], "type")).toBe("network");
      for (const devices of machines) {
        const targets = childrenOf(devices, "disk").map((disk) => attributeOf(childOf(disk, "target"), "dev"));
        expect(new Set(targets).size).toBe(targets.length);
      }
    },
  );

  it("has its unlinked ports, with the link down", async () => {
    const { nics } = await only(node("tiny_linux", ", data_interface_count = 3"));
    expect(nics.map(({ role, state }) => `${role} ${state}`)).toEqual([
      "management up",
      "data down",
      "data down",
      "data down",
    ]);
  });

  it("boots a kernel where the image has no disk, with the manifest's own arguments after the model's", async () => {
    const { xml, volumes } = await only(node("tiny_linux", `, kernel_cmdline = "debug <&>"`), { image: kernelImage });
    const os = childOf(parseXml(xml, "domain"), "os");
    expect(textOf(childOf(os, "kernel"))).toBe("/images/vmlinuz");
    expect(textOf(childOf(os, "cmdline"))).toBe("console=ttyS0 quiet debug <&>");
    expect(volumes.map(({ kind }) => kind)).toEqual(["seed"]);
  });

  it("writes its console's log into the lab's directory", async () => {
    const { xml } = await only(node("tiny_linux"));
    const log = childOf(parseXml(xml, "domain"), "devices", "serial", "log");
    expect(attributeOf(log, "file")).toBe("/var/lib/libvirt/labscape/ada.quarry/a.console.log");
  });

  it("keeps texts of the manifest as texts", async () => {
    const text = `</description><devices/> & "quoted" 'too' ]]>`;
    const { xml } = await only(`description = ${JSON.stringify(text)}\n${node("tiny_linux")}`);
    expect(textOf(childOf(parseXml(xml, "domain"), "description"))).toBe(text);
  });

  it("has a disk at least as large as its image", async () => {
    await expect(only(node("tiny_linux", ", boot_disk_size = 1"))).rejects.toMatchObject({
      code: "disk-smaller-than-image",
    });
    const { volumes } = await only(node("tiny_linux", ", boot_disk_size = 5"));
    expect(volumes[0]?.capacity).toBe(5n * 1024n ** 3n);
  });

  it("uses user networking on a session connection, with a forwarded port", async () => {
    const domain = await only(node("tiny_linux"), { mode: "session" });
    const [nic] = childrenOf(childOf(parseXml(domain.xml, "domain"), "devices"), "interface");
    expect(attributeOf(nic, "type")).toBe("user");
    expect(domain.sshPort).toBe(22_000);
  });

  it("tells a cable's MTU to both nodes' first-boot data, unless a port sets its own", async () => {
    const seen = new Map<string, (number | undefined)[]>();
    await desire(
      `name = "quarry"
nodes = [{ name = "a", model = "tiny_linux", interfaces = { eth1 = { mtu = 1400 } } }, { name = "b", model = "tiny_linux" }]
links = [{ src = "a::eth1", dst = "b::eth1", mtu = 9000 }]`,
      nothing,
      {
        buildSeed: ({ name, ports }) => {
          seen.set(
            name,
            ports.map(({ mtu }) => mtu),
          );
          return Promise.resolve(undefined);
        },
      },
    );
    expect(Object.fromEntries(seen)).toEqual({ a: [1400], b: [9000] });
  });
});
