import { userInfo } from "node:os";
import { Connection, ConnectionError, parseUri } from "node-libvirt";
import type { HostConnection } from "../contracts.js";
import { LabError } from "../errors.js";
import { ownerName } from "../identity/index.js";
import { chooseAccelerator, type Accelerator } from "./accelerator.js";
import { isLocalUri, sessionDirectory } from "./place.js";
import { toLabError } from "./problems.js";

/** A hypervisor that labs run on, by one libvirt connection. */
export interface Host extends HostConnection {
  /** Whose labs these are. */
  readonly owner: string;
  /** Directory on the hypervisor that holds the directories of the labs. @throws LabError `pool-path-needed`. */
  labsDirectory(poolPath?: string): Promise<string>;
  accelerator(setting: "auto" | "kvm" | "tcg"): Promise<Accelerator>;
  close(): Promise<void>;
}

export interface OpenHostOptions {
  /** Default: qemu:///system when it answers, else qemu:///session. */
  readonly uri?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds, for connecting and for each call. */
  readonly timeout?: number;
}

const SYSTEM = "qemu:///system";
const SESSION = "qemu:///session";

/** @throws LabError `libvirt-unreachable`, `permission-denied`, `timeout`, `invalid-uri`, `cancelled`. */
export async function openHost(options: OpenHostOptions = {}): Promise<Host> {
  const { uri, signal, timeout } = options;
  if (uri !== undefined) return connect(uri, { signal, timeout });
  try {
    return createHost(await Connection.open(SYSTEM, { signal, timeout }), SYSTEM);
  } catch (error) {
    const next =
      error instanceof ConnectionError && ["unreachable", "permission", "authentication"].includes(error.code);
    const trouble = toLabError(error, `connecting to ${SYSTEM}`, SYSTEM);
    if (!next) throw trouble;
    // A session that is not there either is not what was asked for: the trouble is that of the system.
    return connect(SESSION, { signal, timeout }).catch((second: unknown) => {
      throw second instanceof LabError && second.code === "libvirt-unreachable" ? trouble : second;
    });
  }
}

async function connect(
  uri: string,
  options: { readonly signal: AbortSignal | undefined; readonly timeout: number | undefined },
): Promise<Host> {
  try {
    return createHost(await Connection.open(uri, options), uri);
  } catch (error) {
    throw toLabError(error, `connecting to ${uri}`, uri);
  }
}

/** For a connection that is open already; closing the host closes it. */
export function createHost(connection: Connection, uri: string): Host {
  const { path: driverPath, user } = parseUri(uri);
  const mode = driverPath === "/session" ? "session" : "system";
  const local = isLocalUri(uri);
  return {
    uri,
    mode,
    local,
    connection,
    owner: ownerName((local ? undefined : user) ?? userInfo().username),
    labsDirectory: async (poolPath) =>
      poolPath ?? (mode === "system" ? "/var/lib/libvirt/labscape" : sessionDirectory({ uri, local, connection })),
    accelerator: (setting) => chooseAccelerator(setting, connection, local),
    close: () => connection.close(),
  };
}
