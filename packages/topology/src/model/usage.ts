import { dataPortNames } from "./ports.js";
import { allEndpoints, type Cables } from "./references.js";
import type { EndpointDeclaration, NodeDeclaration } from "./manifest.js";

/** The cables at each data port. */
export class PortUsage {
  /** One map for all ports of the lab, as one for each node would be most of what an analysis makes. */
  readonly #ends = new Map<number, EndpointDeclaration>();
  /** All the ends at a port that has several. */
  readonly #several = new Map<number, EndpointDeclaration[]>();

  constructor(manifest: Cables) {
    for (const end of allEndpoints(manifest)) {
      if (end.declaration === undefined || end.ref?.role !== "data") continue;
      const port = portId(end.declaration, end.ref.index);
      const first = this.#ends.get(port);
      if (first === undefined) this.#ends.set(port, end);
      else {
        const ends = this.#several.get(port);
        if (ends === undefined) this.#several.set(port, [first, end]);
        else ends.push(end);
      }
    }
  }

  /** The ends that name a port, in the order of the lab. */
  at(node: NodeDeclaration, index: number): readonly EndpointDeclaration[] {
    const port = portId(node, index);
    const only = this.#ends.get(port);
    return this.#several.get(port) ?? (only === undefined ? [] : [only]);
  }

  /** The ports at which several cables end. */
  get several(): Iterable<readonly EndpointDeclaration[]> {
    return this.#several.values();
  }
}

/** No model has as many ports as this. */
const PORTS = 2 ** 16;

function portId({ index }: NodeDeclaration, port: number): number {
  return index * PORTS + port;
}

/** A data port of a node. */
export interface FreePort {
  readonly index: number;
  readonly name: string;
}

/**
 * The data ports of a node without a cable, in the device's order. Never more than `limit`.
 * @param except an end that does not count, as it is being edited.
 */
export function freePorts(
  node: NodeDeclaration,
  usage: PortUsage,
  limit: number,
  except?: EndpointDeclaration,
): readonly FreePort[] {
  const { model } = node;
  if (model === undefined) return [];
  const free: FreePort[] = [];
  for (const [index, name] of dataPortNames(model).entries()) {
    if (index >= node.portLimit || free.length >= limit) break;
    if (usage.at(node, index).every((end) => end === except)) free.push({ index, name });
  }
  return free;
}
