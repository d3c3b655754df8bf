// A libvirt that answers: the running one is used as it is; where no service manager starts it, it is started here.
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { createConnection } from "node:net";
import { hasProgram, isRoot, run } from "./commands.mjs";
import { SetupError, say, step } from "./progress.mjs";

const system = "qemu:///system";
const session = "qemu:///session";
/** The daemon with all drivers, and the QEMU daemon of newer systems. */
const sockets = ["/run/libvirt/libvirt-sock", "/run/libvirt/virtqemud-sock"];

/**
 * Makes libvirt usable, if it can be.
 *
 * @returns {Promise<{ uri: string, started: readonly string[] } | undefined>} where labs go, and the daemons that were started
 *   for it; undefined where there is no libvirt
 */
export async function ensureLibvirt() {
  let result;
  await step("libvirt", async () => {
    result = await start();
    if (result === undefined) return { note: "not installed: labs can be edited and drawn, but not deployed" };
    return { note: `${result.uri}${result.started.length > 0 ? " (started)" : ""}` };
  });
  return result;
}

async function start() {
  for (const socket of sockets) {
    const answer = await connect(socket);
    if (answer === "open") return { uri: system, started: [] };
    if (answer === "EACCES" && !isRoot()) {
      say(`  ${socket} is not open to you (group libvirt); using ${session} instead`);
      break;
    }
  }
  if (!hasProgram("libvirtd") || !hasProgram("qemu-system-x86_64")) return undefined;
  if (!isRoot()) return { uri: session, started: [] }; // libvirt starts that one itself, when it is connected to
  if (existsSync("/run/systemd/system")) {
    await run("systemctl", ["start", "libvirtd"], { next: "look at `journalctl -u libvirtd`" });
    return { uri: system, started: [] };
  }
  return { uri: system, started: await startDaemons() };
}

async function startDaemons() {
  mkdirSync("/run/lock", { recursive: true });
  if (!existsSync("/dev/net/tun")) {
    mkdirSync("/dev/net", { recursive: true });
    await run("mknod", ["/dev/net/tun", "c", "10", "200"]);
  }
  openKvm();
  const started = [];
  for (const daemon of ["virtlogd", "libvirtd"]) {
    if (pidOf(daemon) !== undefined) continue;
    await run(daemon, ["-d"], { next: `look at what \`${daemon}\` says when it runs in the foreground` });
    started.push(daemon);
  }
  // This answers when the daemon has asked QEMU what it can do, so that the first lab need not wait for that.
  await run("virsh", ["--connect", system, "domcapabilities"], {
    next: "look at what `libvirtd` says when it runs in the foreground",
  });
  return started;
}

/**
 * Gives /dev/kvm to the group kvm, as udev does where it runs. While only root may open it, libvirt finds that QEMU can use KVM
 * when it is asked, but that the user who runs guests cannot; it then asks QEMU again at every call, and defining one
 * domain takes more than half a minute. Whatever somebody has set on purpose stays.
 */
export function openKvm(device = "/dev/kvm", groups = "/etc/group") {
  if (!existsSync(device)) return;
  const { uid, gid, mode } = statSync(device);
  const [, group] = /^kvm:[^:]*:(\d+):/m.exec(readFileSync(groups, "utf8")) ?? [];
  if (uid !== 0 || gid !== 0 || (mode & 0o777) !== 0o600 || group === undefined) return;
  chownSync(device, 0, Number(group));
  chmodSync(device, 0o660);
  say("  /dev/kvm is now open to the group kvm, as udev sets it");
}

/**
 * Ends the daemons that `ensureLibvirt` started, unless labs run or anything else uses them: then they stay, and this says so.
 *
 * @param {{ uri: string, started: readonly string[] }} libvirt
 */
export async function stopLibvirt({ uri, started }) {
  if (started.length === 0) return;
  const running = async (what) =>
    (await run("virsh", ["--quiet", "--connect", uri, what, "--name"]))
      .split("\n")
      .filter((line) => line.trim() !== "");
  const domains = await running("list");
  const networks = await running("net-list");
  if (domains.length + networks.length > 0) {
    say(`libvirt goes on, because there are running machines or networks: ${[...domains, ...networks].join(", ")}`);
    return;
  }
  for (const daemon of started.toReversed()) {
    const pid = pidOf(daemon);
    if (pid !== undefined) process.kill(pid, "SIGTERM");
  }
}

/** Process id from the daemon's file, if that process lives. */
function pidOf(daemon) {
  try {
    const pid = Number(readFileSync(`/run/${daemon}.pid`, "utf8"));
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim() === daemon ? pid : undefined;
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ESRCH") return undefined;
    throw new SetupError(`/run/${daemon}.pid cannot be read: ${error.message}`);
  }
}

/** "open", or the code of the error that connecting gives. */
function connect(path) {
  return new Promise((done) => {
    const socket = createConnection(path, () => {
      socket.destroy();
      done("open");
    });
    socket.once("error", (error) => done(error.code));
  });
}
