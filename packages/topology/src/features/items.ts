import type { Analysis } from "../analysis.js";
import type { CursorInValue } from "../syntax/index.js";
import type { Completion } from "./shapes.js";
import type { Slot } from "./slot.js";

/** What completion of a value knows of its place. */
export interface ValueContext {
  readonly analysis: Analysis;
  readonly cursor: CursorInValue;
  readonly offset: number;
  readonly slot: Slot;
}

type Extras = Partial<Pick<Completion, "detail" | "documentation" | "filterText" | "sortText">>;

/** A text, in quotes where it needs them. */
export function item(slot: Slot, kind: Completion["kind"], text: string, extras: Extras = {}): Completion {
  const newText = slot.quote(text);
  return {
    label: text,
    kind,
    range: slot.range,
    newText,
    snippet: false,
    filterText: slot.inString ? text : newText,
    ...extras,
  };
}

/** A word or number, never in quotes. */
export function plain(slot: Slot, kind: Completion["kind"], text: string): Completion {
  return { label: text, kind, range: slot.range, newText: text, snippet: false };
}

const natural = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Orders names as people number them: leaf2 before leaf10. */
export function byName(a: string, b: string): number {
  return natural.compare(a, b) || (a < b ? -1 : Number(a > b));
}

/** Keeps the order of a list, whatever its texts. */
export function order(index: number): string {
  return String(index).padStart(5, "0");
}

/** A text that goes on: as a snippet whose cursor stands behind it and before the closing quote. */
export function openText(slot: Slot, text: string): string {
  const closing = slot.quote("") === "" ? 0 : 1;
  const quoted = escapeSnippet(slot.quote(text));
  const end = quoted.length - closing;
  return `${quoted.slice(0, end)}$1${quoted.slice(end)}`;
}

/** Keeps a text as it is within a snippet. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
