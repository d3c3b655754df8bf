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

  /** Logs in with the key, from where the management network is, and asks all at once: a login takes seconds there. */
  async function ask<Name extends string>(
    node: string,
    commands: Readonly<Record<Name, string>>,
  ): Promise<Readonly<Record<Name, string>>> {
    const [status] = await labStatus(host, { lab: "clouds" });
    const address = status?.nodes.find(({ name }) => name === node)?.address ?? "";
    const options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "BatchMode=yes", "LogLevel=ERROR"];
    const names = Object.keys(commands) as Name[];
    const { stdout } = await hypervisor.exec([
      "ssh",
      ...options.flatMap((option) => ["-o", option]),
      ...["-i", join(folder, "key"), `engineer@${address}`],
      names.map((name) => `${commands[name]}; printf '\\0'`).join("; "),
    ]);
    const answers = stdout.split("\0");
    return Object.fromEntries(names.map((name, index) => [name, answers[index] ?? ""])) as Record<Name, string>;
  }

  it.each([
    ["NoCloud and network-config version 2", "c1", 1, "DataSourceNoCloud"],
    ["an OpenStack config drive", "c2", 2, "DataSourceConfigDrive"],
  ])("gets from %s user, key, password, scripts, files, port names and addresses", async (_, node, last, source) => {
    const answers = await ask(node, {
      result: "cat /run/cloud-init/result.json",
      names: "hostname --fqdn; id -un; sudo id -un",
      shadow: "sudo grep ^engineer: /etc/shadow",
      scripts: "cat /tmp/startup /tmp/user",
      sum: "sudo cat /etc/lab/text | sha256sum",
      file: "stat -c '%U %G %a' /etc/lab/text",
      addresses: "ip -oneline address show scope global",
      mtu: "cat /sys/class/net/eth1/mtu",
      route: "ip route show default",
      servers: "grep -rh 172.31.0.1 /run/systemd/network",
    });
    expect(JSON.parse(answers.result)).toMatchObject({
      v1: { datasource: expect.stringContaining(source) as unknown, errors: [] },
    });
    expect(answers.names).toBe(`${node}.clouds.lab\nengineer\nroot\n`);
    expect(answers.shadow).toContain(`engineer:${secret.passwordHash}:`);
    expect(answers.scripts).toBe(`root in ${node}: it's "north"\nengineer in ${node}: it's "north"\n`);
    expect(answers.sum).toBe(`${createHash("sha256").update(TEXT).digest("hex")}  -\n`);
    expect(answers.file).toBe("root adm 640\n");
    for (const [port, address] of [
      ["eth0", "172.31.0.1\\d/24"],
      ["eth1", `10.0.1.${last}/24`],
      ["eth1", `2001:db8:1::${last}/64`],
      ["eth2", `10.0.2.${last}/24`],
    ]) {
      expect(answers.addresses).toMatch(new RegExp(`\\b${port} +inet6? ${address}`));
    }
    expect(answers.mtu).toBe("9000\n");
    expect(answers.route).toContain("default via 172.31.0.1 dev eth0");
    expect(answers.servers).toContain("DNS=172.31.0.1");
  });

  it("reaches the other over the cable and the segment between them", async () => {
    const greeting = (address: string): string => `read -r -t 60 line <'/dev/tcp/${address}/22' && echo "$line"`;
    const answers = await ask("c1", {
      cable: greeting("10.0.1.2"),
      cable6: greeting("2001:db8:1::2"),
      segment: greeting("10.0.2.2"),
    });
    for (const answer of Object.values(answers)) expect(answer).toMatch(/^SSH-2\.0/);
  });
});
