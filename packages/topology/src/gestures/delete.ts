import { removeItems, removeTables } from "../edits/index.js";
import { noteRows } from "../model/diagram.js";
import type { EndpointDeclaration, LinkRow } from "../model/index.js";
import { nodeTables } from "../model/references.js";
import type { ArrayValue, EntryValue, InlineTable, StringValue, TomlTable, Value } from "../syntax/index.js";
import type { Draft } from "./draft.js";
import { findBridge, findCables, findNode } from "./find.js";
import type { Selection } from "./gesture.js";
import { forgetPositions } from "./positions.js";
import { Refused } from "./refused.js";
import { placeOfRow } from "./rows.js";

/** Takes things out of the lab, and all that would speak of them afterwards. */
export function deleteThings(draft: Draft, selection: Partial<Selection>): Partial<Selection> {
  const { analysis } = draft;
  const { manifest } = analysis;
  const nodes = new Set(selection.nodes);
  const bridges = new Set(selection.bridges);
  for (const name of nodes) findNode(analysis, name);
  for (const name of bridges) findBridge(analysis, name);
  const cables = findCables(analysis, selection.links ?? []);
  const links = new Set(cables.flatMap((cable) => (cable.kind === "link" ? [cable.link] : [])));
  const plugs = new Set(cables.flatMap(({ kind, src }) => (kind === "bridge" ? [src] : [])));
  const isGone = (end: EndpointDeclaration | undefined) => end?.node !== undefined && nodes.has(end.node.value);

  const rows = new Set<TomlTable>();
  for (const node of manifest.nodes) if (nodes.has(node.name?.value ?? "")) addAll(node.rows);
  for (const bridge of manifest.bridges) if (bridges.has(bridge.name?.value ?? "")) addAll(bridge.rows);
  for (const link of manifest.links)
    if (links.has(link) || link.rows.some(({ src, dst }: LinkRow) => isGone(src) || isGone(dst))) addAll(link.rows);
  for (const { table } of goneNotes(draft, selection.notes ?? [])) rows.add(table);
  removeRows(draft, rows);

  for (const bridge of manifest.bridges)
    for (const { table, endpoints } of bridge.rows) {
      const gone = endpoints.flatMap((end) => (isGone(end) || plugs.has(end) ? (end.written ?? []) : []));
      if (!rows.has(table)) removeTexts(draft, table.entries.get("links")?.value, gone);
    }
  for (const table of nodeTables(manifest)) {
    const list = rows.has(table) ? undefined : table.entries.get("depends_on")?.value;
    const gone =
      list?.kind === "array" ? list.items.filter((item) => item.kind === "string" && nodes.has(item.value)) : [];
    removeTexts(draft, list, gone);
  }
  forgetPositions(draft, "nodes", nodes);
  forgetPositions(draft, "bridges", bridges);
  return {};

  function addAll(declared: readonly { readonly table: TomlTable }[]): void {
    for (const { table } of declared) rows.add(table);
  }
}

function goneNotes({ analysis }: Draft, indices: readonly number[]): readonly { readonly table: TomlTable }[] {
  if (indices.length === 0) return [];
  const notes = noteRows(analysis.manifest);
  return indices.map((index) => {
    const note = notes[index];
    if (note === undefined) throw new Refused("not-found", "This note is not there any more.");
    return note;
  });
}

/** Takes rows out of their lists, those of one list together. */
function removeRows(draft: Draft, rows: Iterable<TomlTable>): void {
  draft.byFile(
    rows,
    ({ nameRange }) => nameRange.start,
    ({ document, changes }, tables) => {
      const items = new Map<ArrayValue, InlineTable[]>();
      const sections: TomlTable[] = [];
      for (const table of tables) {
        const { list, item } = placeOfRow(document, table);
        if (item === undefined || list.kind !== "array") sections.push(table);
        else items.set(list, [...(items.get(list) ?? []), item]);
      }
      removeTables(document, changes, sections);
      for (const [list, gone] of items) removeItems(document, changes, list, gone);
    },
  );
}

function removeTexts(draft: Draft, list: EntryValue | undefined, gone: readonly (StringValue | Value)[]): void {
  if (list?.kind !== "array" || gone.length === 0) return;
  const { document, changes } = draft.at(list.start);
  removeItems(document, changes, list, gone);
}
