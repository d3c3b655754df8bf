import type { PageTexts } from "../../src/canvas/texts.js";

/** The page's texts in the editor's language; the extension puts them into the page. */
export const texts = readTexts(document.body.dataset["texts"] ?? "{}");

/** Fills `{0}`, `{1}` and so on. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (mark, index: string) => String(values[Number(index)] ?? mark));
}

/** Our own extension has written them; the type says what it writes. */
function readTexts(json: string): PageTexts {
  return JSON.parse(json) as PageTexts;
}
