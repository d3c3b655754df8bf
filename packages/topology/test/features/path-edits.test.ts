import { expect, test } from "vitest";
import { pathEdits } from "@labscape/topology";
import { analyzeText, FILE } from "../support/analyze.js";

/** The text after each path has become what the table says; others stay. */
function moved(text: string, paths: Readonly<Record<string, string>>): string {
  const edits = pathEdits(analyzeText(text), (path) => paths[path]);
  expect(edits.every(({ file }) => file === FILE)).toBe(true);
  return [...edits]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce((result, { range, newText }) => result.slice(0, range.start) + newText + result.slice(range.end), text);
}

const row = (value: string): string => `name = "x"\nnodes = [{ name = "a", model = "nvidia_cumulus", ${value} }]\n`;

test.each([
  ["a path", 'ztp_config = "a.cfg"', { "a.cfg": "b/c.cfg" }, 'ztp_config = "b/c.cfg"'],
  ["one of several", 'startup_scripts = ["a", "b"]', { b: "c" }, 'startup_scripts = ["a", "c"]'],
  ["in the quotes that it has", "ztp_config = 'a'", { a: "b" }, "ztp_config = 'b'"],
  ["in others where those cannot hold it", "ztp_config = 'a'", { a: "it's" }, 'ztp_config = "it\'s"'],
  ["with escapes where it needs some", 'ztp_config = "a"', { a: 'q"\\' }, 'ztp_config = "q\\"\\\\"'],
  [
    "of a table in a list",
    'text_files = [{ src = "a", dst = "/a" }]',
    { a: "b", "/a": "no" },
    'text_files = [{ src = "b", dst = "/a" }]',
  ],
  ["no text that is no path", 'user = "a"', { a: "b" }, 'user = "a"'],
  ["no half-typed path", 'ztp_config = "a', { a: "b" }, 'ztp_config = "a'],
])("%s", (_what, before, paths, after) => {
  expect(moved(row(before), paths)).toBe(row(after));
});
