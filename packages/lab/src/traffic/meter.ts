import { isNotFound, type Connection, type Domain } from "node-libvirt";
import { readCounters, type Sample } from "./counters.js";
import { isCounted, trafficBetween, type CountedDomain } from "./ports.js";
import type { LabTraffic } from "./traffic.js";

/** Measures what passes cables, from one reading to the next. */
export class TrafficMeter {
  readonly #connection: Connection;
  #last: Sample | undefined;
  /** By UUID. */
  #handles = new Map<string, Domain>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** What passed the cables at these domains since the last call; nothing is known at the first one. One round trip. */
  async measure(domains: readonly CountedDomain[]): Promise<readonly LabTraffic[]> {
    const counted = domains.filter(isCounted);
    const before = this.#last;
    const after = await readCounters(this.#connection, await this.#handlesOf(counted));
    this.#last = after;
    return before === undefined ? [] : trafficBetween(before, after, counted);
  }

  async #handlesOf(domains: readonly CountedDomain[]): Promise<readonly Domain[]> {
    const handles = await Promise.all(
      domains.map(async ({ uuid }) => this.#handles.get(uuid) ?? (await this.#lookUp(uuid))),
    );
    const present = handles.filter((handle) => handle !== undefined);
    this.#handles = new Map(present.map((handle) => [handle.uuid, handle]));
    return present;
  }

  async #lookUp(uuid: string): Promise<Domain | undefined> {
    try {
      return await this.#connection.domainLookupByUuid(uuid);
    } catch (error) {
      if (isNotFound(error)) return undefined; // It went away since it was listed.
      throw error;
    }
  }
}
