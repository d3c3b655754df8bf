import type { Text } from "./access.js";
import type { EndpointDeclaration, Manifest, NodeDeclaration } from "./manifest.js";

/** Both ends of every link, then the ports of every bridge, in the order of the manifest. */
export function* allEndpoints(manifest: Pick<Manifest, "links" | "bridges">): Generator<EndpointDeclaration> {
  for (const { src, dst } of manifest.links) {
    if (src !== undefined) yield src;
    if (dst !== undefined) yield dst;
  }
  for (const { endpoints } of manifest.bridges) yield* endpoints;
}

/** Every place that names a node: its declaration first, endpoints, `depends_on` wherever it is written. */
export function nodeReferences(manifest: Manifest, name: string): readonly Text[] {
  const declared = manifest.nodesByName.get(name)?.name;
  const places = new Map<number, Text>();
  const add = (text: Text | undefined) => {
    if (text?.value === name) places.set(text.range.start, text);
  };
  add(declared);
  for (const { node } of allEndpoints(manifest)) add(node);
  // What several nodes take over from a group stands in the text once.
  for (const { dependsOn } of manifest.nodes) dependsOn.forEach(add);
  return [...places.values()];
}

/** Every place that names a group: its declaration first, then the nodes. */
export function groupReferences(manifest: Manifest, name: string): readonly Text[] {
  const declared = manifest.groups.get(name)?.name;
  const named = manifest.nodes.flatMap(({ groups }) => groups.filter((group) => group.value === name));
  return declared === undefined ? named : [declared, ...named];
}

/** Nodes that take values over from a group. */
export function membersOf(manifest: Manifest, group: string): readonly NodeDeclaration[] {
  return manifest.nodes.filter(({ groups }) => groups.some(({ value }) => value === group));
}
