import { ConnectionError } from "../errors.js";

export type TransportName = "unix" | "ssh";

/** A libvirt connection URI, taken apart. Format: https://libvirt.org/uri.html */
export interface LibvirtUri {
  /** As given. */
  readonly text: string;
  /** "qemu", "test", ... */
  readonly driver: string;
  readonly transport: TransportName;
  readonly user?: string;
  readonly host?: string;
  readonly port?: number;
  /** "/system", "/session", "/default", ... */
  readonly path: string;
  /** Parameters that the client uses; what the daemon opens is {@link remoteName}. */
  readonly parameters: ReadonlyMap<string, string>;
}

const CLIENT_PARAMETERS = ["socket", "mode", "command", "netcat", "keyfile", "no_verify", "no_tty", "proxy"];

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
  const port = portText === undefined ? undefined : Number(portText);
  return {
    text,
    driver: driver.toLowerCase(),
    transport,
    path,
    parameters: new Map(new URLSearchParams(query)),
    ...(user === undefined ? {} : { user: decodeURIComponent(user) }),
    ...(host === undefined || host === "" ? {} : { host }),
    ...(port === undefined ? {} : { port }),
  };
}

function transportOf(text: string, name: string | undefined, host: string | undefined): TransportName {
  if (name === "unix" || (name === undefined && (host === undefined || host === ""))) return "unix";
  if (name === "ssh") {
    if (host === undefined || host === "") throw new ConnectionError("uri", `"${text}" names no host to reach by ssh`);
    return "ssh";
  }
  throw new ConnectionError(
    "uri",
    `"${text}" asks for the transport ${name ?? "tls"}, which is not supported; use qemu+ssh://`,
  );
}

/** What CONNECT_OPEN is given: the URI as the daemon's own machine sees it, without the client's parameters. */
export function remoteName(uri: LibvirtUri): string {
  const rest = [...uri.parameters].filter(([name]) => !CLIENT_PARAMETERS.includes(name));
  const query = rest.length === 0 ? "" : `?${new URLSearchParams(rest).toString()}`;
  return `${uri.driver}://${uri.path}${query}`;
}
