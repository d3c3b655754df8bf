import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { builtinCatalogue, nicOrder, type DeviceModel } from "@labscape/devices";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ResolvedImage } from "../../packages/lab/src/contracts.js";
import { domainXml } from "../../packages/lab/src/desire/domain-xml.js";
import { desiredNics, nicKey } from "../../packages/lab/src/desire/nics.js";
import { diskVolumes, seedVolume } from "../../packages/lab/src/desire/volumes.js";
import { toXml } from "../../packages/lab/src/xml.js";
import { nodeOf } from "../../packages/lab/test/nodes.js";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "./hypervisor.js";

const obstacle = await canRunHypervisor();

const uuid = "7a3d5b1e-0f7c-4c56-9a55-0d6b54d7a1c1";
const directory = "/var/lib/libvirt/images/lab";
const file = { path: "/images/base.qcow2", format: "qcow2", capacity: 1n << 30n } as const;

/** The domain of a node of this model with as many data ports as it can have. */
function definition(model: DeviceModel): string {
  const count = model.ports.data.maxCount;
  const nics = nicOrder(model, count);
  const node = nodeOf(model, {
    ports: nics.filter((nic) => nic.role === "data").map(({ index, name }) => ({ index, name })),
  });
  const macs = new Map(nics.map(({ nic }) => [nicKey(node.name, nic), `52:54:00:00:00:${hex(nic)}`]));
  const image: ResolvedImage = { version: "1", disk: file, extraDisks: model.hardware.extraDisks.map(() => undefined) };
  const { method, device, bus } = model.firstBoot;
  const seed = { bytes: new Uint8Array(), fileName: "seed.img", device, bus, hash: "0" };
  const xml = domainXml({
    node,
    uuid,
    name: `lab.${model.name}`,
    description: "",
    accelerator: "tcg",
    directory,
    image,
    disks: diskVolumes(directory, node, image),
    seed:
      method === "none" || method === "kernel" ? undefined : { seed, volume: seedVolume(directory, node.name, seed) },
    nics: desiredNics(node, macs, undefined, { kind: "none" }, "127.0.0.1"),
  });
  return toXml("domain", xml);
}

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
    async (name, model) => {
      const path = join(hypervisor.directory, "domain.xml");
      await writeFile(path, definition(model));
      await hypervisor.exec(["virsh", "define", "--validate", path]);
      const { stdout } = await hypervisor.exec(["virsh", "domiflist", "--inactive", `lab.${name}`]);
      expect(stdout.match(/52:54:00/g) ?? []).toHaveLength(nicOrder(model, model.ports.data.maxCount).length);
      await hypervisor.exec(["virsh", "undefine", "--nvram", `lab.${name}`]);
    },
  );
});
