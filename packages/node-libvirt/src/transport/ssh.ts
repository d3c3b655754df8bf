import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { Duplex } from "node:stream";
import { ConnectionError } from "../errors.js";
import { remoteName, type LibvirtUri } from "./uri.js";

/**
 * Arguments of the user's OpenSSH client for this URI. Jump hosts, agent, keys and known hosts are OpenSSH's own business.
 * The remote side runs virt-ssh-helper where it is installed (libvirt 6.8 or newer), else netcat on the daemon's socket.
 */
export function sshArguments(uri: LibvirtUri): string[] {
  const { host = "", user, port, parameters } = uri;
  const options = ["-T", "-e", "none"];
  if (port !== undefined) options.push("-p", String(port));
  if (user !== undefined) options.push("-l", user);
  const key = parameters.get("keyfile");
  if (key !== undefined) options.push("-i", key);
  if (parameters.get("no_verify") === "1") options.push("-o", "StrictHostKeyChecking=no");
  if (parameters.get("no_tty") === "1") options.push("-o", "BatchMode=yes");
  return [...options, "--", host, remoteCommand(uri)];
}

/** One POSIX shell command: ssh hands it to the remote user's shell, so every variable part is quoted. */
function remoteCommand(uri: LibvirtUri): string {
  const name = quote(remoteName(uri));
  const socket = uri.parameters.get("socket") ?? (uri.path === "/session" ? undefined : "/run/libvirt/libvirt-sock");
  const netcat = quote(uri.parameters.get("netcat") ?? "nc");
  const plain =
    socket === undefined
      ? `echo "virt-ssh-helper is not installed" >&2; exit 127`
      : `exec ${netcat} -U ${quote(socket)}`;
  const script = uri.parameters.has("socket")
    ? plain
    : `if command -v virt-ssh-helper >/dev/null 2>&1; then exec virt-ssh-helper ${name}; else ${plain}; fi`;
  return `sh -c ${quote(script)}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Bytes to and from the remote daemon. Ends when ssh does, and then says why: what ssh complained of is the reason. */
export function connectSsh(uri: LibvirtUri, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(cancelled(uri));
    const child = spawn(uri.parameters.get("command") ?? "ssh", sshArguments(uri), { stdio: ["pipe", "pipe", "pipe"] });
    const onAbort = (): void => {
      child.kill();
      reject(cancelled(uri));
    };
    signal.addEventListener("abort", onAbort, { once: true });
    child.once("error", (cause) =>
      reject(new ConnectionError("unreachable", `ssh cannot be started: ${cause.message}`, { cause })),
    );
    child.once("spawn", () => {
      signal.removeEventListener("abort", onAbort);
      resolve(streamOf(child, uri));
    });
  });
}

function streamOf(child: ChildProcessWithoutNullStreams, uri: LibvirtUri): Duplex {
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
  const stream = new Duplex({
    read: () => child.stdout.resume(),
    write: (chunk: Buffer, _encoding, done) => {
      // A write that fails means that ssh is ending: its end tells more.
      child.stdin.write(chunk, () => done());
    },
    destroy: (error, done) => {
      child.kill();
      done(error);
    },
  });
  child.stdin.on("error", () => undefined);
  child.stdout.on("data", (chunk: Buffer) => {
    if (!stream.push(chunk)) child.stdout.pause();
  });
  child.once("close", (code) => {
    const why = said.trim() || `exit status ${code ?? "unknown"}`;
    // 255 is ssh's own failure, 127 a command that is not there (ssh(1), EXIT STATUS).
    const kind = code === 255 || code === 127 ? "unreachable" : "closed";
    stream.destroy(new ConnectionError(kind, `ssh to ${uri.host ?? ""} ended: ${why}`));
  });
  return stream;
}

function cancelled(uri: LibvirtUri): ConnectionError {
  return new ConnectionError("aborted", `connecting to ${uri.host ?? ""} was cancelled`);
}
