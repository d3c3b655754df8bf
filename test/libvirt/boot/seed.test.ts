import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DeviceModel } from "@labscape/devices";
import { buildSeed, createSecret } from "@labscape/lab";
import { Connection, type StoragePool } from "node-libvirt";
import { beforeAll, describe, expect, it } from "vitest";
import { contextOf, key, modelOf, nodeOf } from "../../../packages/lab/test/nodes.js";
import { scratch } from "../../../packages/lab/test/tools.js";
import { canRunHypervisor } from "../hypervisor.js";
import { useHypervisor } from "../use-hypervisor.js";
import { bootGuest, defineGuest, testPool, writeVolume } from "./guest.js";

const reason = await canRunHypervisor();
const tiny = modelOf("tiny_linux");
const { files } = modelOf("debian_linux").firstBoot;

const openStack = [
  { name: "openstack/latest/user_data", template: "cloud-init/user-data" },
  { name: "openstack/latest/meta_data.json", template: "config-drive/meta_data.json" },
  { name: "openstack/latest/network_data.json", template: "config-drive/network_data.json" },
];

function variant(changes: Partial<DeviceModel["firstBoot"]>): DeviceModel {
  return { ...tiny, firstBoot: { ...tiny.firstBoot, ...changes } };
}

/** The guest reads all of these. */
const variants: readonly [string, DeviceModel][] = [
  ["a NoCloud CD-ROM image", tiny],
  ["a FAT file system", variant({ method: "config-disk", label: "cidata", partitioned: false, files })],
  ["an OpenStack config drive", variant({ method: "config-drive", label: "config-2", files: openStack })],
  ["a FAT partition", variant({ method: "config-disk", label: "cidata", partitioned: true, files })],
];

describe.skipIf(reason !== undefined)(`first-boot data${reason === undefined ? "" : ` (${reason})`}`, () => {
  let connection: Connection;
  let pool: StoragePool;

  useHypervisor((started) => ({ connection } = started));
  beforeAll(async () => {
    pool = await testPool(connection);
  });

  it.each(variants)("arrives in a guest as %s", async (_, model) => {
    const name = `edge-${variants.findIndex(([, each]) => each === model)}`;
    const directory = await scratch();
    const script = '#!/bin/sh\necho "ran in $(hostname)" > /tmp/ran\n';
    const text = "first 'line'\n\ttabbed \"text\" \\ $HOME {{ x }}\nend without newline";
    await writeFile(join(directory, "script.sh"), script);
    await writeFile(join(directory, "text"), text);
    const secret = createSecret();
    const context = contextOf({ secret });
    const node = nodeOf(model, {
      name,
      at: { file: join(directory, "lab.toml"), range: { start: 0, end: 0 } },
      startupScripts: ["script.sh"],
      textFiles: [{ src: "text", dst: "/etc/lab/text", user: "root", group: "root", permissions: "0640" }],
      environment: [{ name: "SITE", value: 'it\'s "north"' }],
      ports: [
        { index: 0, name: "eth1", ipv4: "10.1.0.1/24", ipv6: "2001:db8:1::1/64", mtu: 9000 },
        { index: 1, name: "eth2" },
      ],
    });
    const seed = await buildSeed(node, context);
    const macs = [context.management?.mac ?? "", ...context.portMacs];
    const domain = await defineGuest(connection, name, {
      seed: await writeVolume(pool, seed?.fileName ?? "", seed?.bytes ?? new Uint8Array()),
      // In another order than the addresses say, as a hypervisor may well show them.
      devices: [...macs].reverse().map(nic).join(""),
    });
    const ask = await bootGuest(connection, domain);
    expect(await ask("hostname")).toBe(`${name}\n`);
    expect(await ask("cat /tmp/ran")).toBe(`ran in ${name}\n`);
    expect(await ask("cat /root/.ssh/authorized_keys")).toBe(`${key}\n`);
    expect(await ask("md5sum < /etc/lab/text; ls -l /etc/lab/text | cut -c1-10")).toBe(`${md5(text)}  -\n-rw-r-----\n`);
    expect(await ask('. /etc/profile.d/labscape.sh; echo "$SITE"')).toBe('it\'s "north"\n');
    expect(await ask("cut -d: -f2 /etc/passwd /etc/shadow | head -2")).toContain(secret.passwordHash);
    const interfaces = await ask("for i in 0 1 2; do cat /sys/class/net/eth$i/address /sys/class/net/eth$i/mtu; done");
    expect(interfaces.split("\n")).toEqual([macs[0], "1500", macs[1], "9000", macs[2], "1500", ""]);
    const addresses = await ask("ip -o address | grep -v ' lo ' | grep -v fe80");
    for (const address of ["172.31.0.10/24", "10.1.0.1/24", "2001:db8:1::1/64"]) expect(addresses).toContain(address);
    expect(await ask("ip route")).toContain("default via 172.31.0.1");
  });
});

function nic(mac: string, index: number): string {
  return `<interface type='udp'><mac address='${mac}'/><model type='virtio'/>
    <source address='127.0.0.1' port='${20_000 + index}'><local address='127.0.0.1' port='${30_000 + index}'/></source>
  </interface>`;
}

function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
