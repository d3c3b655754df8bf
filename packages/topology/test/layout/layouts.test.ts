import { describe, expect, test } from "vitest";
import { force, layered, tiers, type Layout, type LayoutGraph, type LayoutNode } from "@labscape/topology/layout";
import { Dice } from "../convert/generate.js";

const layouts: readonly (readonly [string, Layout])[] = Object.entries({ layered, tiers, force });

function graph(nodes: readonly (string | LayoutNode)[], links: readonly string[]): LayoutGraph {
  return {
    nodes: nodes.map((node) => (typeof node === "string" ? { id: node } : node)),
    links: links.map((link) => {
      const [src = "", dst = ""] = link.split("-");
      return { src, dst };
    }),
  };
}

function random(seed: number, size: number, links: number): LayoutGraph {
  const dice = new Dice(seed);
  const nodes = Array.from({ length: size }, (_, index): LayoutNode => {
    const role = dice.pick(["router", "switch", "host", "bridge"]);
    return dice.chance(3) ? { id: `n${index}`, role, group: `g${dice.roll(4)}` } : { id: `n${index}`, role };
  });
  const pairs = Array.from({ length: links }, () => ({ src: `n${dice.roll(size)}`, dst: `n${dice.roll(size)}` }));
  return { nodes, links: pairs };
}

const leafSpine = graph(
  ["l1", "l2", "l3", "l4", "s1", "s2", { id: "h1", role: "host" }, { id: "h4", role: "host" }],
  ["l1-s1", "l2-s1", "l3-s1", "l4-s1", "l1-s2", "l2-s2", "l3-s2", "l4-s2", "l1-h1", "l4-h4"],
);

/** The least distance of two nodes. */
function closest(places: ReadonlyMap<string, { readonly x: number; readonly y: number }>): number {
  const all = [...places.values()];
  let least = Infinity;
  for (const [index, a] of all.entries())
    for (const b of all.slice(index + 1)) least = Math.min(least, Math.hypot(a.x - b.x, a.y - b.y));
  return least;
}

describe.each(layouts)("%s", (_, layout) => {
  test("places every node, in whole units, apart, around the origin, and always in the same way", () => {
    for (let seed = 0; seed < 12; seed++) {
      const dice = new Dice(seed);
      const some = random(seed, 1 + dice.roll(60), dice.roll(90));
      const places = layout(some);
      const where = `seed ${seed}`;
      expect([...places.keys()], where).toEqual(some.nodes.map(({ id }) => id));
      const all = [...places.values()];
      expect(
        all.every(({ x, y }) => Number.isInteger(x) && Number.isInteger(y)),
        where,
      ).toBe(true);
      expect(closest(places), where).toBeGreaterThan(60);
      for (const axis of ["x", "y"] as const) {
        const values = all.map((place) => place[axis]);
        expect(Math.abs(Math.min(...values) + Math.max(...values)), where).toBeLessThanOrEqual(2);
      }
      expect(layout(some), where).toEqual(places);
    }
  });

  test("of nothing, of one, of links to nobody", () => {
    expect([...layout(graph([], ["a-b"]))]).toEqual([]);
    expect([...layout(graph(["a"], ["a-a", "a-zed"]))]).toEqual([["a", { x: 0, y: 0 }]]);
  });

  test("of a large lab is as wide as a picture can be, and apart", () => {
    const places = [...layout(random(1, 1000, 1500)).values()];
    const size = (axis: "x" | "y") => Math.max(...places.map((each) => each[axis])) * 2;
    expect(size("x") / size("y")).toBeLessThan(8);
    expect(size("y") / size("x")).toBeLessThan(8);
  });
});

describe("layered", () => {
  test("puts the core before the edge", () => {
    const places = layered(leafSpine);
    const row = (id: string) => places.get(id)?.y ?? 0;
    expect(row("s1")).toBe(row("s2"));
    expect(row("l1")).toBe(row("l4"));
    expect(row("s1")).toBeLessThan(row("l1"));
    expect(row("l1")).toBeLessThan(row("h1"));
    // The hosts stand below their own leaves.
    expect(places.get("h1")?.x).toBeLessThan(places.get("h4")?.x ?? 0);
  });

  test("finds the core of a network without an edge", () => {
    const places = layered(
      graph(["l1", "l2", "l3", "s1", "s2"], ["l1-s1", "l2-s1", "l3-s1", "l1-s2", "l2-s2", "l3-s2"]),
    );
    const row = (id: string) => places.get(id)?.y ?? 0;
    expect(row("s1")).toBe(row("s2"));
    expect(row("s1")).toBeLessThan(row("l3"));
  });

  test("grows in each direction", () => {
    const sign = (direction: "LR" | "RL" | "TB" | "BT", axis: "x" | "y") =>
      Math.sign(
        (layered(leafSpine, { direction }).get("h1")?.[axis] ?? 0) -
          (layered(leafSpine, { direction }).get("s1")?.[axis] ?? 0),
      );
    expect([sign("TB", "y"), sign("BT", "y"), sign("LR", "x"), sign("RL", "x")]).toEqual([1, -1, 1, -1]);
  });

  test.each([["chain"], ["ring"]])("folds a long %s, and neighbours stay neighbours", (kind) => {
    const ids = Array.from({ length: 300 }, (_, index) => `n${index}`);
    const links = ids.map((id, index) => `${id}-${ids[(index + 1) % 300] ?? ""}`);
    const long = graph(ids, kind === "ring" ? links : links.slice(0, -1));
    const places = layered(long);
    const all = [...places.values()];
    const size = (axis: "x" | "y") => Math.max(...all.map((each) => each[axis])) * 2;
    expect(Math.max(size("x") / size("y"), size("y") / size("x"))).toBeLessThan(3);
    expect(closest(places)).toBeGreaterThanOrEqual(115);
    for (const { src, dst } of long.links) {
      const [a, b] = [places.get(src), places.get(dst)];
      expect(Math.hypot((a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0)), `${src}-${dst}`).toBeLessThan(120 * 4);
    }
  });

  test("draws a tree without crossings", () => {
    const tree = graph(
      ["c", "b", "a", "c2", "a1", "b1", "a2", "b2", "c1", "root"],
      ["root-a", "root-b", "root-c", "a-a1", "a-a2", "b-b1", "b-b2", "c-c1", "c-c2"],
    );
    const places = layered(tree);
    const x = (id: string) => places.get(id)?.x ?? 0;
    for (const parent of ["a", "b", "c"]) {
      const middle = (x(`${parent}1`) + x(`${parent}2`)) / 2;
      expect(Math.abs(middle - x(parent))).toBeLessThanOrEqual(1);
      expect(Math.abs(x(`${parent}1`) - x(`${parent}2`))).toBe(120);
    }
  });
});

test("tiers has a row for each group", () => {
  const places = tiers(
    graph(
      [
        { id: "a", group: "core" },
        { id: "b", group: "edge" },
        { id: "c", group: "core" },
        { id: "h", role: "host" },
        { id: "r", role: "router" },
      ],
      ["a-b", "c-b", "b-h", "a-r"],
    ),
  );
  const rows = ["a", "c", "b", "r", "h"].map((id) => places.get(id)?.y ?? 0);
  expect(rows[0]).toBe(rows[1]);
  expect(rows).toEqual([...rows].sort((a, b) => a - b));
});

test("force keeps the members of a group together", () => {
  const ids = Array.from({ length: 12 }, (_, index) => `n${index}`);
  const ring = ids.map((id, index) => `${id}-${ids[(index + 1) % 12] ?? ""}`);
  const spreadOf = (grouped: boolean) => {
    const nodes = ids.map((id, index): LayoutNode => (grouped && index % 3 === 0 ? { id, group: "g" } : { id }));
    const places = force(graph(nodes, ring));
    const members = ["n0", "n3", "n6", "n9"].map((id) => places.get(id) ?? { x: 0, y: 0 });
    return members.reduce((sum, { x, y }) => sum + Math.hypot(x - (members[0]?.x ?? 0), y - (members[0]?.y ?? 0)), 0);
  };
  expect(spreadOf(true)).toBeLessThan(spreadOf(false));
});
