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

/** Keeps the order of a list, whatever its texts. */
export function order(index: number): string {
  return String(index).padStart(5, "0");
}

/** Keeps a text as it is within a snippet. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
