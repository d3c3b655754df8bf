import type { Catalogue } from "@labscape/devices";
import type { LabServices, ResolvedImage } from "../src/contracts.js";
import { desireLab, machinesOf, type DesiredLab, type DesireInput } from "../src/desire/index.js";
import { labIdentity } from "../src/identity/index.js";
import { readMetadata } from "../src/identity/metadata.js";
import { keepPorts, keptUdpEnds, layOutLinks, UdpPortAllocator } from "../src/links/index.js";
import { layOutManagement, parseSubnet } from "../src/management/index.js";
import { hostText, type ObservedLab } from "../src/observe/index.js";
import { attributeOf, childOf, childrenOf, parseXml } from "../src/xml.js";
import { labOf } from "./labs.js";

const LOOPBACK = "127.7.7.7";
const GIB = 1024n ** 3n;

export const diskImage: ResolvedImage = {
  version: "1.0",
  disk: { path: "/images/base.qcow2", format: "qcow2", capacity: 2n * GIB },
  extraDisks: [],
};

export interface DesireOptions {
  readonly image?: ResolvedImage;
  readonly catalogue?: Catalogue;
  readonly mode?: "system" | "session";
  readonly accelerator?: "kvm" | "tcg";
  readonly userKeys?: readonly string[];
  /** Whether the host plugs wires over while nodes run. Default: true. */
  readonly replug?: boolean;
  readonly buildSeed?: LabServices["buildSeed"];
}

/** What a manifest wants on a host that has `observed`; seeds and images stand in for the real ones. */
export async function desire(
  manifest: string,
  observed: ObservedLab = nothing,
  options: DesireOptions = {},
): Promise<DesiredLab> {
  const wanted = labOf(manifest, undefined, options.catalogue);
  const identity = labIdentity("ada", wanted.name);
  const taps = new Set(observed.domains.flatMap(({ taps: ofDomain }) => ofDomain));
  const lab = keepPorts(wanted, identity, taps);
  const own = observed.networks.find(({ metadata }) => metadata.role === "management");
  const input: DesireInput = {
    lab,
    identity,
    manifest: "/labs/test.lab.toml",
    directory: `/var/lib/libvirt/labscape/ada.${lab.name}`,
    accelerator: options.accelerator ?? "kvm",
    loopback: LOOPBACK,
    replug: options.replug ?? true,
    wiring: layOutLinks(
      lab,
      identity,
      keptUdpEnds(observed.domains.map(({ metadata }) => metadata)),
      new UdpPortAllocator(
        LOOPBACK,
        observed.domains.flatMap(({ metadata }) =>
          metadata.links.flatMap(({ local }) => Number(local?.split(":")[1] ?? 0)),
        ),
      ),
      taps,
    ),
    management: layOutManagement(lab, identity, {
      mode: options.mode ?? "system",
      taken: [],
      keptSubnet: parseSubnet(own?.metadata.address ?? ""),
      keptAddresses: new Map(observed.domains.map(({ metadata }) => [metadata.name, metadata.address])),
      keptPorts: new Map(),
      freePorts: lab.nodes.map((_, index) => 22_000 + index),
    }),
    images: new Map(lab.nodes.flatMap(machinesOf).map(({ label }) => [label, options.image ?? diskImage])),
    secret: { password: "Secret1", passwordHash: "$6$salt$hash" },
    userKeys: options.userKeys ?? observed.secret?.userKeys ?? [],
    buildSeed:
      options.buildSeed ??
      ((node) =>
        Promise.resolve({
          bytes: new Uint8Array(4),
          fileName: "seed.iso",
          device: "disk",
          bus: "virtio",
          hash: `${"0".repeat(12)}${node.user}`,
        })),
  };
  return desireLab(input);
}

export const nothing: ObservedLab = { domains: [], networks: [], pool: undefined, secret: undefined };

/** What the host has once a lab was applied in full: read back from the definitions, as libvirt keeps them. */
export function applied(desired: DesiredLab): ObservedLab {
  return {
    domains: desired.domains.map(({ uuid, name, xml }) => {
      const definition = parseXml(xml, "domain");
      const metadata = readMetadata(childOf(definition, "metadata"));
      if (metadata === undefined) throw new Error(`${name} has no metadata`);
      const disks = childrenOf(childOf(definition, "devices"), "disk").map(
        (disk) => attributeOf(childOf(disk, "source"), "file") ?? "",
      );
      const taps = childrenOf(childOf(definition, "devices"), "interface").flatMap(
        (nic) => attributeOf(childOf(nic, "target"), "dev") ?? [],
      );
      return { uuid, name, condition: "running", metadata, disks, taps };
    }),
    networks: desired.networks.map(({ uuid, name, xml, mtu, hosts }) => {
      const metadata = readMetadata(childOf(parseXml(xml, "network"), "metadata"));
      if (metadata === undefined) throw new Error(`${name} has no metadata`);
      return { uuid, name, active: true, metadata, mtu, hosts: hosts.map(hostText) };
    }),
    pool: {
      uuid: desired.pool.uuid,
      name: desired.pool.name,
      path: desired.pool.path,
      active: true,
      volumes: ["secret.json", ...desired.domains.flatMap(({ volumes }) => volumes.map(({ name }) => name))],
    },
    secret: { password: "Secret1", passwordHash: "$6$salt$hash", userKeys: desired.userKeys },
  };
}
