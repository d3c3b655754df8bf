import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { Duplex } from "node:stream";
import { ConnectionError } from "../errors.js";
import { cancelled } from "./socket.js";
import { socketPaths } from "./sockets.js";
import { isSet, remoteName, type LibvirtUri } from "./uri.js";

/**
 * Arguments of the user's OpenSSH client for this URI. Jump hosts, agent, keys and known hosts are OpenSSH's own business.
 * The remote side runs virt-ssh-helper where it is installed (libvirt 6.8 or newer), else netcat on the daemon's socket;
 * `proxy=native` and `proxy=netcat` insist on one of them.
 */
export function sshArguments(uri: LibvirtUri, access = { readonly: false }): string[] {
  const { host = "", user, port, parameters } = uri;
  const options = ["-T", "-e", "none"];
  if (port !== undefined) options.push("-p", String(port));
  if (user !== undefined) options.push("-l", user);
  const key = parameters.get("keyfile");
  if (key !== undefined) options.push("-i", key);
  const knownHosts = parameters.get("known_hosts");
  if (knownHosts !== undefined) options.push("-o", `UserKnownHostsFile=${knownHosts}`);
  if (isSet(uri, "no_verify")) options.push("-o", "StrictHostKeyChecking=no");
  if (isSet(uri, "no_tty")) options.push("-o", "BatchMode=yes");
  return [...options, "--", host, remoteCommand(uri, access)];
}

/** One POSIX shell command: ssh hands it to the remote user's shell, so every variable part is quoted. */
function remoteCommand(uri: LibvirtUri, access: { readonly readonly: boolean }): string {
  const proxy = uri.parameters.get("proxy") ?? "auto";
  if (proxy !== "auto" && proxy !== "native" && proxy !== "netcat")
    throw new ConnectionError("uri", `proxy=${proxy} in "${uri.text}" is unknown; write auto, native or netcat`);
  const helper = `exec virt-ssh-helper ${access.readonly ? "-r " : ""}${quote(remoteName(uri))}`;
  const script =
    proxy === "native"
      ? helper
      : proxy === "netcat" || uri.parameters.has("socket")
        ? netcat(uri, access)
        : `if command -v virt-ssh-helper >/dev/null 2>&1; then ${helper}; fi; ${netcat(uri, access)}`;
  return `sh -c ${quote(script)}`;
}

/** Tries the sockets in turn. Where netcat knows -q, it shall end as soon as ssh has closed its input. */
function netcat(uri: LibvirtUri, access: { readonly readonly: boolean }): string {
  if (uri.path === "/session" && !uri.parameters.has("socket"))
    return `echo "virt-ssh-helper is not installed, and without it no session is found" >&2; exit 127`;
  const program = quote(uri.parameters.get("netcat") ?? "nc");
  const sockets = socketPaths(uri, access).map(quote).join(" ");
  return (
    `command -v ${program} >/dev/null || exit 127; ` +
    `if ${program} -q 2>&1 | grep -q "requires an argument"; then quit=-q0; else quit=; fi; ` +
    `for socket in ${sockets}; do if [ -S "$socket" ]; then exec ${program} $quit -U "$socket"; fi; done; ` +
    `echo "no libvirt daemon listens on" ${sockets} >&2; exit 127`
  );
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Bytes to and from the remote daemon. Ends when ssh does, and then says why: what ssh complained of is the reason. */
export function connectSsh(
  uri: LibvirtUri,
  access: { readonly readonly: boolean },
  signal: AbortSignal,
): Promise<Duplex> {
  const { host = "" } = uri;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(cancelled(host));
    const child = spawn(uri.parameters.get("command") ?? "ssh", sshArguments(uri, access), {
      stdio: ["pipe", "pipe", "pipe"],
    });
    const onAbort = (): void => {
      child.kill();
      reject(cancelled(host));
    };
    signal.addEventListener("abort", onAbort, { once: true });
    child.once("error", (cause) => {
      signal.removeEventListener("abort", onAbort);
      reject(new ConnectionError("unreachable", `ssh cannot be started: ${cause.message}`, { cause }));
    });
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
  let answered = false;
  child.stdout.on("data", (chunk: Buffer) => {
    answered = true;
    if (!stream.push(chunk)) child.stdout.pause();
  });
  child.once("close", (code) => {
    const why = said.trim() || `exit status ${code ?? "unknown"}`;
    // 255 is ssh's own failure, 127 a command that is not there (ssh(1), EXIT STATUS).
    const kind = !answered && (code === 255 || code === 127) ? "unreachable" : "closed";
    stream.destroy(new ConnectionError(kind, `ssh to ${uri.host ?? ""} ended: ${why}`));
  });
  return stream;
}
