import { attributeOf, childrenInNamespace, childrenOfLocalName, type ParsedElement, type XmlElement } from "../xml.js";

/** XML namespace of what a domain or network says of its lab. Written into the persistent definition. */
export const RESOURCE_NAMESPACE = "urn:labscape:resource";
/** XML namespace of what a running domain says of itself; in the live definition only, so a stop forgets it. */
export const STATE_NAMESPACE = "urn:labscape:state";

export const FORMAT_VERSION = "1";

/** One end of a link, as its node's metadata records it. */
export interface LinkRecord {
  /** Data port index of this node. */
  readonly port: number;
  readonly portName: string;
  /** "node::port" of the other end. */
  readonly peer: string;
  readonly type: "udp" | "wire" | "bridge";
  readonly state: "up" | "down";
  /** Whether this end is the link's `src`. */
  readonly source: boolean;
  /** For `udp`: "address:port" of this end and of the other. For `wire`: their taps, by which the hook joins them. */
  readonly local?: string;
  readonly remote?: string;
}

/** What our metadata element says. Never holds a secret: every reader of the host's definitions sees it. */
export interface ResourceMetadata {
  readonly owner: string;
  readonly lab: string;
  /** "node", "management", "bridge" or "link". */
  readonly role: string;
  /** Name of the node, bridge or link; empty for the management network. */
  readonly name: string;
  /** Of a device of several virtual machines: which of them; else empty. */
  readonly member: string;
  /** Whether the domain stands for its node: its readiness and its address. */
  readonly main: boolean;
  /** Hash of the desired definition. */
  readonly hash: string;
  readonly manifest: string;
  readonly model: string;
  /** Management address of the node, or subnet of the management network. */
  readonly address: string;
  /** Forwarded ssh port on the hypervisor's loopback, in user networking. */
  readonly sshPort?: number;
  readonly links: readonly LinkRecord[];
  /** What the definition was made from, for people: "memory" -> "1024 MiB". */
  readonly facets: ReadonlyMap<string, string>;
}

/** The content of a `<metadata>` element. */
export function metadataElement(metadata: ResourceMetadata): XmlElement {
  return {
    "labscape:resource": { "@xmlns:labscape": RESOURCE_NAMESPACE, ...resourceElement(metadata, "labscape:") },
  };
}

/**
 * Our element alone, for the call that sets it in a domain that is there.
 * @param prefix of the names within; libvirt puts in its own where there is none.
 */
export function resourceElement(metadata: ResourceMetadata, prefix = ""): XmlElement {
  return {
    "@version": FORMAT_VERSION,
    "@owner": metadata.owner,
    "@lab": metadata.lab,
    "@role": metadata.role,
    "@name": metadata.name,
    "@member": metadata.member === "" ? undefined : metadata.member,
    "@main": metadata.main ? undefined : "no",
    "@hash": metadata.hash,
    "@manifest": metadata.manifest,
    "@model": metadata.model,
    "@address": metadata.address,
    "@ssh-port": metadata.sshPort,
    [`${prefix}link`]: metadata.links.map((link) => ({
      "@port": link.port,
      "@port-name": link.portName,
      "@peer": link.peer,
      "@type": link.type,
      "@state": link.state,
      "@source": link.source ? "yes" : "no",
      "@local": link.local,
      "@remote": link.remote,
    })),
    [`${prefix}facet`]: [...metadata.facets].map(([name, value]) => ({ "@name": name, "@value": value })),
  };
}

/** Reads our element out of a definition's `<metadata>`; undefined where it has none or one of a later format. */
export function readMetadata(metadata: ParsedElement | undefined): ResourceMetadata | undefined {
  const element = childrenInNamespace(metadata, RESOURCE_NAMESPACE).find(({ name }) => name === "resource")?.element;
  if (element === undefined || attributeOf(element, "version") !== FORMAT_VERSION) return undefined;
  const text = (name: string): string => attributeOf(element, name) ?? "";
  const sshPort = Number(text("ssh-port"));
  return {
    owner: text("owner"),
    lab: text("lab"),
    role: text("role"),
    name: text("name"),
    member: text("member"),
    main: text("main") !== "no",
    hash: text("hash"),
    manifest: text("manifest"),
    model: text("model"),
    address: text("address"),
    ...(sshPort > 0 ? { sshPort } : {}),
    links: childrenOfLocalName(element, "link").map(readLink),
    facets: new Map(
      childrenOfLocalName(element, "facet").map((facet) => [
        attributeOf(facet, "name") ?? "",
        attributeOf(facet, "value") ?? "",
      ]),
    ),
  };
}

function readLink(element: ParsedElement): LinkRecord {
  const type = attributeOf(element, "type");
  const local = attributeOf(element, "local");
  const remote = attributeOf(element, "remote");
  return {
    port: Number(attributeOf(element, "port")),
    portName: attributeOf(element, "port-name") ?? "",
    peer: attributeOf(element, "peer") ?? "",
    type: type === "wire" || type === "bridge" ? type : "udp",
    state: attributeOf(element, "state") === "down" ? "down" : "up",
    source: attributeOf(element, "source") === "yes",
    ...(local === undefined ? {} : { local }),
    ...(remote === undefined ? {} : { remote }),
  };
}
