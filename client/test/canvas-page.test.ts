import type { Layout } from "@labscape/topology/layout";
import { describe, expect, it } from "vitest";
import { aligned, type Alignment } from "../webview/canvas/align.js";
import { asideOf, curveOf, nearestOf, nextInDirection } from "../webview/canvas/geometry.js";
import { freePlace } from "../webview/canvas/placing.js";
import { Scene } from "../webview/canvas/scene.js";
import { matches } from "../webview/canvas/search.js";
import { picture } from "./canvas-picture.js";

const inARow: Layout = ({ nodes }) => new Map(nodes.map(({ id }, index) => [id, { x: index * 100, y: 0 }]));

function places(scene: Scene): Record<string, string> {
  return Object.fromEntries([...scene.positions].map(([key, { x, y }]) => [key.replace("node:", ""), `${x},${y}`]));
}

describe("where things stand", () => {
  it("by the layout at first, and where the manifest says", () => {
    const scene = new Scene(inARow);
    scene.update(picture(["a", "b", ["c", { x: 200, y: 50 }]]));
    // The layout is shifted so that what is saved lies where it is.
    expect(places(scene)).toEqual({ a: "0,50", b: "100,50", c: "200,50" });
  });

  it("what is there stays, and what comes stands beside what it is cabled to", () => {
    const scene = new Scene(inARow);
    scene.update(picture(["a", "b", "c"]));
    scene.update(picture(["z", "a", "b", "c"], ["z-b"]));
    expect(places(scene)).toEqual({ a: "0,0", b: "100,0", c: "200,0", z: "100,120" });
  });

  it("under a new name where it stood under the old one", () => {
    const scene = new Scene(inARow);
    scene.update(picture(["a", "b"]));
    scene.update(picture(["a", "web"]));
    expect(places(scene)).toEqual({ a: "0,0", web: "100,0" });
  });

  it("where they stood, when they come back", () => {
    const scene = new Scene(inARow);
    scene.update(picture(["a", "b", ["c", { x: 5, y: 5 }]], ["a-b"]));
    const before = places(scene);
    scene.update(picture(["a"]));
    scene.update(picture(["a", "b", "c"], ["a-b"]));
    expect(places(scene)).toEqual(before);
  });

  it("where a hand holds it until the manifest has it, and back again when that is undone", () => {
    const scene = new Scene(inARow);
    scene.update(picture(["a", "b"]));
    scene.hold("node:b", { x: 300, y: 300 });
    scene.update(picture(["a", "b"]));
    expect(places(scene)).toMatchObject({ b: "300,300" });
    scene.update(picture(["a", ["b", { x: 300, y: 300 }]]));
    expect(places(scene)).toMatchObject({ b: "300,300" });
    scene.update(picture(["a", "b"]));
    expect(places(scene)).toMatchObject({ b: "100,0" });
  });

  it("where somebody else has moved it, although a hand held it elsewhere", () => {
    const scene = new Scene(inARow);
    scene.update(picture([["a", { x: 0, y: 0 }]]));
    scene.hold("node:a", { x: 50, y: 50 });
    scene.update(picture([["a", { x: 10, y: 10 }]]));
    expect(places(scene)).toEqual({ a: "10,10" });
  });

  it("with room for a node around", () => {
    expect(freePlace({ x: 0, y: 0 }, [])).toEqual({ x: 0, y: 0 });
    expect(freePlace({ x: 0, y: 0 }, [{ x: 10, y: 10 }])).not.toEqual({ x: 0, y: 0 });
  });
});

it("cables between the same two nodes have lanes of their own, whichever way they are written", () => {
  const scene = new Scene(inARow);
  scene.update(picture(["a", "b"], ["a-b", "b-a"]));
  const paths = [...scene.cables.values()].map(({ src, dst, lane, lanes }) =>
    curveOf(scene.at(src), scene.at(dst), asideOf(scene.at(src), scene.at(dst), lane, lanes, [])),
  );
  const [one, other] = paths.map(({ at }) => Math.sign(at(0.5).y));
  expect(one).toBe(-(other ?? 0));
  expect(one).not.toBe(0);
});

it.each([
  ["in the way", { x: 100, y: 40 }, true],
  ["aside", { x: 100, y: 100 }, false],
  ["beyond", { x: 260, y: 91 }, false],
  ["at one end", { x: 0, y: 0 }, false],
  ["at the other end", { x: 200, y: 70 }, false],
])("a cable goes around what stands %s or not", (_where, other, bent) => {
  expect(asideOf({ x: 0, y: 0 }, { x: 200, y: 70 }, 0, 1, [other]) !== 0).toBe(bent);
});

it("a cable goes around on the side that is free, and farther around two things than around one", () => {
  const around = (...others: readonly { x: number; y: number }[]): number =>
    asideOf({ x: 0, y: 0 }, { x: 400, y: 0 }, 0, 1, others);
  const [below, above] = [around({ x: 100, y: 10 }), around({ x: 100, y: -10 })];
  expect(curveOf({ x: 0, y: 0 }, { x: 400, y: 0 }, below).at(0.5).y).toBeLessThan(0);
  expect(curveOf({ x: 0, y: 0 }, { x: 400, y: 0 }, above).at(0.5).y).toBeGreaterThan(0);
  expect(around({ x: 100, y: 0 }, { x: 300, y: 0 })).toBeGreaterThan(around({ x: 100, y: 0 }));
});

it("what stands nearest is found", () => {
  const others = [
    ["far", { x: 9, y: 9 }],
    ["near", { x: 2, y: 1 }],
  ] as const;
  expect(nearestOf({ x: 0, y: 0 }, others)).toBe("near");
  expect(nearestOf({ x: 0, y: 0 }, [])).toBeUndefined();
});

describe("aligned", () => {
  const things = new Map([
    ["a", { x: 0, y: 0 }],
    ["b", { x: 30, y: 50 }],
    ["c", { x: 200, y: 90 }],
  ]);

  it.each([
    ["left", "0,0 0,50 0,90"],
    ["right", "200,0 200,50 200,90"],
    ["center", "100,0 100,50 100,90"],
    ["top", "0,0 30,0 200,0"],
    ["middle", "0,50 30,50 200,50"],
    ["bottom", "0,90 30,90 200,90"],
    ["across", "0,0 100,50 200,90"],
    ["down", "0,0 30,50 200,90"],
  ] satisfies readonly (readonly [Alignment, string])[])("%s", (alignment, expected) => {
    const points = [...aligned(things, alignment)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { x, y }]) => `${x},${y}`);
    expect(points.join(" ")).toBe(expected);
  });
});

it.each([
  ["right", { x: 1, y: 0 }, "near"],
  ["down", { x: 0, y: 1 }, "below"],
  ["up", { x: 0, y: -1 }, undefined],
] as const)("an arrow %s leads to what is near and straight ahead", (_key, direction, expected) => {
  const others = [
    ["near", { x: 100, y: 10 }],
    ["far", { x: 300, y: 0 }],
    ["below", { x: 20, y: 100 }],
  ] as const;
  expect(nextInDirection({ x: 0, y: 0 }, direction, others)).toBe(expected);
});

it.each([
  ["cisco 9000", true],
  ["CAT 9000v", true],
  ["juniper", false],
  ["", true],
])("searching %j", (search, found) => {
  expect(matches(search, "Cisco Catalyst 9000V", "cisco_cat9kv")).toBe(found);
});
