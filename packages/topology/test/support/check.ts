import type { Providers } from "@labscape/topology";
import { expect } from "vitest";
import { analyzeText } from "./analyze.js";
import { readMarked } from "./marked.js";

/** Asserts that a text has exactly the findings that its caret lines say. */
export function check(marked: string, providers: Providers = {}): void {
  const { text, expected } = readMarked(marked);
  const show = (each: { code: string; start: number; end: number }) =>
    `${text.slice(0, each.start).split("\n").length}: ${each.code} ${JSON.stringify(text.slice(each.start, each.end))}`;
  const found = analyzeText(text, providers).findings.map(({ code, range }) => ({ code, ...range }));
  expect(found.map(show).sort()).toEqual(expected.map(show).sort());
}
