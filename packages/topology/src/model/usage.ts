import { dataPortNames } from "./ports.js";
import { allEndpoints } from "./references.js";
import type { EndpointDeclaration, Manifest, NodeDeclaration } from "./manifest.js";

/** The cables at each data port: node, then index of the port, then the ends that name it. */
export type PortUsage = ReadonlyMap<NodeDeclaration, ReadonlyMap<number, readonly EndpointDeclaration[]>>;

export function portUsage(manifest: Pick<Manifest, "links" | "bridges">): PortUsage {
  const usage = new Map<NodeDeclaration, Map<number, EndpointDeclaration[]>>();
  for (const end of allEndpoints(manifest)) {
    if (end.declaration === undefined || end.ref?.role !== "data") continue;
    let ports = usage.get(end.declaration);
    if (ports === undefined) usage.set(end.declaration, (ports = new Map<number, EndpointDeclaration[]>()));
    const ends = ports.get(end.ref.index);
    if (ends === undefined) ports.set(end.ref.index, [end]);
    else ends.push(end);
  }
  return usage;
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
  const used = usage.get(node);
  const free: FreePort[] = [];
  for (const [index, name] of dataPortNames(model).entries()) {
    if (index >= node.portLimit || free.length >= limit) break;
    const ends = used?.get(index) ?? [];
    if (ends.every((end) => end === except)) free.push({ index, name });
  }
  return free;
}
