import { createConnection, type Socket } from "node:net";
import { ConnectionError } from "../errors.js";
import { startSessionDaemon, withStartLock } from "./session.js";
import { connected } from "./socket.js";
import { daemonPrograms, sessionDirectory, socketPaths } from "./sockets.js";
import type { LibvirtUri } from "./uri.js";

/**
 * Connects to the daemon's unix socket. A session daemon is started when none is running.
 * Errors: ConnectionError "unreachable", "permission", "aborted".
 */
export async function connectUnix(
  uri: LibvirtUri,
  access: { readonly readonly: boolean },
  signal: AbortSignal,
): Promise<Socket> {
  const paths = socketPaths(uri, access);
  const ownDaemon = uri.path === "/session" && !uri.parameters.has("socket");
  try {
    return await firstThatAnswers(paths, signal);
  } catch (error) {
    if (!ownDaemon || !isUnreachable(error)) throw error;
  }
  return withStartLock(sessionDirectory(), signal, async () => {
    try {
      // Somebody else may have started it while the lock was theirs.
      return await firstThatAnswers(paths, signal);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
    }
    await startSessionDaemon(daemonPrograms(uri), signal);
    return firstThatAnswers(paths, signal);
  });
}

/** A socket without a daemon behind it is passed over. When none answers, the error names the first. */
async function firstThatAnswers(paths: readonly string[], signal: AbortSignal): Promise<Socket> {
  let first: unknown;
  for (const path of paths) {
    try {
      return await connected(createConnection(path), "connect", path, signal, (cause) => problem(path, cause));
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      first ??= error;
    }
  }
  throw first;
}

function isUnreachable(error: unknown): boolean {
  return error instanceof ConnectionError && error.code === "unreachable";
}

function problem(path: string, cause: NodeJS.ErrnoException): ConnectionError {
  return cause.code === "EACCES" || cause.code === "EPERM"
    ? new ConnectionError("permission", `permission denied on libvirt's socket ${path}`, { cause })
    : new ConnectionError("unreachable", `no libvirt daemon answers on ${path} (${cause.code ?? cause.message})`, {
        cause,
      });
}
