import { builtinCatalogue, portName, type DeviceModel } from "@labscape/devices";
import type { LabNode } from "@labscape/topology";
import type { SeedContext } from "../src/contracts.js";

const nowhere = {
  file: "/labs/first/lab.toml",
  range: { start: 0, end: 0 },
};

export function modelOf(name: string): DeviceModel {
  const found = builtinCatalogue.find(name);
  if (found === undefined) throw new Error(`no model ${name}`);
  return found.model;
}

/** A node as the manifest would resolve it, with two data ports. */
export function nodeOf(model: string | DeviceModel, changes: Partial<LabNode> = {}): LabNode {
  const device = typeof model === "string" ? modelOf(model) : model;
  return {
    name: "r1",
    index: 0,
    model: device,
    groups: [],
    cpuCount: device.hardware.cpuCount,
    memory: device.hardware.memory,
    ports: [0, 1].map((index) => ({ index, name: portName(device.ports.data, index) })),
    startupScripts: [],
    userScripts: [],
    textFiles: [],
    environment: [],
    user: device.credentials.user,
    dependsOn: [],
    startDelay: 0,
    skipReadyCheck: false,
    at: nowhere,
    nameAt: nowhere,
    ...changes,
  };
}

export const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEm0fRNPdbdHgbYMmYM4qTl2mmUwHvVOKEPXXCkS3Cj8 me@host";

export function contextOf(changes: Partial<SeedContext> = {}): SeedContext {
  return {
    lab: "first",
    domain: "first.lab",
    management: {
      mac: "52:54:00:00:00:01",
      mode: "static",
      ipv4: "172.31.0.10/24",
      gateway: "172.31.0.1",
      dns: ["172.31.0.1"],
    },
    reservedMacs: [],
    peers: new Map([[0, { node: "r2", port: "eth1", ipv4: "10.0.0.2/30", ipv6: "2001:db8::2/64" }]]),
    portMacs: ["52:54:00:00:01:00", "52:54:00:00:01:01"],
    secret: { password: "s3cretPassw0rd", passwordHash: "$6$salt$hash" },
    userKeys: [key],
    ...changes,
  };
}
