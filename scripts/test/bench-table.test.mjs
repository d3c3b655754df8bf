import { describe, expect, test } from "vitest";
import { cellsOf, isFarOff, markdownTable, textTable } from "../bench/table.mjs";

const alone = { what: "hover", unit: "ms", figure: 4.25, budget: 10 };
const compared = {
  what: "parse",
  unit: "ms",
  figure: 30,
  timesPeer: 1.5,
  peers: [
    { name: "first", figure: 24 },
    { name: "second", figure: 150 },
  ],
};

describe("the table of the benchmarks", () => {
  test("a line says figure, budget, peers, the ratio to the first peer, and whether the budget is kept", () => {
    expect(cellsOf(alone)).toEqual(["hover", "4.25 ms", "10 ms", "", "", "kept"]);
    expect(cellsOf(compared)).toEqual([
      "parse",
      "30.0 ms",
      "1.5 x first",
      "first 24.0 ms, second 150 ms",
      "1.25",
      "kept",
    ]);
  });

  test.each([
    ["an amount within its budget", { ...alone, figure: 10 }, "kept", false],
    ["an amount over its budget, by however much: the machine may be slow", { ...alone, figure: 1000 }, "over", false],
    ["a ratio over its budget", { ...compared, figure: 60 }, "over", false],
    ["a ratio over twice its budget", { ...compared, figure: 73 }, "far off", true],
    ["a ratio that is kept beside an amount that is not", { ...compared, budget: 10 }, "over", false],
  ])("%s", (_, row, verdict, fails) => {
    expect(cellsOf(row).at(-1)).toBe(verdict);
    expect(isFarOff(row)).toBe(fails);
  });

  test("for a terminal and as Markdown", () => {
    expect(textTable([alone])).toBe(
      ["what   figure   budget  peers  ratio", "hover  4.25 ms  10 ms                 kept"].join("\n"),
    );
    expect(markdownTable([alone])).toBe(
      [
        "| what | figure | budget | peers | ratio |  |",
        "| --- | --- | --- | --- | --- | --- |",
        "| hover | 4.25 ms | 10 ms |  |  | kept |",
      ].join("\n"),
    );
  });
});
