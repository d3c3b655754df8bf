import type { Analysis } from "../analysis.js";
import type { NodeDeclaration } from "../model/index.js";
import { nodeShape } from "../keys/index.js";
import { strongestEntry } from "../model/layers.js";
import { allEndpoints } from "../model/references.js";
import { freePorts, PortUsage } from "../model/usage.js";
import { quoteString } from "../syntax/index.js";
import { escapeSnippet } from "./items.js";

/** A whole row of an array of tables on one line; undefined for a key that has no such rows. */
export function inlineRow(key: string, analysis: Analysis): string | undefined {
  const pairs = rowPairs(key, analysis);
  return pairs === undefined ? undefined : `{ ${pairs.map(([name, value]) => `${name} = ${value}`).join(", ")} },`;
}

/** The same below a header, a pair a line. */
export function headerRow(key: string, analysis: Analysis): string | undefined {
  return rowPairs(key, analysis)
    ?.map(([name, value]) => `${name} = ${value}`)
    .join("\n");
}

/** Keys and values in snippet syntax: what a row needs, filled in where something likely is known. */
function rowPairs(key: string, analysis: Analysis): readonly (readonly [key: string, value: string])[] | undefined {
  const { manifest } = analysis;
  switch (key) {
    case "nodes":
      return [
        ["name", text(1)],
        ["model", text(2, lastModel(analysis))],
      ];
    case "devices":
      return [
        ["id", `\${1:${nextId(analysis)}}`],
        ["name", text(2)],
        ["device_model", text(3, lastModel(analysis))],
      ];
    case "links": {
      const [src, dst] = freeEnds(analysis);
      return [
        ["src", text(1, src && `${src.node}::${src.port}`)],
        ["dst", text(2, dst && `${dst.node}::${dst.port}`)],
      ];
    }
    case "connections": {
      const [a, b] = freeEnds(analysis);
      return [
        ["device_a", text(1, a?.node)],
        ["interface_a", `\${2:${a?.index ?? 0}}`],
        ["device_b", text(3, b?.node)],
        ["interface_b", `\${4:${b?.index ?? 0}}`],
      ];
    }
    case "bridges":
      return [
        ["name", text(1, manifest.bridges.length === 0 ? undefined : `lan${manifest.bridges.length + 1}`)],
        ["links", `["$2"]`],
      ];
    default:
      return undefined;
  }
}

function text(stop: number, value?: string): string {
  return value === undefined ? `"$${stop}"` : `"\${${stop}:${escapeSnippet(quoteString(value).slice(1, -1))}}"`;
}

/** Labs grow by more of the same. */
function lastModel({ manifest }: Analysis): string | undefined {
  return manifest.nodes.findLast(({ model }) => model !== undefined)?.model?.name;
}

/** The number after the highest one, for the first dialect. */
export function nextId({ manifest }: Analysis): string {
  const ids = manifest.nodes.flatMap(({ rows }) => {
    const id = strongestEntry(rows, nodeShape, "id")?.value;
    return id?.kind === "integer" ? [id.value] : [];
  });
  return String(ids.reduce((highest, id) => (id > highest ? id : highest), 0n) + 1n);
}

interface FreeEnd {
  readonly node: string;
  readonly port: string;
  readonly index: number;
}

/** Two free ports that a new cable may join: those of nodes without any cable first. None where there are no two such nodes. */
function freeEnds({ manifest }: Analysis): readonly [] | readonly [FreeEnd, FreeEnd] {
  const usage = new PortUsage(manifest);
  const cabled = new Set<NodeDeclaration | undefined>();
  for (const { declaration, ref } of allEndpoints(manifest)) if (ref?.role === "data") cabled.add(declaration);
  const isLoose = (node: NodeDeclaration) => !cabled.has(node);
  const ends: FreeEnd[] = [];
  const all = [...manifest.nodesByName.values()];
  for (const node of [...all.filter(isLoose), ...all.filter((each) => !isLoose(each))]) {
    const [free] = freePorts(node, usage, 1);
    if (free === undefined || node.name === undefined || node.name.value === "") continue;
    ends.push({ node: node.name.value, port: free.name, index: free.index });
    const [src, dst] = ends;
    if (src !== undefined && dst !== undefined) return [src, dst];
  }
  return [];
}
