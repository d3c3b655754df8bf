// Packages of the operating system: which are needed for what, which are missing, and installing them by apt.
import { existsSync, readdirSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { hasProgram, isRoot, run, runLive } from "./commands.mjs";
import { SetupError, say, step } from "./progress.mjs";

/**
 * For each purpose, the packages of Debian and Ubuntu and what shows on any system that they are there: programs or absolute
 * paths, one of which must exist.
 */
const needs = {
  "run labs": {
    "libvirt-daemon-system": ["/lib/systemd/system/libvirtd.service", "/lib/systemd/system/virtqemud.service"],
    "libvirt-clients": ["virsh"],
    "qemu-system-x86": ["qemu-system-x86_64"],
    "qemu-utils": ["qemu-img"],
    "dnsmasq-base": ["dnsmasq"],
    iptables: ["iptables"],
    iproute2: ["ip"],
  },
  "make the small guest images": {
    syslinux: ["syslinux"],
    "syslinux-common": ["/usr/lib/syslinux/mbr/mbr.bin"],
    mtools: ["mcopy"],
    dosfstools: ["mkfs.vfat"],
    fdisk: ["sfdisk"],
    kmod: ["depmod"],
    cpio: ["cpio"],
    binutils: ["objdump"],
    gcc: ["gcc"],
    "libc6-dev": ["/usr/include/stdio.h"],
    "xz-utils": ["xz"],
    zstd: ["zstd"],
  },
  "make the Debian guest image": { mmdebstrap: ["mmdebstrap"], e2fsprogs: ["mke2fs"] },
  "compile two parts of the VS Code server": { make: ["make"], "g++": ["g++"], python3: ["python3"] },
  "test in a real browser": {
    chromium: ["chromium", "chromium-browser", "google-chrome"],
    "fonts-dejavu-core": ["/usr/share/fonts/truetype/dejavu"],
  },
  "check what we make with other tools": {
    xorriso: ["xorriso"],
    "openssh-client": ["ssh-keygen"],
    "openssh-server": ["sshd"],
    "sasl2-bin": ["saslpasswd2"],
    openssl: ["openssl"],
    "libxml2-utils": ["xmllint"],
  },
};

/** @typedef {keyof typeof needs} Purpose */

/** The packages that are missing for these purposes, by purpose; purposes that lack nothing are left out. */
export function missingPackages(purposes) {
  return purposes.flatMap((purpose) => {
    const missing = Object.entries(needs[purpose]).flatMap(([name, signs]) =>
      signs.some((sign) => (sign.startsWith("/") ? existsSync(sign) : hasProgram(sign))) ? [] : [name],
    );
    return missing.length === 0 ? [] : [{ purpose, missing }];
  });
}

/**
 * Installs what is missing, after saying so and, on a terminal, asking. Resolves with the purposes that still lack packages, and
 * why; what was asked for is then done as far as it goes.
 *
 * @param {readonly Purpose[]} purposes
 * @param {{ yes: boolean }} options `yes`: do not ask
 * @returns {Promise<readonly { purpose: Purpose, missing: string[], reason: string }[]>}
 */
export async function ensurePackages(purposes, { yes }) {
  const lacking = missingPackages(purposes);
  const names = lacking.flatMap(({ missing }) => missing);
  if (names.length === 0) return [];

  say("Missing packages of the operating system:");
  for (const { purpose, missing } of lacking) say(`  to ${purpose}: ${missing.join(" ")}`);
  const command = `apt-get install --no-install-recommends ${names.join(" ")}`;
  const refusal = await obstacle(command, yes);
  if (refusal !== undefined) return lacking.map((entry) => ({ ...entry, reason: refusal }));

  const prefix = isRoot() ? [] : ["sudo"];
  await administer([...prefix, "apt-get", "update"], "package lists");
  const known = await installable(names);
  if (known.length > 0) {
    const install = ["apt-get", "install", "--yes", "--no-install-recommends", ...known];
    await administer([...prefix, "env", "DEBIAN_FRONTEND=noninteractive", ...install], `${known.length} packages`);
  }
  return missingPackages(purposes).map((entry) => ({ ...entry, reason: "this distribution does not offer it" }));
}

/** The lists of what apt can get: empty in small containers, and needed to fetch the packages that guests are made of. */
export async function ensurePackageLists() {
  const lists = "/var/lib/apt/lists";
  if (existsSync(lists) && readdirSync(lists).some((name) => /_Packages(\.|$)/.test(name))) return;
  if (!isRoot()) throw new SetupError("apt has no package lists", "run `sudo apt-get update`, then this command again");
  await administer(["apt-get", "update"], "package lists");
}

/** The reason why packages are not going to be installed, or undefined. */
async function obstacle(command, yes) {
  if (!hasProgram("apt-get")) return "there is no apt-get here; install what these packages are called on your system";
  if (!isRoot() && !hasProgram("sudo")) return `this needs root; ask an administrator for: ${command}`;
  if (yes) return undefined;
  if (!process.stdin.isTTY) return `not installed without a question; use --yes, or run as root: ${command}`;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Install them now with ${isRoot() ? "" : "sudo "}apt-get? [Y/n] `);
  terminal.close();
  return /^(y|yes|)$/i.test(answer.trim()) ? undefined : `you said no; later, as root: ${command}`;
}

async function administer([program, ...args], label) {
  // sudo may ask for a password: it gets the terminal.
  if (program === "sudo" && (await runLive("sudo", ["--validate"])) !== 0) {
    throw new SetupError("sudo refused", `ask an administrator to run: ${args.join(" ")}`);
  }
  await step(label, () => run(program, args, { next: "look at apt's message above; often `apt-get update` helps" }));
}

async function installable(names) {
  const policy = await run("apt-cache", ["policy", ...names], { env: { ...process.env, LC_ALL: "C" } });
  const found = [...policy.matchAll(/^(\S+):\n(?:.*\n)?\s+Candidate: (.*)$/gm)];
  return found.flatMap(([, name, candidate]) => (candidate === "(none)" ? [] : [name]));
}
