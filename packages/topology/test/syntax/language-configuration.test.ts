import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

interface Configuration {
  readonly autoClosingPairs: readonly { readonly open: string; readonly close: string }[];
  readonly onEnterRules: readonly {
    readonly beforeText: string;
    readonly afterText: string;
    readonly action: { readonly appendText: string };
  }[];
  readonly folding: { readonly markers: { readonly start: string; readonly end: string } };
  readonly indentationRules: { readonly increaseIndentPattern: string; readonly decreaseIndentPattern: string };
}

const file = new URL("../../../../language-configuration.json", import.meta.url);
const configuration = JSON.parse(readFileSync(file, "utf8")) as Configuration;

describe("language configuration", () => {
  test.each(['"', "'", '"""', "'''", "[", "{"])("%s is closed as it is typed", (open) => {
    const close = { "[": "]", "{": "}" }[open] ?? open;
    expect(configuration.autoClosingPairs).toContainEqual(expect.objectContaining({ open, close }));
  });

  test("of quotes the longest come first, as the first that fits is taken", () => {
    const quotes = configuration.autoClosingPairs.map(({ open }) => open).filter((open) => /^["']+$/.test(open));
    expect([...quotes].sort((a, b) => b.length - a.length)).toEqual(quotes);
  });

  test.each([
    ["# why it", "is so", true],
    ["  # why it", " is so", true],
    ["# the end", "", false],
    ["name = 1 # why", "so", false],
    ["", "# why", false],
  ])("a line break after %j before %j goes on with the comment: %s", (before, after, goesOn) => {
    const rule = configuration.onEnterRules.find(
      ({ beforeText, afterText }) => new RegExp(beforeText).test(before) && new RegExp(afterText).test(after),
    );
    expect(rule?.action.appendText).toBe(goesOn ? "# " : undefined);
  });

  test.each([
    ["nodes = [", true],
    ["host = { # where", true],
    ["nodes = []", false],
    ['x = "["', false],
  ])("%j indents what follows: %s", (line, indents) => {
    expect(new RegExp(configuration.indentationRules.increaseIndentPattern).test(line)).toBe(indents);
  });

  test("regions fold", () => {
    const { start, end } = configuration.folding.markers;
    expect(new RegExp(start).test("  # region Fabric")).toBe(true);
    expect(new RegExp(end).test("#endregion")).toBe(true);
    expect(new RegExp(start).test("#endregion")).toBe(false);
  });
});
