import { expect, test } from "vitest";
import { readGesture, type Gesture } from "@labscape/topology";

const at = { x: 1, y: 2 };

const gestures: readonly Gesture[] = [
  { kind: "add-node", model: "blank" },
  { kind: "add-node", model: "blank", name: "a", at, groups: ["g"] },
  { kind: "add-bridge", name: "lan", external: "br0", at },
  { kind: "set-external", bridge: "lan" },
  { kind: "set-external", bridge: "lan", external: "br0" },
  { kind: "add-link", from: { node: "a", port: "eth1" }, to: { bridge: "lan" } },
  { kind: "set-port", link: "a::eth1 lan", end: "src", port: "eth2" },
  { kind: "move", nodes: { a: at }, bridges: { lan: at }, notes: { 0: at } },
  { kind: "rename", node: "a", to: "b" },
  { kind: "rename", bridge: "a", to: "b" },
  { kind: "rename", group: "a", to: "b" },
  { kind: "delete", nodes: ["a"], bridges: ["lan"], links: ["a::eth1 lan"], notes: [0] },
  { kind: "duplicate", nodes: ["a"], by: at },
  { kind: "set-note", note: 1, text: "hi", at },
  { kind: "set-groups", nodes: ["a"], groups: [] },
  { kind: "regroup", nodes: { a: at } },
  { kind: "regroup", nodes: { a: at }, group: "leaf" },
  { kind: "clear-positions" },
];

test.each(gestures)("$kind comes through", (gesture) => {
  const sent: unknown = JSON.parse(JSON.stringify({ ...gesture, more: 1 }));
  expect(readGesture(sent)).toEqual(gesture);
});

test.each<[unknown]>([
  [null],
  ["add-node"],
  [[]],
  [{ kind: "dance" }],
  [{ kind: "add-node" }],
  [{ kind: "set-external", external: "br0" }],
  [{ kind: "add-link", from: { node: "a" }, to: {} }],
  [{ kind: "set-port", link: "a", end: "left", port: "b" }],
  [{ kind: "rename", node: 1, to: "b" }],
  [{ kind: "duplicate", nodes: ["a", 1], by: at }],
  [{ kind: "duplicate", nodes: ["a"], by: { x: "1", y: 1 } }],
  [{ kind: "set-note", text: 1 }],
  [{ kind: "set-groups", nodes: "a", groups: [] }],
  [{ kind: "regroup", nodes: ["a"] }],
])("%j is none", (value) => {
  expect(readGesture(value)).toBeUndefined();
});

test("what may be left out counts only when it is of its kind", () => {
  expect(readGesture({ kind: "add-node", model: "m", name: 1, at: { x: 1 }, groups: [1] })).toEqual({
    kind: "add-node",
    model: "m",
  });
});
