import { createConnection, type Socket } from "node:net";
import { ConnectionError } from "../errors.js";
import { connected } from "./socket.js";
import type { LibvirtUri } from "./uri.js";

/** Where libvirt daemons listen for connections in clear text. */
const PORT = 16509;

/** Connects in clear text. Errors: ConnectionError "unreachable", "aborted". */
export function connectTcp(uri: LibvirtUri, signal: AbortSignal): Promise<Socket> {
  const { host = "", port = PORT } = uri;
  const place = `${host}:${port}`;
  return connected(createConnection({ host, port, noDelay: true }), "connect", place, signal, (cause) =>
    unreachable(place, cause),
  );
}

export function unreachable(place: string, cause: NodeJS.ErrnoException): ConnectionError {
  const why = cause.code ?? cause.message;
  return new ConnectionError("unreachable", `no libvirt daemon answers at ${place} (${why})`, { cause });
}
