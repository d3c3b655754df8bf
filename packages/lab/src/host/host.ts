import { homedir, userInfo } from "node:os";
import path from "node:path";
import { Connection, ConnectionError, parseUri } from "node-libvirt";
import type { HostConnection } from "../contracts.js";
import { LabError } from "../errors.js";
import { ownerName } from "../identity/index.js";
import { chooseAccelerator, type Accelerator } from "./accelerator.js";
import { toLabError } from "./problems.js";

/** A hypervisor that labs run on, by one libvirt connection. */
export interface Host extends HostConnection {
  /** Whose labs these are. */
  readonly owner: string;
  /** Directory on the hypervisor that holds the directories of the labs. @throws LabError `pool-path-needed`. */
  labsDirectory(poolPath?: string): string;
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
    if (!next) throw toLabError(error, `connecting to ${SYSTEM}`);
  }
  return connect(SESSION, { signal, timeout });
}

async function connect(
  uri: string,
  options: { readonly signal: AbortSignal | undefined; readonly timeout: number | undefined },
): Promise<Host> {
  try {
    return createHost(await Connection.open(uri, options), uri);
  } catch (error) {
    throw toLabError(error, `connecting to ${uri}`);
  }
}

/** For a connection that is open already; closing the host closes it. */
export function createHost(connection: Connection, uri: string): Host {
  const { path: driverPath, user, transport } = parseUri(uri);
  const mode = driverPath === "/session" ? "session" : "system";
  const local = transport === "unix";
  return {
    uri,
    mode,
    local,
    connection,
    owner: ownerName((local ? undefined : user) ?? userInfo().username),
    labsDirectory(poolPath) {
      if (poolPath !== undefined) return poolPath;
      if (mode === "system") return "/var/lib/libvirt/labscape";
      if (local) {
        return path.join(process.env["XDG_DATA_HOME"] ?? path.join(homedir(), ".local", "share"), "labscape");
      }
      throw new LabError(
        "pool-path-needed",
        `the home directory on ${uri} is not known`,
        "Set host.pool_path in the manifest to a directory there.",
      );
    },
    accelerator: (setting) => chooseAccelerator(setting, connection, local),
    close: () => connection.close(),
  };
}
