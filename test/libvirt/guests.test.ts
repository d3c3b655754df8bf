import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GuestImage, guestCommandLine, guestImage } from "../guests/index.js";
import { canRunHypervisor, type Hypervisor, startHypervisor } from "./hypervisor.js";
import { SerialConsole } from "./serial-console.js";

const run = promisify(execFile);
const obstacle = await canRunHypervisor();

/** Two data interfaces in an order that differs from their addresses' and names'. */
const macs = ["52:54:00:00:00:0a", "52:54:00:00:00:0c", "52:54:00:00:00:0b"];

const metaData = 'instance-id: "i-1"\nlocal-hostname: "r1"\n';
const userData = `#cloud-config
hostname: "r1"
fqdn: "r1.quarry.lab"
users:
  - name: "root"
    lock_passwd: false
    hashed_passwd: "$6$salt$hash"
    ssh_authorized_keys:
      - "ssh-ed25519 AAAAC3Nza engineer@desk: 1"
write_files:
  - path: "/etc/lab/quoted"
    owner: "root:root"
    permissions: "0640"
    content: "tab\\there, \\"quotes\\", back\\\\slash\\nend\\n"
  - path: /etc/lab/block
    content: |
      first: line
        indented

      last
  - path: /etc/profile.d/lab.sh
    content: |
      export SITE='north wing'
runcmd:
  - ["sh", "-c", "echo \\"$0, $1\\" >/tmp/list", "two words", "x"]
  - echo $((20 + 3)) > /tmp/line
`;
const networkConfig = `version: 2
ethernets:
  "eth0":
    match:
      macaddress: "${macs[0] ?? ""}"
    set-name: "eth0"
    addresses:
      - "10.0.0.2/24"
    gateway4: 10.0.0.1
  "eth1":
    match: { macaddress: "${macs[2] ?? ""}" }
    set-name: "eth1"
    mtu: 9000
    addresses: ["10.1.0.1/24", "fd00:1::1/64"]
    routes:
      - to: 10.9.0.0/16
        via: 10.1.0.254
`;

describe.skipIf(obstacle)(`test guests${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let hypervisor: Hypervisor;

  beforeAll(async () => {
    hypervisor = await startHypervisor();
  });

  afterAll(async () => {
    await hypervisor.stop();
  });

  it("boots by kernel and applies a NoCloud seed", async () => {
    const image = await guestImage("tiny_linux");
    const seed = await makeSeed(hypervisor, "cidata", {
      "meta-data": metaData,
      "user-data": userData,
      "network-config": networkConfig,
    });
    const guest = await boot(hypervisor, "by-kernel", image, { from: "kernel", seed });
    await guest.waitFor(/guest ready/);
    await guest.waitFor(/^r1# /m);

    expect(await guest.run("hostname -f")).toBe("r1.quarry.lab\n");
    expect(await guest.run("cat /root/.ssh/authorized_keys")).toBe("ssh-ed25519 AAAAC3Nza engineer@desk: 1\n");
    expect(await guest.run("cut -d: -f2 /etc/passwd | head -1")).toBe("$6$salt$hash\n");
    expect(await guest.run("cat /etc/lab/quoted")).toBe('tab\there, "quotes", back\\slash\nend\n');
    expect(await guest.run("ls -l /etc/lab/quoted | cut -c1-10")).toBe("-rw-r-----\n");
    expect(await guest.run("cat /etc/lab/block")).toBe("first: line\n  indented\n\nlast\n");
    expect(await guest.run("echo $SITE; cat /tmp/list /tmp/line")).toBe("north wing\ntwo words, x\n23\n");

    const nics = await guest.run(
      "for i in /sys/class/net/eth*; do echo ${i##*/} $(cat $i/address $i/mtu $i/flags); done",
    );
    expect(nics).toBe(
      [
        `eth0 ${macs[0] ?? ""} 1500 0x1003`,
        `eth1 ${macs[2] ?? ""} 9000 0x1003`,
        `eth2 ${macs[1] ?? ""} 1500 0x1003`,
        "",
      ].join("\n"),
    );
    const routes = await guest.run("ip route; ip -6 route | grep ^fd00");
    expect(routes).toMatch(/^default via 10\.0\.0\.1 dev eth0/m);
    expect(routes).toMatch(/^10\.1\.0\.0\/24 dev eth1/m);
    expect(routes).toMatch(/^10\.9\.0\.0\/16 via 10\.1\.0\.254 dev eth1/m);
    expect(routes).toMatch(/^fd00:1::\/64 dev eth1/m);
    expect(await guest.run("cat /proc/sys/net/ipv4/ip_forward")).toBe("1\n");
    expect(await guest.run("ping -c 1 10.1.0.1")).toContain("1 packets received");
    expect(await guest.run("wget -q -O - http://10.1.0.1/")).toBe("ok\n");
    expect(await guest.run("nc -w 5 127.0.0.1 22 </dev/null | head -c 7; echo")).toBe("SSH-2.0\n");
    expect(await guest.run("l2frame send eth2 01:80:c2:00:00:0e 88cc 3")).toBe("sent 3\n");

    await stopped(hypervisor, "by-kernel", "shutdown", guest);
  });

  it("applies an OpenStack config drive and runs FRR", async () => {
    const seed = await makeSeed(hypervisor, "config-2", {
      "openstack/latest/meta_data.json": JSON.stringify({ hostname: "r2", public_keys: { a: "ssh-rsa AAAAB3 a@b" } }),
      "openstack/latest/user_data": [
        "#cloud-config",
        "write_files:",
        '  - {path: "/etc/frr/frr.conf", content: "router ospf\\n network 10.2.0.0/24 area 0\\n"}',
        "",
      ].join("\n"),
      "openstack/latest/network_data.json": JSON.stringify({
        links: [{ id: "eth0", type: "phy", ethernet_mac_address: macs[1], mtu: null }],
        networks: [
          {
            link: "eth0",
            type: "ipv4",
            ip_address: "10.2.0.1",
            netmask: "255.255.255.0",
            routes: [{ network: "0.0.0.0", netmask: "0.0.0.0", gateway: "10.2.0.254" }],
          },
        ],
      }),
    });
    const guest = await boot(hypervisor, "router", await guestImage("frr_linux"), {
      from: "kernel",
      seed,
      memory: 144,
    });
    await guest.waitFor(/frr ready/);
    await guest.waitFor(/guest ready/);
    expect(await guest.run("cat /sys/class/net/eth0/address")).toBe(`${macs[1] ?? ""}\n`);
    expect(await guest.run("cat /root/.ssh/authorized_keys")).toBe("ssh-rsa AAAAB3 a@b\n");
    expect(await guest.run("ip route show default")).toMatch(/^default via 10\.2\.0\.254 dev eth0/);
    await guest.waitFor(/^r2# /m);
    expect(await guest.run("vtysh -c 'show ip ospf interface eth0'")).toMatch(/Internet Address 10\.2\.0\.1\/24/);
    await stopped(hypervisor, "router", "destroy", guest);
  });

  it("boots from its disk without a seed", async () => {
    const guest = await boot(hypervisor, "by-disk", await guestImage("tiny_linux"), { from: "disk" });
    await guest.waitFor(/guest ready/);
    expect(await guest.run("hostname; cat /sys/class/net/eth?/address")).toBe(`linux\n${macs.join("\n")}\n`);
    await stopped(hypervisor, "by-disk", "destroy", guest);
  });
});

/** Makes a seed volume with xorriso, which knows nothing of ours. */
async function makeSeed(hypervisor: Hypervisor, label: string, files: Record<string, string>): Promise<string> {
  const folder = join(hypervisor.directory, "lib/images", label);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  await run("xorriso", [
    "-as",
    "mkisofs",
    "-quiet",
    "-volid",
    label,
    "-joliet",
    "-rock",
    "-output",
    `${folder}.iso`,
    folder,
  ]);
  return `${folder}.iso`;
}

/** Starts a guest whose first serial port is a unix socket; resolves when it is connected to, before the guest says anything. */
async function boot(
  hypervisor: Hypervisor,
  name: string,
  image: GuestImage,
  how: { from: "kernel" | "disk"; seed?: string; memory?: number },
): Promise<SerialConsole> {
  const socket = join(hypervisor.directory, `lib/${name}.sock`);
  const os =
    how.from === "disk"
      ? "<boot dev='hd'/>"
      : `<kernel>${image.kernel}</kernel><initrd>${image.initrd}</initrd><cmdline>${guestCommandLine}</cmdline>`;
  const disk = (format: string, path: string, target: string): string =>
    `<disk type='file' device='disk'><driver name='qemu' type='${format}'/><source file='${path}'/>
     <target dev='${target}' bus='virtio'/>${format === "raw" ? "<readonly/>" : "<transient/>"}</disk>`;
  const nics = macs.map(
    (mac, index) =>
      `<interface type='udp'><mac address='${mac}'/><source address='127.0.0.1' port='${20_000 + index}'>
       <local address='127.0.0.1' port='${30_000 + index}'/></source><model type='virtio'/></interface>`,
  );
  const definition = join(hypervisor.directory, `${name}.xml`);
  await writeFile(
    definition,
    `<domain type='qemu'>
      <name>${name}</name><memory unit='MiB'>${how.memory ?? 112}</memory>
      <os><type arch='x86_64' machine='q35'>hvm</type>${os}</os>
      <features><acpi/><apic/></features>
      <devices>
        ${how.from === "disk" ? disk("qcow2", image.disk, "vda") : ""}
        ${how.seed === undefined ? "" : disk("raw", how.seed, "vdb")}
        ${nics.join("\n")}
        <serial type='unix'><source mode='bind' path='${socket}'/></serial>
        <controller type='usb' model='none'/><memballoon model='none'/>
      </devices>
    </domain>`,
  );
  // Paused until we listen: a unix socket keeps nothing for who comes late.
  await hypervisor.exec(["virsh", "create", definition, "--paused"]);
  const guest = await SerialConsole.connect(socket);
  await hypervisor.exec(["virsh", "resume", name]);
  return guest;
}

/** Ends a guest and waits until its serial port closes, which QEMU does at its end. */
async function stopped(
  hypervisor: Hypervisor,
  name: string,
  how: "shutdown" | "destroy",
  guest: SerialConsole,
): Promise<void> {
  await hypervisor.exec(["virsh", how, name]);
  await guest.closed;
  guest.close();
}
