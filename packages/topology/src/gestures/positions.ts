import { addPairs, removeEntries, type NewPair } from "../edits/index.js";
import { tableOf } from "../model/access.js";
import { noteRows, savedIn } from "../model/diagram.js";
import type { Point } from "../model/lab.js";
import { settingsOf } from "../model/settings.js";
import type { Entry } from "../syntax/index.js";
import { findBridge, findNode } from "./find.js";
import type { Draft } from "./draft.js";
import type { Gesture, Selection } from "./gesture.js";
import { setValue } from "./rows.js";
import { placed, Refused, unreadable } from "./refused.js";

type Of<Kind extends Gesture["kind"]> = Extract<Gesture, { kind: Kind }>;

export function move(draft: Draft, { nodes = {}, bridges = {}, notes = {} }: Of<"move">): Partial<Selection> {
  const { analysis } = draft;
  for (const name of Object.keys(nodes)) findNode(analysis, name);
  for (const name of Object.keys(bridges)) findBridge(analysis, name);
  savePositions(draft, "nodes", new Map(Object.entries(nodes)));
  savePositions(draft, "bridges", new Map(Object.entries(bridges)));
  const rows = noteRows(analysis.manifest);
  for (const [index, point] of Object.entries(notes)) {
    const row = rows[Number(index)];
    if (row === undefined) throw new Refused("not-found", "This note is not there any more.");
    setPoint(draft, row.table, point);
  }
  return {};
}

/** Writes positions where the name has one already, and else into the manifest's own diagram. */
export function savePositions(draft: Draft, kind: "nodes" | "bridges", points: ReadonlyMap<string, Point>): void {
  if (points.size === 0) return;
  const saved = new Map<string, Entry>();
  for (const entry of savedIn(draft.analysis.manifest, kind))
    if (!saved.has(entry.key.text)) saved.set(entry.key.text, entry);
  const added: NewPair[] = [];
  for (const [name, point] of points) {
    const entry = saved.get(name);
    if (entry === undefined) added.push([name, `{ x = ${coordinate(point.x)}, y = ${coordinate(point.y)} }`]);
    else {
      const { value } = entry;
      if (value.kind !== "table" && value.kind !== "inline-table") throw unreadable();
      setPoint(draft, value, point);
    }
  }
  const { document, changes } = draft.manifest;
  placed(addPairs(document, changes, ["diagram", kind], added));
}

function setPoint(draft: Draft, owner: Parameters<typeof setValue>[1], { x, y }: Point): void {
  const file = draft.at(owner.kind === "table" ? owner.nameRange.start : owner.start);
  setValue(file, owner, "x", coordinate(x));
  setValue(file, owner, "y", coordinate(y));
}

/** As far as anybody draws; see the key table. */
const FARTHEST = 1_000_000;

/** @throws Refused for what is no number */
export function coordinate(value: number): string {
  if (!Number.isFinite(value)) throw new Refused("invalid", "A position needs two numbers.");
  const whole = Math.round(Math.max(-FARTHEST, Math.min(FARTHEST, value)));
  // Not "-0".
  return String(whole === 0 ? 0 : whole);
}

/** Takes saved positions away. */
export function forgetPositions(draft: Draft, kind: "nodes" | "bridges", names: ReadonlySet<string>): void {
  const gone = savedIn(draft.analysis.manifest, kind).filter(({ key }) => names.has(key.text));
  draft.byFile(
    gone,
    ({ key }) => key.start,
    ({ document, changes }, entries) => removeEntries(document, changes, entries),
  );
}

export function clearPositions(draft: Draft): Partial<Selection> {
  const entries = settingsOf(draft.analysis.manifest, "diagram").rows.flatMap(({ table }) =>
    [...table.entries.values()].filter(
      ({ key, value }) => (key.text === "nodes" || key.text === "bridges") && tableOf(value) !== undefined,
    ),
  );
  draft.byFile(
    entries,
    ({ key }) => key.start,
    ({ document, changes }, own) => removeEntries(document, changes, own),
  );
  return {};
}
