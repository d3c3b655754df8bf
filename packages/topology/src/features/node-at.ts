import type { Analysis } from "../analysis.js";
import { tableOf } from "../model/access.js";
import type { NodeDeclaration } from "../model/index.js";
import { valueAt, type Path } from "../syntax/index.js";

/** The node in whose row a path lies. */
export function nodeAt({ manifest }: Pick<Analysis, "manifest">, path: Path): NodeDeclaration | undefined {
  const [key, index] = path;
  if ((key !== "nodes" && key !== "devices") || typeof index !== "number") return undefined;
  const table = tableOf(valueAt(manifest.root, path.slice(0, 2)));
  return manifest.nodes.find((node) => node.table === table);
}

/** Groups that nodes name and nobody defines. */
export function undefinedGroups({ manifest }: Analysis): readonly string[] {
  const named = new Set(manifest.nodes.flatMap(({ groups }) => groups.map(({ value }) => value)));
  return [...named].filter((name) => name !== "" && !manifest.groups.has(name));
}
