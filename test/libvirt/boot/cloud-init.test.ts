import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { applyPlan, createSecret, destroyLab, labStatus, openHost, planLab, type Host } from "@labscape/lab";
import { readModelFiles } from "@labscape/topology";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guestImage } from "../../guests/index.js";
import { canRunHypervisor, isInstalled, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { labOf, testServices } from "../lab/support.js";

const run = promisify(execFile);
const missing = (
  await Promise.all(["ssh", "mmdebstrap"].map(async (name) => ((await isInstalled(name)) ? [] : [name])))
).flat();
const obstacle = (await canRunHypervisor()) ?? (missing.length === 0 ? undefined : `missing: ${missing.join(", ")}`);

/** A Debian without KVM takes more than a minute, on a busy machine several. */
const PATIENCE = 900;

/** The models as users have them but for how readiness is seen: the test is not where the management network is. */
const MODELS = [
  `name = "nocloud"
extends = "debian_linux"
readiness = { method = "console", pattern = "Cloud-init .* finished" }
`,
  `name = "openstack"
extends = "nocloud"
first_boot = { method = "config-drive" }
`,
];

const TEXT = "first 'line'\n\ttabbed \"text\" \\ $HOME {{ x }}\nend: # without newline";

function manifest(key: string): string {
  return `name = "clouds"
ready_timeout = ${PATIENCE}

[defaults]
memory = 512
user = "engineer"
ssh_authorized_keys = ["${key}"]
startup_scripts = ["startup.sh"]
user_scripts = ["user.sh"]
text_files = [{ src = "text", dst = "/etc/lab/text", user = "root", group = "adm", permissions = "0640" }]
environment_variables = ["SITE=it's \\"north\\""]

[[nodes]]
name = "c1"
model = "nocloud"
interfaces.eth1 = { ipv4 = "10.0.1.1/24", ipv6 = "2001:db8:1::1/64", mtu = 9000 }
interfaces.eth2 = { ipv4 = "10.0.2.1/24" }

[[nodes]]
name = "c2"
model = "openstack"
interfaces.eth1 = { ipv4 = "10.0.1.2/24", ipv6 = "2001:db8:1::2/64", mtu = 9000 }
interfaces.eth2 = { ipv4 = "10.0.2.2/24" }

[[links]]
src = "c1::eth1"
dst = "c2::eth1"

[[bridges]]
name = "shared"
links = ["c1::eth2", "c2::eth2"]
`;
}

describe.skipIf(obstacle !== undefined)(`a real cloud-init${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  const secret = createSecret();
  let hypervisor: Hypervisor;
  let host: Host;
  let folder: string;

  beforeAll(async () => {
    hypervisor = await startHypervisor();
    host = await openHost({ uri: hypervisor.uri });
    folder = await mkdtemp(join(tmpdir(), "labscape-clouds-"));
    await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "engineer@desk", "-f", join(folder, "key")]);
    await writeFile(join(folder, "text"), TEXT);
    for (const script of ["startup", "user"]) {
      const lines = ["#!/bin/sh", `echo "$(id -un) in $(hostname): $SITE" >/tmp/${script}`, ""];
      await writeFile(join(folder, `${script}.sh`), lines.join("\n"));
    }
    const key = (await readFile(join(folder, "key.pub"), "utf8")).trim();
    const { disk } = await guestImage("debian_linux");
    const image = {
      version: "12",
      disk: { path: disk, format: "qcow2" as const, capacity: 1n << 30n },
      extraDisks: [],
    };
    const services = {
      ...(await testServices()),
      images: { resolve: () => Promise.resolve(image) },
      createSecret: () => secret,
    };
    const { catalogue } = readModelFiles([MODELS.map((text, index) => ({ file: `/models/${index}.toml`, text }))]);
    const file = join(folder, "lab.toml");
    const plan = await planLab(labOf(manifest(key), catalogue, file), host, { manifest: file, services });
    const outcome = await applyPlan(plan, host, { onEvent: () => undefined });
    expect(outcome).toMatchObject({ outcome: "done", problems: [], counts: { ready: 2 } });
  }, PATIENCE * 1000);
  afterAll(async () => {
    const destroyed = await destroyLab({ lab: "clouds" }, host, { onEvent: () => undefined });
    await host.close();
    await hypervisor.stop();
    await rm(folder, { recursive: true });
    expect(destroyed).toMatchObject({ outcome: "done" });
  });

  /** Logs in with the key, from where the management network is. */
  async function ssh(node: string, command: string): Promise<string> {
    const [status] = await labStatus(host, { lab: "clouds" });
    const address = status?.nodes.find(({ name }) => name === node)?.address ?? "";
    const options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "BatchMode=yes", "LogLevel=ERROR"];
    const { stdout } = await hypervisor.exec([
      "ssh",
      ...options.flatMap((option) => ["-o", option]),
      ...["-i", join(folder, "key"), `engineer@${address}`, command],
    ]);
    return stdout;
  }

  describe.each([
    ["NoCloud, network-config version 2", "c1", 1, "DataSourceNoCloud"],
    ["an OpenStack config drive", "c2", 2, "DataSourceConfigDrive"],
  ])("by %s", (_, node, last, source) => {
    it("finds its data", async () => {
      const status = await ssh(node, "cloud-init status --long");
      expect(status).toContain("status: done");
      expect(status).toContain(source);
    });

    it("creates the user with key, password and sudo, and sets the host name", async () => {
      expect(await ssh(node, "hostname --fqdn; id -un; sudo id -un")).toBe(`${node}.clouds.lab\nengineer\nroot\n`);
      expect(await ssh(node, "sudo grep ^engineer: /etc/shadow")).toContain(`engineer:${secret.passwordHash}:`);
    });

    it("runs the scripts with the environment, and writes the files", async () => {
      const lines = await ssh(node, "cat /tmp/startup /tmp/user");
      expect(lines).toBe(`root in ${node}: it's "north"\nengineer in ${node}: it's "north"\n`);
      const listed = await ssh(node, "sudo sha256sum </etc/lab/text; stat -c '%U %G %a' /etc/lab/text");
      const sum = createHash("sha256").update(TEXT).digest("hex");
      expect(listed).toBe(`${sum}  -\nroot adm 640\n`);
    });

    it("names the ports and gives them their addresses", async () => {
      const addresses = await ssh(node, "ip -oneline address show scope global");
      for (const [port, address] of [
        ["eth0", "172.31.0.1\\d/24"],
        ["eth1", `10.0.1.${last}/24`],
        ["eth1", `2001:db8:1::${last}/64`],
        ["eth2", `10.0.2.${last}/24`],
      ]) {
        expect(addresses).toMatch(new RegExp(`\\b${port} +inet6? ${address}`));
      }
      expect(await ssh(node, "cat /sys/class/net/eth1/mtu")).toBe("9000\n");
      expect(await ssh(node, "ip route show default")).toContain("default via 172.31.0.1 dev eth0");
      expect(await ssh(node, "grep -rhs 172.31.0.1 /run/systemd/network")).toContain("DNS=172.31.0.1");
    });
  });

  it("reaches the other over the cable and the segment between them", async () => {
    for (const address of ["10.0.1.2", "10.0.2.2", "2001:db8:1::2"]) {
      expect(await ssh("c1", `ssh-keyscan -T 20 -t ed25519 ${address} 2>&1`)).toContain("ssh-ed25519");
    }
  });
});
