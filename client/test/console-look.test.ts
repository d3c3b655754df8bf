import { describe, expect, it, vi } from "vitest";

vi.mock("vscode", () => ({ ThemeColor: Object, ViewColumn: {} }));

const { gridOf } = await import("../src/console/look.js");
const { plainText } = await import("../src/console/log.js");

describe("a grid of consoles", () => {
  it.each([
    [1, [1]],
    [2, [2]],
    [3, [3]],
    [4, [2, 2]],
    [5, [3, 2]],
    [6, [3, 3]],
    [8, [4, 4]],
    [9, [3, 3, 3]],
    [50, [3, 3, 3]],
  ])("of %i", (count, rows) => {
    expect(gridOf(count)).toEqual(rows);
  });
});

describe("what a console says, for a file", () => {
  it.each([
    ["plain lines", "a\r\nb", "a\nb", ""],
    ["colours and moves", "\u001b[1;32mok\u001b[0m\u001b[2K\u001b(B done", "ok done", ""],
    ["titles", "\u001b]0;dev1\u0007# ", "# ", ""],
    ["a sequence that comes in two parts", "end \u001b[3", "end ", "\u001b[3"],
    ["a title whose end has not come", "\u001b]0;de", "", "\u001b]0;de"],
  ])("%s", (_what, text, plain, rest) => {
    expect(plainText(text)).toEqual({ plain, rest });
  });
});
