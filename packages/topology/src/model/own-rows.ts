import { maxTextLength, type TomlTable } from "../syntax/index.js";
import type { BridgeRow, GroupRow, LinkRow, Manifest, NodeRow } from "./manifest.js";

/** What the manifest itself says, without the files that it includes, in its order. */
export interface OwnRows {
  readonly nodes: readonly NodeRow[];
  readonly groups: readonly GroupRow[];
  readonly links: readonly LinkRow[];
  readonly bridges: readonly BridgeRow[];
}

export function ownRows({ sources, nodes, groups, links, bridges }: Manifest): OwnRows {
  const several = sources.length > 1;
  const own = <Row extends { readonly table: TomlTable }>(declared: Iterable<{ readonly rows: readonly Row[] }>) => {
    const rows = [...declared].flatMap((each) => each.rows);
    if (!several) return rows;
    const start = ({ table }: Row) => table.nameRange.start;
    return rows.filter((row) => start(row) < maxTextLength).sort((a, b) => start(a) - start(b));
  };
  return { nodes: own(nodes), groups: own(groups.values()), links: own(links), bridges: own(bridges) };
}
