import { addRows } from "../edits/index.js";
import { noteRows } from "../model/diagram.js";
import { settingOf, settingsOf } from "../model/settings.js";
import { quoteString } from "../syntax/index.js";
import type { Draft } from "./draft.js";
import type { Gesture, Selection } from "./gesture.js";
import { coordinate } from "./positions.js";
import { placed, Refused } from "./refused.js";
import { setValue } from "./rows.js";

/** Writes a note anew, or what it says. */
export function setNote(
  draft: Draft,
  { note: index, text, at }: Extract<Gesture, { kind: "set-note" }>,
): Partial<Selection> {
  if (text.trim() === "") throw new Refused("invalid", "A note needs a text. To take it away, delete it.");
  const { manifest } = draft.analysis;
  const notes = noteRows(manifest);
  if (index !== undefined) {
    const note = notes[index];
    if (note === undefined) throw new Refused("not-found", "This note is not there any more.");
    const file = draft.at(note.table.nameRange.start);
    setValue(file, note.table, "text", quoteString(text));
    if (at !== undefined) {
      setValue(file, note.table, "x", coordinate(at.x));
      setValue(file, note.table, "y", coordinate(at.y));
    }
    return { notes: [index] };
  }
  if (at === undefined) throw new Refused("invalid", "A new note needs a place.");
  // Only the notes of one file count: that which has some.
  const list = settingOf(settingsOf(manifest, "diagram"), "notes");
  const file = list === undefined ? draft.manifest : draft.at(list.key.start);
  const row = [
    ["text", quoteString(text)],
    ["x", coordinate(at.x)],
    ["y", coordinate(at.y)],
  ] as const;
  placed(addRows(file, ["diagram", "notes"], [row]));
  return { notes: [notes.length] };
}
