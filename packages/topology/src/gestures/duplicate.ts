import { applyEdits } from "../edit.js";
import { addRows, Changes, removeEntries, sectionsOf } from "../edits/index.js";
import { nextId } from "../features/rows.js";
import { tableOf, type Text } from "../model/access.js";
import { resolveDiagram } from "../model/diagram.js";
import { cableId, cablesOf, portText } from "../canvas/cables.js";
import type { LinkRow } from "../model/index.js";
import { quoteString, type Entry, type Range, type TomlDocument, type TomlTable } from "../syntax/index.js";
import type { Draft } from "./draft.js";
import { findNode } from "./find.js";
import type { Gesture, Selection } from "./gesture.js";
import { nextName, takenNames } from "./names.js";
import { savePositions } from "./positions.js";
import { unreadable, placed } from "./refused.js";
import { placeOfRow } from "./rows.js";

/**
 * Copies nodes with their settings, and the cables among them. Addresses stay behind, as no two ports may have the same. What is
 * written in an included file is copied there.
 */
export function duplicate(draft: Draft, { nodes, by }: Extract<Gesture, { kind: "duplicate" }>): Partial<Selection> {
  const { analysis } = draft;
  const taken = new Set(takenNames(analysis));
  const copies = new Map<string, string>();
  for (const name of new Set(nodes)) {
    findNode(analysis, name);
    const copy = nextName(name, taken);
    taken.add(copy);
    copies.set(name, copy);
  }
  const newRows: Copy[] = [];
  let count = 0n;
  for (const [name] of copies) {
    const id = () => String(BigInt(nextId(analysis)) + count);
    for (const { table } of findNode(analysis, name).rows) newRows.push(copyNode(draft, table, copies, id));
    count++;
  }
  const links: string[] = [];
  for (const cable of cablesOf(analysis.manifest)) {
    if (cable.kind !== "link") continue;
    const { link, src, dst } = cable;
    const [from, to] = [src, dst].map(({ node }) => copies.get(node?.value ?? ""));
    if (from === undefined || to === undefined) continue;
    for (const row of link.rows) newRows.push(copyLink(draft, row, copies));
    links.push(cableId({ node: from, port: portText(src) }, `${to}::${portText(dst)}`));
  }
  addCopies(draft, newRows);
  const { nodes: saved } = resolveDiagram(analysis.manifest);
  const points = new Map(Object.entries(saved));
  const moved = [...copies].flatMap(([name, copy]) => {
    const point = points.get(name);
    return point === undefined ? [] : [[copy, { x: point.x + by.x, y: point.y + by.y }] as const];
  });
  savePositions(draft, "nodes", new Map(moved));
  return { nodes: [...copies.values()], links };
}

/** A row as it is to be written beside the one that it was made of. */
interface Copy {
  readonly table: TomlTable;
  readonly written: string;
}

function addCopies(draft: Draft, copies: readonly Copy[]): void {
  draft.byFile(
    copies,
    ({ table }) => table.nameRange.start,
    (file, own) => {
      const lists = new Map<string, Copy[]>();
      for (const copy of own) {
        const { key } = placeOfRow(file.document, copy.table);
        lists.set(key, [...(lists.get(key) ?? []), copy]);
      }
      for (const [key, rows] of lists) placed(addRows(file, [key], rows));
    },
  );
}

function copyNode(draft: Draft, table: TomlTable, copies: ReadonlyMap<string, string>, id: () => string): Copy {
  const { document } = draft.at(table.nameRange.start);
  return rewrite(document, table, (changes) => {
    const { entries } = table;
    const name = entries.get("name")?.value;
    if (name?.kind !== "string") throw unreadable();
    changes.replace(name.range, quoteString(copies.get(name.value) ?? name.value));
    const number = entries.get("id")?.value;
    if (number?.kind === "integer") changes.replace(number.range, id());
    const waits = entries.get("depends_on")?.value;
    if (waits?.kind === "array")
      for (const item of waits.items)
        if (item.kind === "string" && copies.has(item.value))
          changes.replace(item.range, quoteString(copies.get(item.value) ?? ""));
    removeEntries(document, changes, addressesOf(table));
  });
}

/** What only one node can have. Of a port that has nothing else nothing is left. */
function addressesOf({ entries }: TomlTable): readonly Entry[] {
  const own = ["ipv4_address", "ipv6_address"].flatMap((key) => entries.get(key) ?? []);
  const interfaces = entries.get("interfaces");
  const ports = [...(tableOf(interfaces?.value)?.entries.values() ?? [])];
  const unique = ["mac", "ipv4", "ipv6"];
  const gone = ports.flatMap((port) => {
    const settings = [...(tableOf(port.value)?.entries.values() ?? [])];
    const addresses = settings.filter(({ key }) => unique.includes(key.text));
    return addresses.length > 0 && addresses.length === settings.length ? [port] : addresses;
  });
  return interfaces !== undefined && ports.length > 0 && ports.every((port) => gone.includes(port))
    ? [...own, interfaces]
    : [...own, ...gone];
}

function copyLink(draft: Draft, { table, src, dst }: LinkRow, copies: ReadonlyMap<string, string>): Copy {
  const { document } = draft.at(table.nameRange.start);
  return rewrite(document, table, (changes) => {
    for (const end of [src, dst]) {
      const node: Text | undefined = end?.node;
      const copy = copies.get(node?.value ?? "");
      if (node === undefined || copy === undefined) throw unreadable();
      changes.replace(node.range, node.suffix === undefined ? copy : quoteString(copy + node.suffix).slice(1, -1));
    }
  });
}

/** The text of a row after changes; what else is changed in the file stays out of it. */
function rewrite(document: TomlDocument, table: TomlTable, change: (changes: Changes) => void): Copy {
  const changes = new Changes(document);
  change(changes);
  const { base, text } = document;
  const pieces = piecesOf(document, table, changes).map(({ start, end }) => {
    const inside = changes.all().flatMap(({ range, newText }) => {
      if (range.start >= end || range.end <= start) return [];
      return [
        { range: { start: Math.max(range.start, start) - start, end: Math.min(range.end, end) - start }, newText },
      ];
    });
    return applyEdits(text.slice(start - base, end - base), inside).trimEnd();
  });
  return { table, written: pieces.filter((piece) => piece !== "").join(changes.lineBreak) };
}

/** Where a row is written: as an item of a list, or in one or several sections. */
function piecesOf(document: TomlDocument, table: TomlTable, changes: Changes): readonly Range[] {
  const { item } = placeOfRow(document, table);
  if (item !== undefined) return [item.range];
  const starts = new Set<number>();
  const collect = ({ ranges, entries }: TomlTable) => {
    for (const { start } of ranges) starts.add(start);
    for (const { value } of entries.values()) {
      if (value.kind === "table") collect(value);
      else if (value.kind === "table-array") value.items.forEach(collect);
    }
  };
  collect(table);
  return sectionsOf(document).flatMap(({ header, end }) => {
    if (header === undefined || !starts.has(header.start)) return [];
    return [{ start: header.start - changes.indentationAt(header.start).length, end }];
  });
}
