import { type ChildProcess, execFile, spawn } from "node:child_process";
import { access, constants, mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What a command inside the hypervisor printed. */
export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A libvirt of its own in namespaces (mount, network, process, host name, IPC), for tests that break things. Its processes,
 * bridges, taps and files go with it, also when the process that started it dies.
 */
export interface Hypervisor {
  /** For clients outside the namespaces. */
  readonly uri: string;
  /** Path of the daemon's socket, as seen from outside. */
  readonly socket: string;
  /**
   * Holds `lib`, `log`, `cache`, `etc` and `run`: what the hypervisor sees as /var/lib/libvirt, /var/log/libvirt,
   * /var/cache/libvirt, /etc/libvirt and /run.
   */
  readonly directory: string;
  /** Process id, as seen from outside, of the first process in the namespaces. */
  readonly pid: number;
  /** Runs a command inside the namespaces; rejects when it ends with another status than 0. */
  exec(argv: readonly [string, ...string[]]): Promise<CommandOutput>;
  /** Process id of libvirtd as seen from outside, for a signal at an exact moment. */
  daemonPid(): Promise<number>;
  /** Sends a signal to libvirtd alone; guests go on. */
  signalDaemon(signal: NodeJS.Signals): Promise<void>;
  /** Starts libvirtd again after it was ended by `signalDaemon`; resolves when it answers. */
  startDaemon(): Promise<void>;
  /**
   * A power cut: every process ends at once, and what lived in memory (/run, bridges, taps) is gone. Then libvirt starts
   * as it does with the machine; resolves when it answers.
   */
  reboot(): Promise<void>;
  /** Ends everything inside and removes the directory. Safe to call twice. */
  stop(): Promise<void>;
}

export interface HypervisorOptions {
  /** Further lines of libvirtd.conf. */
  readonly daemonConfiguration?: readonly string[];
  /** Further lines of qemu.conf. */
  readonly qemuConfiguration?: readonly string[];
  /** "machine" for daemons that are to be reached on the machine's loopback; such a hypervisor must not start networks. */
  readonly network?: "own" | "machine";
  /** Further arguments of libvirtd. */
  readonly daemonArguments?: readonly string[];
  /** Further environment of everything inside. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Called before anything starts, to put further files in the directory. */
  readonly prepare?: (directory: string) => Promise<void>;
}

const programs = ["unshare", "nsenter", "libvirtd", "virtlogd", "virsh", "ip", "dnsmasq"];

/** The reason why this machine cannot run a throw-away hypervisor, or undefined when it can. For `describe.skipIf`. */
export async function canRunHypervisor(): Promise<string | undefined> {
  if (process.platform !== "linux") return "throw-away hypervisors need Linux";
  if (process.getuid?.() !== 0) return "throw-away hypervisors need root";
  for (const program of programs) {
    if (!(await isInstalled(program))) return `${program} is not installed`;
  }
  try {
    await run("unshare", ["--mount", "--net", "--pid", "--uts", "--ipc", "--fork", "true"]);
  } catch (error) {
    return `this machine does not allow new namespaces: ${error instanceof Error ? error.message : String(error)}`;
  }
  return undefined;
}

/** Starts a hypervisor; resolves when its libvirt answers. Needs root. */
export async function startHypervisor(options: HypervisorOptions = {}): Promise<Hypervisor> {
  const directory = await mkdtemp(join(tmpdir(), "labscape-hv-")); // short: socket paths below it have 107 bytes at most
  await writeConfiguration(directory, options);
  await options.prepare?.(directory);
  const network = options.network ?? "own";
  const namespaces = ["--mount", "--pid", "--uts", "--ipc"].concat(network === "own" ? "--net" : []);
  const daemonArguments = ["-d", ...(options.daemonArguments ?? [])];
  const env = { ...process.env, ...options.environment };
  const child = spawn(
    "unshare",
    namespaces.concat(
      "--fork",
      "--kill-child=SIGKILL",
      join(import.meta.dirname, "hypervisor-init.sh"),
      directory,
      network,
      daemonArguments,
    ),
    { stdio: ["pipe", "pipe", "pipe"], detached: true, env },
  );
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });

  const socket = join(directory, "run/libvirt/libvirt-sock");
  const uri = `qemu+unix:///system?socket=${socket}`;
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
  // virsh has no time-out of its own while it connects: this call answers when the daemon does.
  const answering = async (): Promise<void> => {
    await run("virsh", ["--quiet", "--connect", uri, "uri"]);
  };

  let pid: number;
  try {
    pid = await firstProcess(child);
    await answering();
  } catch (error) {
    await stop();
    throw error;
  }
  const exec = (argv: readonly [string, ...string[]]): Promise<CommandOutput> =>
    run("nsenter", ["--target", String(pid), ...namespaces, "--", ...argv], { maxBuffer: 64 * 1024 * 1024, env });

  const daemonPid = async (): Promise<number> =>
    outsidePid(pid, Number(await readFile(join(directory, "run/libvirtd.pid"), "utf8")));

  const startDaemon = async (): Promise<void> => {
    await exec(["libvirtd", ...daemonArguments]);
    await answering();
  };

  return {
    uri,
    socket,
    directory,
    pid,
    exec,
    daemonPid,
    async signalDaemon(signal) {
      process.kill(await daemonPid(), signal);
    },
    startDaemon,
    async reboot() {
      await exec(["bash", join(import.meta.dirname, "hypervisor-power-cut.sh")]);
      await exec(["virtlogd", "-d"]);
      await startDaemon();
    },
    stop,
  };
}

/**
 * Configuration as an empty machine would have it, but: QEMU runs as root and images keep their owner, so that guests can
 * use images of the checkout; no polkit, since there is no D-Bus; no name service, since asking one can take 10 s.
 */
async function writeConfiguration(directory: string, options: HypervisorOptions): Promise<void> {
  for (const folder of ["etc", "cache", "run/lock", "lib/images", "lib/dnsmasq", "lib/qemu", "log/qemu"]) {
    await mkdir(join(directory, folder), { recursive: true });
  }
  const daemon = ['auth_unix_rw = "none"', 'auth_unix_ro = "none"', 'unix_sock_rw_perms = "0700"'];
  const qemu = ['user = "root"', 'group = "root"', "dynamic_ownership = 0", "remember_owner = 0"].concat(
    'security_driver = "none"',
    "namespaces = []",
    "cgroup_controllers = []",
  );
  const files: Record<string, readonly string[]> = {
    "etc/libvirtd.conf": [...daemon, ...(options.daemonConfiguration ?? [])],
    "etc/qemu.conf": [...qemu, ...(options.qemuConfiguration ?? [])],
    hosts: ["127.0.0.1 localhost", "::1 localhost"],
    "resolv.conf": [],
  };
  for (const [name, lines] of Object.entries(files)) {
    await writeFile(join(directory, name), lines.map((line) => `${line}\n`).join(""));
  }
}

/** Waits until libvirt was started in the namespaces; resolves with the process id that `nsenter` needs. */
async function firstProcess(child: ChildProcess): Promise<number> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("the hypervisor's output is not piped");
  let complaints = "";
  stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  child.once("error", (error) => (complaints += error.message));
  let pid: number | undefined;
  for await (const line of createInterface({ input: stdout })) {
    if (line.startsWith("pid ")) pid = Number(line.slice(4));
    else if (line === "started" && pid !== undefined) return pid;
  }
  throw new Error(`the hypervisor did not start:\n${complaints}`);
}

export async function isInstalled(program: string): Promise<boolean> {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    try {
      await access(join(folder, program), constants.X_OK);
      return true;
    } catch {
      // Not in this folder.
    }
  }
  return false;
}

/** The process that is `inside` in the process namespace of `pid`, by its id out here. */
export async function outsidePid(pid: number, inside: number): Promise<number> {
  const namespace = await readlink(`/proc/${pid}/ns/pid`);
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      if ((await readlink(`/proc/${entry}/ns/pid`)) !== namespace) continue;
      const ids = /^NSpid:(.*)$/m
        .exec(await readFile(`/proc/${entry}/status`, "utf8"))?.[1]
        ?.trim()
        .split(/\s+/);
      if (Number(ids?.at(-1)) === inside) return Number(entry);
    } catch {
      // A process that ended while we looked.
    }
  }
  throw new Error(`no process ${inside} in the hypervisor`);
}
