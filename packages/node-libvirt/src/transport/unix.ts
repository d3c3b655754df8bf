import { access } from "node:fs/promises";
import { createConnection, type Socket } from "node:net";
import path from "node:path";
import { ConnectionError } from "../errors.js";
import { startSessionDaemon, withStartLock } from "./session.js";
import type { LibvirtUri } from "./uri.js";

/** Where daemons of the machine listen: a proxy or monolithic daemon serves every driver, the QEMU daemon only domains. */
const SYSTEM_SOCKETS = ["/run/libvirt/libvirt-sock", "/run/libvirt/virtqemud-sock", "/var/run/libvirt/libvirt-sock"];

/** Directory of the user's own daemons: as GLib's g_get_user_runtime_dir, which libvirt uses. */
export function sessionDirectory(env: NodeJS.ProcessEnv = process.env): string {
  const home = env["HOME"] ?? "/";
  const base = env["XDG_RUNTIME_DIR"] ?? env["XDG_CACHE_HOME"] ?? path.join(home, ".cache");
  return path.join(base, "libvirt");
}

function sessionSockets(): string[] {
  return ["libvirt-sock", "virtqemud-sock"].map((name) => path.join(sessionDirectory(), name));
}

/**
 * Connects to the daemon's unix socket. A session daemon is started when none is running.
 * Errors: ConnectionError "unreachable", "permission", "aborted".
 */
export async function connectUnix(uri: LibvirtUri, signal: AbortSignal): Promise<Socket> {
  const explicit = uri.parameters.get("socket");
  if (explicit !== undefined) return connectSocket(explicit, signal);
  if (uri.path !== "/session") return connectSocket(await firstPresent(SYSTEM_SOCKETS), signal);
  const running = await connectSession(signal);
  if (running !== undefined) return running;
  return withStartLock(sessionDirectory(), signal, async () => {
    const started = await connectSession(signal);
    if (started !== undefined) return started;
    await startSessionDaemon(signal);
    return connectSocket(await firstPresent(sessionSockets()), signal);
  });
}

/** Undefined when no session daemon runs. */
async function connectSession(signal: AbortSignal): Promise<Socket | undefined> {
  try {
    return await connectSocket(await firstPresent(sessionSockets()), signal);
  } catch (error) {
    if (error instanceof ConnectionError && error.code === "unreachable") return undefined;
    throw error;
  }
}

/** The first path that exists; the first of all when none does, so that the error names the usual one. */
async function firstPresent(paths: readonly string[]): Promise<string> {
  for (const candidate of paths) {
    try {
      await access(candidate);
      return candidate;
    } catch {
      // Not this one.
    }
  }
  return paths[0] ?? "";
}

function connectSocket(socketPath: string, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new ConnectionError("aborted", `connecting to ${socketPath} was cancelled`));
    const socket = createConnection(socketPath);
    const onAbort = (): void => {
      socket.destroy();
      reject(new ConnectionError("aborted", `connecting to ${socketPath} was cancelled`));
    };
    signal.addEventListener("abort", onAbort, { once: true });
    socket.once("connect", () => {
      signal.removeEventListener("abort", onAbort);
      socket.removeAllListeners("error");
      resolve(socket);
    });
    socket.once("error", (cause: NodeJS.ErrnoException) => {
      signal.removeEventListener("abort", onAbort);
      const denied = cause.code === "EACCES" || cause.code === "EPERM";
      const message = denied
        ? `permission denied on libvirt's socket ${socketPath}`
        : `no libvirt daemon answers on ${socketPath} (${cause.code ?? cause.message})`;
      reject(new ConnectionError(denied ? "permission" : "unreachable", message, { cause }));
    });
  });
}
