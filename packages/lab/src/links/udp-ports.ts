import { LabError } from "../errors.js";
import type { ResourceMetadata } from "../identity/index.js";
import { attributeOf, childOf, childrenOf, type ParsedElement } from "../xml.js";

/** Where one end of a UDP link receives. */
export interface UdpEnd {
  readonly address: string;
  readonly port: number;
}

export interface UdpPair {
  readonly src: UdpEnd;
  readonly dst: UdpEnd;
}

/** Below the ports that Linux gives out by itself (32768 and up). */
const FIRST_PORT = 10_000;
const LAST_PORT = 32_767;
/** Local port of every NIC without a cable: nothing is ever sent to it, so all may share it. */
export const UNPLUGGED_PORT = 9_999;
/** The discard service: where a NIC without a cable would send. */
export const DISCARD_PORT = 9;

/** Hands out ports of one address that no definition of the host uses. */
export class UdpPortAllocator {
  readonly #address: string;
  readonly #taken: Set<number>;
  #next = FIRST_PORT;

  constructor(address: string, taken: Iterable<number>) {
    this.#address = address;
    this.#taken = new Set(taken);
  }

  /** @throws LabError `too-many-links` when the address has no port left. */
  allocate(): UdpEnd {
    while (this.#taken.has(this.#next)) this.#next++;
    if (this.#next > LAST_PORT) {
      throw new LabError(
        "too-many-links",
        `all UDP ports of ${this.#address} are taken: a lab can have ${Math.floor((LAST_PORT - FIRST_PORT + 1) / 2)} links of type udp`,
        "Give some links another type, or split the lab.",
      );
    }
    this.#taken.add(this.#next);
    return { address: this.#address, port: this.#next++ };
  }
}

/** A domain that may bind UDP ports. */
export interface UdpUser {
  readonly xml: string;
  readonly definition: () => ParsedElement;
  readonly metadata: Pick<ResourceMetadata, "links"> | undefined;
}

/**
 * UDP ports that domain definitions bind on an address, also those that bind every address.
 * @param domains of the host: ours record their ports in their metadata, those of others are looked for in the definition.
 */
export function udpPortsInUse(domains: Iterable<UdpUser>, address: string): ReadonlySet<number> {
  const ports = new Set<number>();
  for (const { xml, definition, metadata } of domains) {
    if (!/type=['"]udp['"]/.test(xml)) continue;
    if (metadata !== undefined) {
      for (const { local } of metadata.links) {
        const end = parseUdpEnd(local);
        if (end?.address === address) ports.add(end.port);
      }
      continue;
    }
    for (const nic of childrenOf(childOf(definition(), "devices"), "interface")) {
      if (attributeOf(nic, "type") !== "udp") continue;
      const local = childOf(nic, "source", "local");
      const bound = attributeOf(local, "address") ?? "";
      const port = Number(attributeOf(local, "port"));
      if (port > 0 && (bound === address || bound === "" || bound === "0.0.0.0")) ports.add(port);
    }
  }
  return ports;
}

export function formatUdpEnd(end: UdpEnd): string {
  return `${end.address}:${end.port}`;
}

/** Undefined for text that is not "address:port". */
export function parseUdpEnd(text: string | undefined): UdpEnd | undefined {
  const match = /^(\d+\.\d+\.\d+\.\d+):(\d+)$/.exec(text ?? "");
  return match?.[1] === undefined ? undefined : { address: match[1], port: Number(match[2]) };
}
