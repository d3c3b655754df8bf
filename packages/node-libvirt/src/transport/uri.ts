import { ConnectionError } from "../errors.js";

/** How the bytes travel. */
export type TransportName = "unix" | "ssh" | "tcp" | "tls";
/** Which daemons serve a unix socket: one for each driver ("direct"), one for all ("legacy"), or whichever is there. */
export type DaemonMode = "auto" | "direct" | "legacy";

/** A libvirt connection URI, taken apart. Format: https://libvirt.org/uri.html */
export interface LibvirtUri {
  /** As given. */
  readonly text: string;
  /** "qemu", "test", "network", "storage", ... */
  readonly driver: string;
  readonly transport: TransportName;
  readonly mode: DaemonMode;
  readonly user?: string;
  readonly host?: string;
  readonly port?: number;
  /** "/system", "/session", "/default", ... */
  readonly path: string;
  /** Parameters that the client uses; what the daemon opens is {@link remoteName}. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** What this side uses of a URI's parameters; everything else is the driver's and goes on to the daemon. */
const CLIENT_PARAMETERS = [
  "socket",
  "mode",
  "command",
  "netcat",
  "keyfile",
  "known_hosts",
  "no_verify",
  "no_tty",
  "proxy",
  "pkipath",
  "name",
];
/** Parameters of libvirt's C library that have no meaning here and that it would be wrong to pass over in silence. */
const UNSUPPORTED_PARAMETERS = ["tls_priority", "sshauth", "known_hosts_verify", "authfile"];

/** Throws ConnectionError "uri" when it cannot be understood. */
export function parseUri(text: string): LibvirtUri {
  const match = /^([a-z0-9]+)(?:\+([a-z0-9]+))?:\/\/([^/?]*)(\/[^?#]*)?(?:\?(.*))?$/i.exec(text);
  if (match === null)
    throw new ConnectionError(
      "uri",
      `"${text}" is not a libvirt URI; write for instance qemu:///system, qemu:///session or qemu+ssh://user@host/system`,
    );
  const [, driver = "", plus, authority = "", path = "/", query = ""] = match;
  const place = /^(?:([^@]*)@)?(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(authority);
  if (place === null) throw new ConnectionError("uri", `"${authority}" in "${text}" is not a host name`);
  const [, user, hostText, portText] = place;
  const host = hostText?.replace(/^\[|\]$/g, "");
  const transport = transportOf(text, plus?.toLowerCase(), host);
  const parameters = new Map(new URLSearchParams(query));
  const port = portText === undefined ? undefined : Number(portText);
  return {
    text,
    driver: driver.toLowerCase(),
    transport,
    mode: modeOf(text, parameters),
    path,
    parameters,
    ...(user === undefined ? {} : { user: decodeURIComponent(user) }),
    ...(host === undefined || host === "" ? {} : { host }),
    ...(port === undefined ? {} : { port }),
  };
}

function transportOf(text: string, name: string | undefined, host = ""): TransportName {
  // libvirt's own rule: a host without a transport means TLS.
  const transport = name ?? (host === "" ? "unix" : "tls");
  switch (transport) {
    case "unix":
      if (host !== "") throw new ConnectionError("uri", `"${text}" names a host, which no unix socket reaches`);
      return transport;
    case "ssh":
    case "tcp":
    case "tls":
      if (host === "") throw new ConnectionError("uri", `"${text}" names no host to reach by ${transport}`);
      return transport;
    default:
      throw new ConnectionError(
        "uri",
        `"${text}" asks for the transport ${transport}, which is not supported; use unix, ssh, tls or tcp`,
      );
  }
}

function modeOf(text: string, parameters: ReadonlyMap<string, string>): DaemonMode {
  const unsupported = UNSUPPORTED_PARAMETERS.find((name) => parameters.has(name));
  if (unsupported !== undefined)
    throw new ConnectionError(
      "uri",
      `"${text}" has the parameter ${unsupported}, which is not supported; leave it out`,
    );
  const mode = parameters.get("mode") ?? "auto";
  if (mode === "auto" || mode === "direct" || mode === "legacy") return mode;
  throw new ConnectionError("uri", `mode=${mode} in "${text}" is unknown; write auto, direct or legacy`);
}

/** Whether a yes-or-no parameter says yes. */
export function isSet(uri: LibvirtUri, parameter: string): boolean {
  return !["", "0"].includes(uri.parameters.get(parameter) ?? "");
}

/** What CONNECT_OPEN is given: the URI as the daemon's own machine sees it, without the client's parameters. */
export function remoteName(uri: LibvirtUri): string {
  const name = uri.parameters.get("name");
  if (name !== undefined) return name;
  const rest = [...uri.parameters].filter(([parameter]) => !CLIENT_PARAMETERS.includes(parameter));
  const query = rest.length === 0 ? "" : `?${new URLSearchParams(rest).toString()}`;
  return `${uri.driver}://${uri.path}${query}`;
}
