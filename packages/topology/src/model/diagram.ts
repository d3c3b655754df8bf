import { noteShape, positionShape } from "../keys/index.js";
import type { Entry, TomlTable } from "../syntax/tree.js";
import { rowsOf, tableOf, tableRange, textOf } from "./access.js";
import type { DiagramNote, DiagramSettings, Point } from "./lab.js";
import type { Manifest } from "./manifest.js";
import { settingOf, settingsOf } from "./settings.js";
import { locate } from "./sources.js";
import { integerOf, wordOf } from "./values.js";

/** How the lab is drawn, as the files of a lab say it together. */
export function resolveDiagram(manifest: Pick<Manifest, "files" | "sources">): DiagramSettings {
  const direction = settingOf(settingsOf(manifest, "diagram"), "direction")?.value;
  return {
    direction: wordOf(direction, ["LR", "RL", "TB", "BT"]) ?? "LR",
    nodes: Object.fromEntries(savedPositions(manifest, "nodes")),
    bridges: Object.fromEntries(savedPositions(manifest, "bridges")),
    notes: noteRows(manifest).map(({ note }) => note),
  };
}

/** The entries of saved positions by name, in all files, those of the strongest first. */
export function savedIn(manifest: Pick<Manifest, "files">, kind: "nodes" | "bridges"): readonly Entry[] {
  return settingsOf(manifest, "diagram").rows.flatMap(({ table }) => [
    ...(tableOf(table.entries.get(kind)?.value)?.entries.values() ?? []),
  ]);
}

/** The positions that have both coordinates. Tables merge key by key, so one may stand in two files. */
function savedPositions(manifest: Pick<Manifest, "files">, kind: "nodes" | "bridges"): ReadonlyMap<string, Point> {
  const found = new Map<string, { x?: number; y?: number }>();
  for (const { key, value } of savedIn(manifest, kind)) {
    const table = tableOf(value);
    if (table !== undefined) found.set(key.text, { ...pointOf(table), ...found.get(key.text) });
  }
  return new Map(
    [...found].flatMap(([name, { x, y }]) => (x === undefined || y === undefined ? [] : [[name, { x, y }] as const])),
  );
}

function pointOf(table: TomlTable): { x?: number; y?: number } {
  const x = integerOf(table.entries.get("x")?.value, positionShape.keys.get("x")?.type);
  const y = integerOf(table.entries.get("y")?.value, positionShape.keys.get("y")?.type);
  return { ...(x !== undefined && { x }), ...(y !== undefined && { y }) };
}

/** A note, and the row that it is written in. */
export interface NoteRow {
  readonly table: TomlTable;
  readonly note: DiagramNote;
}

/** The notes that are whole, in their order: those of the strongest file that has any list of them. */
export function noteRows(manifest: Pick<Manifest, "files" | "sources">): readonly NoteRow[] {
  const notes = settingOf(settingsOf(manifest, "diagram"), "notes");
  return rowsOf(notes?.value).flatMap((table): readonly NoteRow[] => {
    const text = textOf(table.entries.get("text")?.value)?.value;
    const x = integerOf(table.entries.get("x")?.value, noteShape.keys.get("x")?.type);
    const y = integerOf(table.entries.get("y")?.value, noteShape.keys.get("y")?.type);
    if (text === undefined || x === undefined || y === undefined) return [];
    return [{ table, note: { text, x, y, at: locate(manifest.sources, tableRange(table)) } }];
  });
}
