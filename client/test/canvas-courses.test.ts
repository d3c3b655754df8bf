import { describe, expect, it } from "vitest";
import type { Picture } from "../src/canvas/messages.js";
import { Courses, portBox } from "../webview/canvas/courses.js";
import { shifted, type Box, type Course } from "../webview/canvas/geometry.js";
import { LAYOUTS } from "../webview/canvas/layouts.js";
import { areaOfBoth } from "../webview/canvas/occupied.js";
import { outlineOf } from "../webview/canvas/outline.js";
import { Scene } from "../webview/canvas/scene.js";
import { picture } from "./canvas-picture.js";

const names = (stem: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${stem}${index + 1}`);
const each = (from: readonly string[], to: readonly string[]): string[] =>
  from.flatMap((a) => to.map((b) => `${a}-${b}`));

const four = ["a-b", "b-a 2", "a-b 3", "a-b 4"];
const [spines, leaves] = [names("spine", 4), names("leaf", 6)];
const [core, floors, desks] = [names("core", 2), names("floor", 4), names("desk", 12)];
const campus = [
  "core1-core2",
  "core1-core2 2",
  ...each(core, floors),
  ...desks.map((desk, index) => `floor${(index % 4) + 1}-${desk}`),
  "floor1-floor4",
];

const labs: readonly (readonly [string, Picture])[] = [
  [
    "two nodes side by side, four cables",
    picture(
      [
        ["a", { x: 0, y: 0 }],
        ["b", { x: 160, y: 0 }],
      ],
      four,
    ),
  ],
  [
    "two nodes one above the other, four cables",
    picture(
      [
        ["a", { x: 0, y: 0 }],
        ["b", { x: 0, y: 200 }],
      ],
      four,
    ),
  ],
  [
    "two nodes across, four cables",
    picture(
      [
        ["a", { x: 0, y: 0 }],
        ["b", { x: 150, y: 130 }],
      ],
      four,
    ),
  ],
  [
    "one in the way of two cables",
    picture(
      [
        ["a", { x: 0, y: 0 }],
        ["b", { x: 0, y: 160 }],
        ["c", { x: 0, y: 320 }],
      ],
      ["a-b", "b-c", "a-c", "c-a 2"],
    ),
  ],
  ["leaf-spine of 6 x 4", picture([...spines, ...leaves], each(spines, leaves))],
  ["a campus", picture([...core, ...floors, ...desks], campus)],
];

function drawn(scene: Scene, courses: ReadonlyMap<string, Course>): readonly (readonly [string, Box])[] {
  const things = [...scene.things.values()].map((thing) =>
    outlineOf(thing).map((box) => [thing.name, shifted(box, scene.at(thing.key))] as const),
  );
  const ports = [...courses].flatMap(([id, { src, dst }]) => {
    const link = scene.cables.get(id)?.link;
    if (link === undefined || "bridge" in link.dst) return [];
    return [
      [`${link.src.node} ${link.src.port}`, portBox(link.src.port, src)] as const,
      [`${link.dst.node} ${link.dst.port}`, portBox(link.dst.port, dst)] as const,
    ];
  });
  return [...things.flat(), ...ports];
}

/** Pairs that cover one another, but for a thing's own card and texts, which touch nothing of themselves. */
function overlaps(scene: Scene, courses: ReadonlyMap<string, Course>): readonly string[] {
  const boxes = drawn(scene, courses);
  return boxes.flatMap(([name, box], index) =>
    boxes
      .slice(index + 1)
      .flatMap(([other, otherBox]) => (areaOfBoth(box, otherBox) > 0 ? [`${name} on ${other}`] : [])),
  );
}

function sceneOf(shown: Picture): Scene {
  const scene = new Scene(LAYOUTS.layered);
  scene.update(shown);
  return scene;
}

describe("names of ports cover neither one another nor a node", () => {
  it.each(labs)("%s", (_, shown) => {
    const scene = sceneOf(shown);
    expect(overlaps(scene, new Courses(scene).all())).toEqual([]);
  });

  it.each(labs)("%s: each stands on its cable, in the half of its node", (_, shown) => {
    const scene = sceneOf(shown);
    for (const [id, { src, dst }] of new Courses(scene).all()) {
      const cable = scene.cables.get(id);
      const far = (point: { x: number; y: number }, key = "") =>
        Math.hypot(point.x - scene.at(key).x, point.y - scene.at(key).y);
      expect(far(src, cable?.src), id).toBeLessThan(far(src, cable?.dst));
      expect(far(dst, cable?.dst), id).toBeLessThan(far(dst, cable?.src));
    }
  });
});

it("names follow a node that is dragged, and stand as if it had always been there when it is let go", () => {
  const scene = sceneOf(picture([...spines, ...leaves], each(spines, leaves)));
  const courses = new Courses(scene);
  courses.all();
  const from = scene.at("node:leaf3");
  for (let step = 1; step <= 10; step++) {
    scene.hold("node:leaf3", { x: from.x + step * 3, y: from.y + step * 9 });
    const moved = courses.at(["node:leaf3"]);
    expect([...moved.keys()].sort()).toEqual(spines.map((spine) => `${spine}-leaf3`));
  }
  expect(overlaps(scene, courses.all())).toEqual([]);
  expect(courses.all()).toEqual(new Courses(scene).all());
});

it("a label stands in the middle of its cable, or beside it where others have theirs", () => {
  const shown = picture(
    [
      ["a", { x: 0, y: 0 }],
      ["b", { x: 0, y: 300 }],
    ],
    ["a-b", "a-b 2"],
  );
  const scene = sceneOf({ ...shown, links: shown.links.map((link) => ({ ...link, label: "a long label" })) });
  const [one, other] = [...new Courses(scene).all().values()].map(({ label }) => label);
  expect(one?.y).toBe(150);
  expect(Math.abs((other?.y ?? 0) - 150)).toBeGreaterThan(12);
});
