import { describe, expect, it } from "vitest";
import { pictureOf, staysShown } from "../src/canvas/picture.js";
import { readFromPage } from "../src/canvas/read-message.js";
import { readCanvas, readGestureAnswer, readPalette, readPorts, type Canvas } from "../src/language/canvas-protocol.js";

const at = { uri: "file:///a", range: { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } } };
const made = { nodes: ["a"], bridges: [], links: [], notes: [] };

function canvas(nodes: readonly string[], links: readonly (readonly [string, string])[], broken = false): Canvas {
  return {
    version: 1,
    catalogue: 1,
    lab: "lab",
    broken,
    direction: "TB",
    nodes: nodes.map((name) => ({
      name,
      model: "tiny_linux",
      title: "Tiny Linux",
      role: "host",
      members: 1,
      groups: [],
      hasFreePort: true,
      at,
    })),
    bridges: [{ name: "lan", at }],
    links: links.map(([src, dst]) => ({
      id: `${src} ${dst}`,
      src: { node: src, port: "eth1", known: true },
      dst: { node: dst, port: "eth1", known: true },
      state: "up",
      type: "auto",
      at,
    })),
    groups: [{ name: "leaf" }],
    notes: [{ text: "here", position: { x: 1, y: 2 }, at }],
    hostBridges: ["br0"],
  };
}

describe("messages of the server for a canvas", () => {
  const whole = canvas(["a", "b"], [["a", "b"]]);

  it.each([
    ["a picture", readCanvas, whole, whole],
    ["no picture", readCanvas, null, undefined],
    ["a picture with a place of another shape", readCanvas, { ...whole, groups: [{ name: "g", at: 1 }] }, undefined],
    [
      "a picture with a state that is not known",
      readCanvas,
      { ...whole, links: [{ ...whole.links[0], state: "?" }] },
      undefined,
    ],
    ["an edit", readGestureAnswer, { edit: {}, made }, { edit: {}, made }],
    ["an edit that made nothing", readGestureAnswer, { edit: {} }, undefined],
    [
      "a refusal",
      readGestureAnswer,
      { refusal: { code: "taken", message: "No." } },
      { refusal: { code: "taken", message: "No." } },
    ],
    ["ports", readPorts, [{ name: "eth1", index: 0 }], [{ name: "eth1", index: 0 }]],
    ["ports without an index", readPorts, [{ name: "eth1" }], undefined],
    ["models without a size", readPalette, [{ name: "a", title: "A" }], undefined],
  ] as const)("%s", (_what, read, value, expected) => {
    expect(read(value)).toEqual(expected);
  });
});

describe("messages of the canvas' page", () => {
  const gesture = (value: unknown): unknown => ({ type: "gesture", request: 1, gesture: value });

  it.each([
    ["ready", { type: "ready" }],
    ["a new node", gesture({ kind: "add-node", model: "tiny_linux", at: { x: 1, y: 2 } })],
    ["a network of the host", gesture({ kind: "set-external", bridge: "wan", external: "br0" })],
    ["a cable to a bridge", gesture({ kind: "add-link", from: { node: "a" }, to: { bridge: "lan" } })],
    ["a move", gesture({ kind: "move", nodes: { a: { x: 1, y: 2 } }, notes: { 0: { x: 3, y: 4 } } })],
    ["a rename", gesture({ kind: "rename", bridge: "lan", to: "wan" })],
    ["a deletion", gesture({ kind: "delete", nodes: ["a"] })],
    ["nodes that go into a group", gesture({ kind: "regroup", nodes: { a: { x: 1, y: 2 } }, group: "leaf" })],
    ["forgotten positions", gesture({ kind: "clear-positions" })],
    ["a place to show", { type: "reveal", what: { kind: "link", id: "a b" } }],
    ["a command about nodes", { type: "command", command: "openConsole", nodes: ["a"] }],
    ["a command about a cable", { type: "command", command: "linkDown", link: "a b" }],
  ])("takes %s", (_what, value) => {
    expect(readFromPage(value)).toEqual(value);
  });

  it.each([
    ["a text", "ready"],
    ["something else", { type: "eval", message: "1" }],
    ["a name that every object has", { type: "toString" }],
    ["a command of somebody else", { type: "command", command: "workbench.action.quit" }],
    ["a gesture that is not known", gesture({ kind: "format-disk" })],
    ["a move to nowhere", gesture({ kind: "move", nodes: { a: { x: 1 } } })],
    ["a move to no number", gesture({ kind: "move", nodes: { a: { x: NaN, y: 0 } } })],
    ["a network of the host that is no text", gesture({ kind: "set-external", bridge: "wan", external: null })],
    ["a cable without an end", gesture({ kind: "add-link", from: { node: "a" } })],
    ["a gesture without a request", { type: "gesture", gesture: { kind: "clear-positions" } }],
  ])("does not take %s", (_what, value) => {
    expect(readFromPage(value)).toBeUndefined();
  });
});

describe("the picture of a canvas", () => {
  const whole = canvas(["a", "b"], [["a", "b"]]);

  it.each([
    ["the text can be read, with less in it", canvas(["a"], []), false],
    ["a line is half typed, and nothing is gone", canvas(["a", "b"], [["a", "b"]], true), false],
    ["a line is half typed, and a node is gone", canvas(["a", "c"], [["a", "c"]], true), true],
    ["a line is half typed, and a cable is gone", canvas(["a", "b"], [], true), true],
  ])("%s: the last one stays: %#", (_what, next, held) => {
    expect(staysShown(whole, next)).toBe(held);
  });

  it("leaves the places in the text out", () => {
    const picture = pictureOf(whole);
    expect([...picture.nodes, ...picture.links, ...picture.groups].map((thing) => thing.at)).toEqual(
      Array.from({ length: 4 }, () => null),
    );
  });
});
