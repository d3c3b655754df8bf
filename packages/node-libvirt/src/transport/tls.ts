import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { homedir } from "node:os";
import path from "node:path";
import { connect, type TLSSocket } from "node:tls";
import { ConnectionError } from "../errors.js";
import { cancelled, connected } from "./socket.js";
import { unreachable } from "./tcp.js";
import { isSet, type LibvirtUri } from "./uri.js";

/** Where libvirt daemons listen for TLS. */
const PORT = 16514;
/** What the daemon sends when it accepts the client's certificate; the protocol proper starts after it. */
const ACCEPTED = 1;

/** Certificates in PEM: of the authority that signs servers, and the client's own with its key, if it has one. */
interface Credentials {
  readonly ca: Buffer | undefined;
  readonly cert: Buffer | undefined;
  readonly key: Buffer | undefined;
}

/**
 * Connects by TLS with the client's certificate, and verifies the server's unless the URI says `no_verify=1`.
 * Errors: ConnectionError "unreachable", "authentication" (either side refuses the other's certificate), "aborted".
 */
export async function connectTls(uri: LibvirtUri, signal: AbortSignal): Promise<TLSSocket> {
  const { host = "", port = PORT } = uri;
  const place = `${host}:${port}`;
  const credentials = await readCredentials(uri.parameters.get("pkipath"));
  if (signal.aborted) throw cancelled(place);
  const socket = connect({
    host,
    port,
    ...definedOnly(credentials),
    rejectUnauthorized: !isSet(uri, "no_verify"),
    // Names in certificates may be addresses, the name that the handshake asks for may not.
    ...(isIP(host) === 0 ? { servername: host } : {}),
  });
  let reached = false;
  socket.once("connect", () => (reached = true));
  socket.setNoDelay(true);
  await connected(socket, "secureConnect", place, signal, (cause) =>
    reached ? refused(place, cause) : unreachable(place, cause),
  );
  await acceptance(socket, place, signal);
  return socket;
}

/** Settles when the daemon has accepted this client; a certificate that it refuses is refused only now, with TLS 1.3. */
function acceptance(socket: TLSSocket, place: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      signal.removeEventListener("abort", onAbort);
      socket.off("readable", onReadable);
      socket.off("error", onError);
      socket.off("close", onClose);
    };
    const fail = (error: ConnectionError): void => {
      done();
      socket.on("error", () => undefined);
      socket.destroy();
      reject(error);
    };
    const onReadable = (): void => {
      const data: unknown = socket.read(1);
      if (!Buffer.isBuffer(data)) return;
      if (data[0] !== ACCEPTED) return fail(refused(place, new Error("the daemon does not know this client")));
      done();
      resolve();
    };
    const onError = (cause: Error): void => fail(refused(place, cause));
    const onClose = (): void => fail(refused(place, new Error("the daemon closed the connection")));
    const onAbort = (): void => fail(cancelled(place));
    socket.on("readable", onReadable);
    socket.once("error", onError);
    socket.once("close", onClose);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}

function refused(place: string, cause: Error): ConnectionError {
  return new ConnectionError("authentication", `TLS with ${place} failed: ${cause.message}`, { cause });
}

/**
 * The files that libvirt's own clients read: all of `pkipath`, else the user's in ~/.pki/libvirt, and where these are missing the
 * machine's in /etc/pki. https://libvirt.org/kbase/tlscerts.html
 */
async function readCredentials(pkipath: string | undefined): Promise<Credentials> {
  if (pkipath !== undefined) {
    const [ca, cert, key] = await readAll([
      path.join(pkipath, "cacert.pem"),
      path.join(pkipath, "clientcert.pem"),
      path.join(pkipath, "clientkey.pem"),
    ]);
    if (ca === undefined)
      throw new ConnectionError("authentication", `there is no cacert.pem in ${pkipath}, so no server can be verified`);
    return { ca, cert, key };
  }
  const own = path.join(homedir(), ".pki/libvirt");
  const [ownCa, ownCert, ownKey] = await readAll([
    path.join(own, "cacert.pem"),
    path.join(own, "clientcert.pem"),
    path.join(own, "clientkey.pem"),
  ]);
  const [ca, cert, key] = await readAll([
    "/etc/pki/CA/cacert.pem",
    "/etc/pki/libvirt/clientcert.pem",
    "/etc/pki/libvirt/private/clientkey.pem",
  ]);
  // A certificate and its key belong together.
  const pair = ownCert !== undefined && ownKey !== undefined ? { cert: ownCert, key: ownKey } : { cert, key };
  return { ca: ownCa ?? ca, ...pair };
}

function readAll(files: readonly string[]): Promise<(Buffer | undefined)[]> {
  return Promise.all(
    files.map(async (file) => {
      try {
        return await readFile(file);
      } catch (cause) {
        if (cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR")) return;
        throw new ConnectionError("permission", `${file} cannot be read`, { cause });
      }
    }),
  );
}

function definedOnly({ ca, cert, key }: Credentials): { ca?: Buffer; cert?: Buffer; key?: Buffer } {
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
  };
}
