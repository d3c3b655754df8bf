import type { Duplex } from "node:stream";
import { authenticate, type CredentialSource } from "./auth/authenticate.js";
import { ConnectionError } from "./errors.js";
import { Session } from "./objects/session.js";
import { RpcClient } from "./rpc/client.js";
import type { KeepaliveOptions } from "./rpc/keepalive.js";
import { connectSsh } from "./transport/ssh.js";
import { connectTcp } from "./transport/tcp.js";
import { connectTls } from "./transport/tls.js";
import { connectUnix } from "./transport/unix.js";
import { remoteName, type LibvirtUri } from "./transport/uri.js";

/** Milliseconds that connecting and each call may take where the caller says nothing else. */
const DEFAULT_TIMEOUT = 30_000;
/** VIR_DRV_FEATURE_PROGRAM_KEEPALIVE. */
const FEATURE_KEEPALIVE = 10;
/** virConnectFlags. */
const OPEN_READONLY = 1;

export interface OpenOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds, for connecting and as the default deadline of every call. 30 s where absent, 0 for none. */
  readonly timeout?: number | undefined;
  readonly readonly?: boolean | undefined;
  /** When a daemon that says nothing is given up: 5 pings, 5 s apart, where absent. `false`: never. */
  readonly keepalive?: KeepaliveOptions | false | undefined;
  /** Used when the daemon asks for a user name and password (SASL). */
  readonly credentials?: CredentialSource | undefined;
}

/** Connects, logs in and opens the driver that the URI names, within the deadline. */
export async function connect(uri: LibvirtUri, options: OpenOptions): Promise<RpcClient> {
  const { signal, timeout = DEFAULT_TIMEOUT } = options;
  const ending = new AbortController();
  const timer = timeout > 0 ? setTimeout(() => ending.abort(), timeout) : undefined;
  const onAbort = (): void => ending.abort();
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted === true) ending.abort();
  try {
    return await open(uri, options, timeout, ending.signal);
  } catch (error) {
    if (ending.signal.aborted && signal?.aborted !== true) {
      throw new ConnectionError("timeout", `libvirt at ${uri.text} did not answer within ${timeout / 1000} s`, {
        cause: error,
      });
    }
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

async function open(uri: LibvirtUri, options: OpenOptions, timeout: number, signal: AbortSignal): Promise<RpcClient> {
  const readonly = options.readonly === true;
  const socket = await reach(uri, { readonly }, signal);
  const rpc = new RpcClient(socket, {
    timeout,
    writing: uri.transport === "tls" ? "apart" : "together",
  });
  const session = new Session(rpc);
  // The deadline of connecting as a whole holds for its calls.
  const bounds = { signal, timeout: 0 };
  try {
    await authenticate(session, uri, options.credentials, signal);
    const [{ supported }] = await Promise.all([
      session.call("CONNECT_SUPPORTS_FEATURE", { feature: FEATURE_KEEPALIVE }, bounds),
      session.call("CONNECT_OPEN", { name: remoteName(uri), flags: readonly ? OPEN_READONLY : 0 }, bounds),
    ]);
    if (supported !== 0 && options.keepalive !== false) rpc.startKeepalive(options.keepalive);
  } catch (error) {
    rpc.close();
    throw error;
  }
  return rpc;
}

/** A way for bytes to a daemon. */
function reach(uri: LibvirtUri, access: { readonly readonly: boolean }, signal: AbortSignal): Promise<Duplex> {
  switch (uri.transport) {
    case "unix":
      return connectUnix(uri, access, signal);
    case "ssh":
      return connectSsh(uri, access, signal);
    case "tcp":
      return connectTcp(uri, signal);
    case "tls":
      return connectTls(uri, signal);
  }
}
