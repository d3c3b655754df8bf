import { nodeShape, rootShape, type TableShape, type ValueType } from "../keys/index.js";
import { tableOf } from "../model/access.js";
import type { Row } from "../model/layers.js";
import { sourceAt, type Manifest } from "../model/index.js";
import { folderOf, shortName } from "../model/paths.js";
import { sameValue } from "../model/same-value.js";
import { bridgeSettings, linkSettings, settingsOf, type Settings } from "../model/settings.js";
import { hasKind } from "../model/values.js";
import type { Entry, TomlTable } from "../syntax/tree.js";
import type { CheckContext } from "./context.js";
import { removeFix } from "./remove-fix.js";

/** Keys that say what a row speaks of. They stand in every file that speaks of it. */
const identity = new Set(["name", "id", "src", "dst", "device_a", "interface_a", "device_b", "interface_b"]);

/** Values that say again what a weaker file says already. */
export function checkOverrides(context: CheckContext): void {
  const { manifest } = context;
  if (manifest.sources.length === 1) return;
  for (const { rows, layers } of manifest.nodes) checkRows({ rows: layers, shape: nodeShape }, rows.length, context);
  for (const settings of sharedSettings(manifest)) checkRows(settings, settings.rows.length, context);
}

/** What several files may say of one subject, nodes aside. */
function sharedSettings(manifest: Manifest): readonly Settings[] {
  const { links, bridges, groups, files, defaults } = manifest;
  const shape = (key: string): TableShape => {
    const spec = rootShape.keys.get(key);
    return { title: key, keys: spec === undefined ? new Map() : new Map([[key, spec]]) };
  };
  return [
    ...links.map(linkSettings),
    ...bridges.map(bridgeSettings),
    ...[...groups.values()].map(({ rows }) => ({ rows, shape: nodeShape })),
    { rows: defaults.map((table) => ({ table })), shape: nodeShape },
    ...["management", "host", "diagram"].map((key) => settingsOf(manifest, key)),
    ...["description", "ready_timeout"].map((key) => ({
      rows: files.map(({ root }) => ({ table: root })),
      shape: shape(key),
    })),
  ];
}

/** @param own how many of the rows, the strongest first, are looked at; the others only give values. */
function checkRows({ rows, shape }: Settings, own: number, context: CheckContext): void {
  for (const [index, { table }] of rows.slice(0, own).entries())
    for (const entry of table.entries.values()) {
      const spec = shape.keys.get(entry.key.text);
      if (spec !== undefined && spec.status === undefined && !identity.has(spec.name))
        checkValue(entry, spec.type, [spec.name], rows.slice(index + 1), context);
    }
}

/**
 * Compares a value with the one that would take its place. Tables merge key by key, so their keys are compared one by one.
 * @param path the way from the rows to the value.
 */
function checkValue(
  entry: Entry,
  type: ValueType,
  path: readonly string[],
  weaker: readonly Row[],
  context: CheckContext,
): void {
  if (!hasKind(entry.value, type)) return;
  if (type.kind === "table" || type.kind === "map") {
    for (const inner of tableOf(entry.value)?.entries.values() ?? []) {
      const innerType = type.kind === "map" ? type.values : type.shape.keys.get(inner.key.text)?.type;
      if (innerType !== undefined) checkValue(inner, innerType, [...path, inner.key.text], weaker, context);
    }
    return;
  }
  const next = weaker.flatMap(({ table }) => entryAt(table, path) ?? []).find(({ value }) => hasKind(value, type));
  if (next !== undefined && isWeaker(next, entry, context.manifest) && means(next, entry, type, context.manifest))
    reportOverride(entry, next, context);
}

function entryAt(table: TomlTable, path: readonly string[]): Entry | undefined {
  let inside: TomlTable | undefined = table;
  let entry: Entry | undefined;
  for (const key of path) {
    entry = inside?.entries.get(key);
    inside = tableOf(entry?.value);
  }
  return entry;
}

/** Whether the first entry stands in a weaker file than the second one. */
function isWeaker(one: Entry, other: Entry, { sources, files }: Manifest): boolean {
  const rank = ({ key }: Entry) => {
    const source = sourceAt(sources, key.range.start);
    return files.findIndex((file) => file.source === source);
  };
  return rank(one) > rank(other);
}

/** Whether two values mean the same where they stand: the same path is another file in another folder. */
function means(one: Entry, other: Entry, type: ValueType, { sources }: Manifest): boolean {
  const folder = ({ key }: Entry) => folderOf(sourceAt(sources, key.range.start).file);
  return sameValue(one.value, other.value) && (!holdsPaths(type) || folder(one) === folder(other));
}

function holdsPaths(type: ValueType): boolean {
  switch (type.kind) {
    case "string":
      return type.format === "path";
    case "array":
      return holdsPaths(type.items);
    case "either":
      return type.types.some(holdsPaths);
    case "table":
      return [...type.shape.keys.values()].some((spec) => holdsPaths(spec.type));
    case "map":
      return holdsPaths(type.values);
    case "integer":
    case "number":
    case "boolean":
    case "enum":
      return false;
  }
}

function reportOverride(entry: Entry, weaker: Entry, { manifest, report }: CheckContext): void {
  const { sources } = manifest;
  const file = shortName(sourceAt(sources, weaker.key.range.start).file, sources[0].file);
  const message = `\`${entry.key.text}\` has no effect: \`${file}\` gives the same value.`;
  report("override-without-effect", entry.key.range, message, {
    related: [{ range: weaker.key.range, message: "The same value" }],
    fixes: removeFix(entry, sources),
    tag: "unnecessary",
  });
}
