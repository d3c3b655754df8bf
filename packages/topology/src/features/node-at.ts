import type { Analysis } from "../analysis.js";
import { tableOf } from "../model/access.js";
import { fileAt, type NodeDeclaration } from "../model/index.js";
import { valueAt, type Path } from "../syntax/index.js";

/**
 * The node in whose row a path lies.
 * @param offset any in the file whose path it is.
 */
export function nodeAt(
  { manifest }: Pick<Analysis, "manifest">,
  path: Path,
  offset: number,
): NodeDeclaration | undefined {
  const [key, index] = path;
  if ((key !== "nodes" && key !== "devices") || typeof index !== "number") return undefined;
  const table = tableOf(valueAt(fileAt(manifest, offset).root, path.slice(0, 2)));
  return manifest.nodes.find(({ rows }) => rows.some((row) => row.table === table));
}

/** Groups that nodes name and nobody defines. */
export function undefinedGroups({ manifest }: Analysis): readonly string[] {
  const named = new Set(manifest.nodes.flatMap(({ groups }) => groups.map(({ value }) => value)));
  return [...named].filter((name) => name !== "" && !manifest.groups.has(name));
}
