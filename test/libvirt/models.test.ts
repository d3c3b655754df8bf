import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { builtinCatalogue, portNames, type DeviceModel } from "@labscape/devices";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ResolvedImage } from "../../packages/lab/src/contracts.js";
import { domainXml } from "../../packages/lab/src/desire/domain-xml.js";
import { machinesOf } from "../../packages/lab/src/desire/machines.js";
import { desiredNics, nicKey } from "../../packages/lab/src/desire/nics.js";
import { diskVolumes, seedVolume } from "../../packages/lab/src/desire/volumes.js";
import type { Wiring } from "../../packages/lab/src/links/index.js";
import { toXml } from "../../packages/lab/src/xml.js";
import { nodeOf } from "../../packages/lab/test/nodes.js";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "./hypervisor.js";

const obstacle = await canRunHypervisor();

const uuid = "7a3d5b1e-0f7c-4c56-9a55-0d6b54d7a1c1";
const directory = "/var/lib/libvirt/images/lab";
const file = { path: "/images/base.qcow2", format: "qcow2", capacity: 1n << 30n } as const;

/** The domains of a node of this model with as many data ports as it can have, and how many NICs each has. */
function definitions(
  model: DeviceModel,
): readonly { readonly name: string; readonly xml: string; readonly nics: number }[] {
  const ports = portNames(model).map((name, index) => ({ index, name }));
  return machinesOf(nodeOf(model, { name: model.name.replaceAll("_", "-"), ports })).map((machine, order) => {
    const { label, node } = machine;
    const macs = new Map(machine.nics.map((_, nic) => [nicKey(label, nic), `52:54:00:00:00:${hex(nic)}`]));
    const image: ResolvedImage = {
      version: "1",
      disk: file,
      extraDisks: node.model.hardware.extraDisks.map(() => undefined),
    };
    const { method, device, bus } = model.firstBoot;
    const seed = { bytes: new Uint8Array(), fileName: "seed.img", device, bus, hash: "0" };
    const seeded = machine.seeded && method !== "none" && method !== "kernel";
    const xml = domainXml({
      node,
      label,
      uuid: `${uuid.slice(0, -1)}${order}`,
      name: `lab.${label}`,
      description: "",
      accelerator: "tcg",
      directory,
      image,
      disks: diskVolumes(directory, machine, image),
      seed: seeded ? { seed, volume: seedVolume(directory, label, seed) } : undefined,
      nics: desiredNics(machine, macs, noWiring, { kind: "none" }, { loopback: "127.0.0.1", replug: false }),
    });
    return { name: `lab.${label}`, xml: toXml("domain", xml), nics: machine.nics.length };
  });
}

const noWiring: Wiring = { plugs: new Map(), internal: new Map(), records: new Map(), networks: [] };

const hex = (number: number): string => number.toString(16).padStart(2, "0");

describe.skipIf(obstacle)(`every device model${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let hypervisor: Hypervisor;

  beforeAll(async () => {
    hypervisor = await startHypervisor();
  });

  afterAll(async () => {
    await hypervisor.stop();
  });

  it.each(builtinCatalogue.models.map((model) => [model.name, model] as const))(
    "%s is defined with all its ports, by libvirt's schema and by a real daemon",
    async (_, model) => {
      const path = join(hypervisor.directory, "domain.xml");
      for (const { name, xml, nics } of definitions(model)) {
        await writeFile(path, xml);
        await hypervisor.exec(["virsh", "define", "--validate", path]);
        const { stdout } = await hypervisor.exec(["virsh", "domiflist", "--inactive", name]);
        expect(stdout.match(/52:54:00/g) ?? []).toHaveLength(nics);
        await hypervisor.exec(["virsh", "undefine", "--nvram", name]);
      }
    },
  );
});
