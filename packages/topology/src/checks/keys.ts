import { nodeShape, rootShape, linkShape, bridgeShape, type KeySpec, type TableShape } from "../keys/index.js";
import { tableDialect } from "../model/dialect.js";
import type { Row } from "../model/layers.js";
import { fileAt, type Manifest } from "../model/index.js";
import type { Entry, TomlTable } from "../syntax/tree.js";
import { replaceFix, type CheckContext } from "./context.js";
import { labNameOf } from "./file-name.js";
import { checkValue } from "./types.js";
import type { Visitor } from "../model/walk.js";

/** Compares what is written with the key table: nothing that is not in it, nothing missing, nothing of the wrong kind. */
export function keyChecks(context: CheckContext): Visitor {
  const { manifest } = context;
  let nodeLayers: ReadonlyMap<TomlTable, readonly Row[]> | undefined;
  // What the table itself lacks may be given by what it takes values over from.
  const others = (table: TomlTable): readonly Row[] => {
    if (table === manifest.root) return manifest.files.map(({ root }) => ({ table: root }));
    return (nodeLayers ??= layersByTable(manifest)).get(table) ?? [];
  };
  return {
    table: (table, shape) => {
      // An included file is rarely a whole lab; what no file gives is missing in the manifest.
      if (shape !== rootShape || table === manifest.root) checkRequired(table, shape, others, context);
    },
    unknown: (entry, table, shape) => reportUnknown(entry, table, shape, context),
    entry: (entry, spec) => checkStatus(entry, spec, context),
    value: (value, type, entry) => checkValue(value, type, entry, context),
  };
}

function layersByTable({ nodes }: Manifest): ReadonlyMap<TomlTable, readonly Row[]> {
  const layers = new Map<TomlTable, readonly Row[]>();
  for (const node of nodes) for (const { table } of node.rows) layers.set(table, node.layers);
  return layers;
}

/** A key that does not act is reported; what is in it only where it may act one day. */
function checkStatus(entry: Entry, spec: KeySpec, { report }: CheckContext): boolean {
  if (spec.status === undefined) return true;
  report("unsupported-key", entry.key.range, `\`${spec.name}\` has no effect: ${spec.status.reason}.`);
  return spec.status.kind === "unsupported";
}

function reportUnknown(entry: Entry, table: TomlTable, shape: TableShape, context: CheckContext): void {
  const { text, range } = entry.key;
  // A key whose equals sign is not written yet is still being typed; the parser says so.
  if (entry.pair !== undefined && entry.pair.equals === undefined) return;
  const free = [...shape.keys.keys()].filter((name) => !table.entries.has(name));
  const suggestion = context.nearest(text, free);
  const start = `\`${text}\` is not a key of ${shape.title}.`;
  if (suggestion !== undefined) {
    const fixes = [replaceFix(`Change to \`${suggestion}\``, range, suggestion)];
    context.report("unknown-key", range, `${start} Did you mean \`${suggestion}\`?`, { fixes });
    return;
  }
  const home = [rootShape, nodeShape, linkShape, bridgeShape].find((each) => each.keys.has(text));
  context.report(
    "unknown-key",
    range,
    home === undefined ? `${start} Remove it, or write it as a comment.` : `${start} It belongs to ${home.title}.`,
  );
}

/** @param others rows that may give a key as well. Asked only for a table that lacks one. */
function checkRequired(
  table: TomlTable,
  shape: TableShape,
  others: (table: TomlTable) => readonly Row[],
  context: CheckContext,
): void {
  const { manifest, report } = context;
  if (!manifest.isWhole && (shape === rootShape || shape === nodeShape)) return;
  for (const spec of requiredKeys(shape)) {
    if (gives(table, spec) || others(table).some((each) => gives(each.table, spec))) continue;
    // Asked last, as most rows have what they need and to tell their dialect takes longer.
    const dialect = tableDialect(table, shape, fileAt(manifest, table.nameRange.start).dialect);
    if (spec.required !== "both" && spec.required !== dialect) continue;
    const name = shape === rootShape && spec.name === "name" ? labNameOf(manifest.sources[0].file) : undefined;
    const fixes =
      name === undefined ? [] : [replaceFix(`Add \`name = "${name}"\``, { start: 0, end: 0 }, `name = "${name}"\n`)];
    report("missing-key", table.nameRange, `${capitalized(shape.title)} needs the key \`${spec.name}\`.`, { fixes });
  }
}

/** Whether a table has a key or the one that says the same. */
function gives({ entries }: TomlTable, { name, counterpart }: KeySpec): boolean {
  return entries.has(name) || (counterpart !== undefined && entries.has(counterpart));
}

const required = new WeakMap<TableShape, readonly KeySpec[]>();

/** The keys that some dialect requires: few of many, asked for with each row of a lab. */
function requiredKeys(shape: TableShape): readonly KeySpec[] {
  let specs = required.get(shape);
  if (specs === undefined) {
    specs = [...shape.keys.values()].filter((spec) => spec.required !== undefined);
    required.set(shape, specs);
  }
  return specs;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
