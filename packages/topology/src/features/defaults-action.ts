import { Changes } from "../edits/index.js";
import type { Analysis } from "../analysis.js";
import { sharedNodeShape } from "../keys/index.js";
import { tableOf } from "../model/access.js";
import type { NodeDeclaration } from "../model/index.js";
import { textAt, type InlineTable, type KeyValue, type TomlDocument } from "../syntax/index.js";
import type { CodeAction } from "./shapes.js";

/** Keys that all nodes give the same value, moved to `defaults`: the lab means the same afterwards. */
export function defaultsAction(analysis: Analysis): readonly CodeAction[] {
  const { manifest, syntax, sources, file } = analysis;
  // What other files say of defaults and nodes would take part.
  if (manifest.nodes.length < 2 || sources.length > 1) return [];
  const common = commonPairs(analysis);
  const [first] = common;
  if (first === undefined) return [];
  const changes = new Changes(syntax);
  for (const { pairs } of common)
    for (const [index, pair] of pairs.entries()) {
      const node = manifest.nodes[index];
      if (node !== undefined) changes.remove(pair, inlineOf(node, analysis));
    }
  const lines = common.map(({ key, value }) => `${key} = ${value}`);
  if (!addDefaults(lines, analysis, changes)) return [];
  const names = common.map(({ key }) => `\`${key}\``).join(", ");
  const edits = changes.all().map((change) => ({ file, ...change }));
  return [{ title: `Move ${names} to defaults`, kind: "refactor.rewrite", edits, preferred: false }];
}

interface CommonPair {
  readonly key: string;
  /** As written. */
  readonly value: string;
  /** One of each node. */
  readonly pairs: readonly KeyValue[];
}

function commonPairs({ manifest, syntax }: Analysis): readonly CommonPair[] {
  const elsewhere = [
    ...manifest.defaults,
    ...[...manifest.groups.values()].flatMap(({ rows }) => rows.map(({ table }) => table)),
  ];
  return [...sharedNodeShape.keys.values()].flatMap((spec): readonly CommonPair[] => {
    const { name: key, counterpart } = spec;
    // A group would win over `defaults` where the node won over the group before.
    const taken = elsewhere.some(
      ({ entries }) => entries.has(key) || (counterpart !== undefined && entries.has(counterpart)),
    );
    if (taken) return [];
    const pairs = manifest.nodes.map((node) => ownPair(node, key));
    const value = pairs[0] === undefined ? undefined : textAt(syntax, pairs[0].value.range);
    if (value === undefined || value === "") return [];
    const same = pairs.flatMap((pair) =>
      pair !== undefined && textAt(syntax, pair.value.range) === value ? [pair] : [],
    );
    return same.length === pairs.length ? [{ key, value, pairs: same }] : [];
  });
}

/** The pair that gives the key, where it gives nothing else: `interfaces.eth1.mtu = 9000` is more than its first part. */
function ownPair({ table }: NodeDeclaration, key: string): KeyValue | undefined {
  const pair = table.entries.get(key)?.pair;
  return pair?.key.parts.length === 1 && pair.value.kind !== "missing" ? pair : undefined;
}

function inlineOf({ table }: NodeDeclaration, { manifest }: Analysis): InlineTable | undefined {
  for (const key of ["nodes", "devices"]) {
    const value = manifest.root.entries.get(key)?.value;
    if (value?.kind !== "array") continue;
    for (const item of value.items) if (item.kind === "inline-table" && item.table === table) return item;
  }
  return undefined;
}

/** Whether there was a place for the lines. */
function addDefaults(lines: readonly string[], { manifest, syntax }: Analysis, changes: Changes): boolean {
  const existing = manifest.root.entries.get("defaults");
  if (existing === undefined) return addTable(lines, manifest.nodes, syntax, changes);
  const { value } = existing;
  const table = tableOf(value);
  const last = [...(table?.entries.values() ?? [])].findLast(({ pair }) => pair !== undefined)?.pair;
  if (value.kind === "inline-table") {
    const end = last?.range.end ?? value.range.start + 1;
    const text = lines.join(", ");
    if (!value.terminated) return false;
    changes.insert(end, last === undefined ? ` ${text} ` : `, ${text}`);
    return true;
  }
  const header = syntax.statements.find(
    ({ kind, key }) => kind === "table-header" && key.parts.length === 1 && key.parts[0]?.text === "defaults",
  );
  if (header === undefined) return false;
  for (const line of lines) changes.insertLineBelow(header.range.end, line);
  return true;
}

/** A table of its own before the first node: under a header where the nodes have headers, else as a value. */
function addTable(
  lines: readonly string[],
  nodes: readonly NodeDeclaration[],
  { statements, text }: TomlDocument,
  changes: Changes,
): boolean {
  const statement = statements.find(({ key }) => ["nodes", "devices"].includes(key.parts[0]?.text ?? ""));
  if (statement === undefined) return false;
  const start = text.lastIndexOf("\n", statement.range.start - 1) + 1;
  const isHeader = nodes[0]?.table.form === "array-item";
  const written = isHeader ? `[defaults]\n${lines.join("\n")}\n\n` : `defaults = { ${lines.join(", ")} }\n`;
  changes.insert(aboveComments(text, start), text.includes("\r\n") ? written.replaceAll("\n", "\r\n") : written);
  return true;
}

/** The start of the comment lines that stand directly above a line: they belong to it. */
export function aboveComments(text: string, lineStart: number): number {
  let start = lineStart;
  while (start > 0) {
    const before = text.lastIndexOf("\n", start - 2) + 1;
    if (!/^[ \t]*#/.test(text.slice(before, start))) break;
    start = before;
  }
  return start;
}
