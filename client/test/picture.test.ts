import { describe, expect, it } from "vitest";
import type { Diagram } from "../src/language/protocol.js";
import { choosePicture } from "../src/preview/picture.js";

const place = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

function diagram(nodes: readonly string[], links: number, errors: number, broken = false): Diagram {
  return {
    version: 1,
    lab: "lab",
    source: nodes.join(" "),
    directed: false,
    nodes: nodes.map((name) => ({ id: name, name, model: "", uri: "file:///a", range: place })),
    links: Array.from({ length: links }, () => ({ from: "a", to: "b", end: "a::eth1" })),
    errors,
    broken,
  };
}

describe("choosePicture", () => {
  const whole = diagram(["a", "b"], 1, 0);

  it.each([
    ["the first picture, with errors too", undefined, diagram(["a"], 0, 1), false],
    ["more than before", whole, diagram(["a", "b", "c"], 1, 2), false],
    ["as much as before, with errors", whole, diagram(["a", "x"], 1, 2), false],
    ["less, and the text is right", whole, diagram(["a"], 0, 0), false],
    ["a node less, and the text has errors", whole, diagram(["a"], 1, 1), true],
    ["a node less, and no more errors than before", diagram(["a", "b"], 1, 1), diagram(["a"], 1, 1), false],
    ["a link less, and a line is half typed", whole, diagram(["a", "b"], 0, 1, true), true],
    ["a link less, as its node has another name", whole, diagram(["a", "c"], 0, 1), false],
  ])("%s", (_what, shown, next, held) => {
    expect(choosePicture(shown, next)).toEqual({ picture: held ? shown : next, held });
  });
});
