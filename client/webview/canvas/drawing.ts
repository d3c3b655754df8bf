import type { LinkBadge, NodeBadge } from "../../src/labs/badge.js";
import { drawCable, placeCable, showCable, type CableElements } from "./draw-cable.js";
import { drawThing, lookOf } from "./draw-thing.js";
import { setOrRemove, svg } from "./dom.js";
import { Courses } from "./courses.js";
import { boundsOf, contains, type Box, type Course, type Point } from "./geometry.js";
import type { Cable, Key, Scene, Thing } from "./scene.js";
import { fill, texts } from "./texts.js";

/** Room that a card and its name take around a thing's middle. */
const MARGIN = { x: 66, top: 40, bottom: 64 };
const FRAME_TITLE = 22;

interface DrawnThing {
  readonly element: SVGGElement;
  readonly look: string;
}

interface DrawnCable {
  readonly elements: CableElements;
  readonly link: Cable["link"];
  readonly look: string;
}

/**
 * The scene as SVG elements, kept in step with it. One picture differs little from the one before: elements stay as long as
 * what they show does.
 */
export class Drawing {
  readonly #scene: Scene;
  readonly #frames: SVGGElement;
  readonly #cables: SVGGElement;
  readonly #things: SVGGElement;
  readonly #drawnThings = new Map<Key, DrawnThing>();
  readonly #drawnCables = new Map<string, DrawnCable>();
  readonly #drawnFrames = new Map<string, SVGGElement>();
  readonly #courses: Courses;
  /** Nodes that are on their way out of their frames. */
  #leaving: ReadonlySet<Key> = new Set();
  #nodeStates: Readonly<Record<string, NodeBadge>> = {};
  #linkStates: Readonly<Record<string, LinkBadge>> = {};

  /** @param world the element that pans and zooms */
  constructor(scene: Scene, world: SVGGElement) {
    this.#scene = scene;
    this.#courses = new Courses(scene);
    this.#frames = svg("g", { class: "frames" });
    this.#cables = svg("g", { class: "cables" });
    this.#things = svg("g", { class: "things", role: "listbox", "aria-multiselectable": "true" });
    this.#things.setAttribute("aria-label", texts.things);
    world.append(this.#frames, this.#cables, this.#things);
  }

  /** Draws what has come, removes what has gone, and puts everything in its place. */
  update(): void {
    const { things, cables, frames } = this.#scene;
    keepOnly(this.#drawnThings, things, ({ element }) => element.remove());
    keepOnly(this.#drawnCables, cables, ({ elements }) => elements.group.remove());
    keepOnly(this.#drawnFrames, frames, (frame) => frame.remove());
    for (const group of frames.keys()) {
      if (this.#drawnFrames.has(group)) continue;
      const frame = drawFrame(group);
      this.#drawnFrames.set(group, frame);
      this.#frames.append(frame);
    }
    for (const cable of cables.values()) this.#drawCable(cable);
    for (const thing of things.values()) this.#drawThing(thing);
    for (const key of things.keys()) this.#placeThing(key);
    this.#placeCables(this.#courses.all());
    this.#placeFrames();
    this.showStates(this.#nodeStates, this.#linkStates);
  }

  /** Puts some things, and what hangs on them, where they stand now. */
  place(keys: Iterable<Key>): void {
    const moved = [...keys];
    for (const key of moved) this.#placeThing(key);
    this.#placeCables(this.#courses.at(moved));
    this.#placeFrames();
  }

  /** The group whose frame lies at a point of the world, drawn around those of its nodes that are not in a hand. */
  frameAt(at: Point, inHand: ReadonlySet<Key>): string | undefined {
    const groups = [...this.#scene.frames].filter(([, keys]) => {
      const box = this.#frameBox(keys.filter((key) => !inHand.has(key)));
      return box !== undefined && contains(box, at);
    });
    // What is drawn last lies on top.
    return groups.at(-1)?.[0];
  }

  /** Shows which nodes leave their frames, and which frame takes them. */
  markRegrouping(leaving: ReadonlySet<Key>, into: string | undefined): void {
    this.#leaving = leaving;
    for (const [group, frame] of this.#drawnFrames) frame.classList.toggle("target", group === into);
    this.#placeFrames();
  }

  /** What runs: by attribute, the style sheet does the rest. */
  showStates(nodes: Readonly<Record<string, NodeBadge>>, links: Readonly<Record<string, LinkBadge>>): void {
    this.#nodeStates = nodes;
    this.#linkStates = links;
    for (const [key, { element }] of this.#drawnThings) {
      const thing = this.#scene.things.get(key);
      if (thing === undefined) continue;
      const badge = thing.kind === "node" ? nodes[thing.name] : undefined;
      setOrRemove(element, "data-state", badge?.state);
      setOrRemove(element, "aria-label", this.#describe(thing, badge));
    }
    for (const [id, { elements, link }] of this.#drawnCables) showCable(elements, link, links[id]);
  }

  element(key: Key): SVGGElement | undefined {
    return this.#drawnThings.get(key)?.element;
  }

  cableElement(id: string): SVGGElement | undefined {
    return this.#drawnCables.get(id)?.elements.group;
  }

  /** Around everything that is drawn; undefined when that is nothing. */
  get bounds(): Box | undefined {
    return boundsOf(this.#scene.positions.values(), MARGIN);
  }

  #drawThing(thing: Thing): void {
    const look = lookOf(thing);
    const known = this.#drawnThings.get(thing.key);
    if (known?.look === look) return;
    const element = drawThing(thing);
    if (known === undefined) this.#things.append(element);
    else known.element.replaceWith(element);
    this.#drawnThings.set(thing.key, { element, look });
  }

  #drawCable(cable: Cable): void {
    const look = JSON.stringify(cable.link);
    const known = this.#drawnCables.get(cable.id);
    if (known?.look === look) return;
    const elements = drawCable(cable);
    if (known === undefined) this.#cables.append(elements.group);
    else known.elements.group.replaceWith(elements.group);
    this.#drawnCables.set(cable.id, { elements, link: cable.link, look });
  }

  #placeThing(key: Key): void {
    const { x, y } = this.#scene.at(key);
    this.#drawnThings.get(key)?.element.setAttribute("transform", `translate(${x} ${y})`);
  }

  #placeCables(courses: ReadonlyMap<string, Course>): void {
    for (const [id, course] of courses) {
      const drawn = this.#drawnCables.get(id);
      if (drawn !== undefined) placeCable(drawn.elements, course);
    }
  }

  #placeFrames(): void {
    for (const [group, keys] of this.#scene.frames) {
      const box = this.#frameBox(keys.filter((key) => !this.#leaving.has(key)));
      const frame = this.#drawnFrames.get(group);
      if (box === undefined || frame === undefined) continue;
      const [outline, title] = frame.children;
      outline?.setAttribute("x", String(box.left));
      outline?.setAttribute("y", String(box.top));
      outline?.setAttribute("width", String(box.right - box.left));
      outline?.setAttribute("height", String(box.bottom - box.top));
      title?.setAttribute("x", String(box.left + 12));
      title?.setAttribute("y", String(box.top + 19));
    }
  }

  #frameBox(keys: readonly Key[]): Box | undefined {
    const points = keys.map((key) => this.#scene.at(key));
    return boundsOf(points, { ...MARGIN, top: MARGIN.top + FRAME_TITLE });
  }

  #describe(thing: Thing, badge: NodeBadge | undefined): string {
    const cables = this.#scene.cablesAt(thing.key).length;
    const count = cables === 1 ? texts.oneCable : fill(texts.cables, cables);
    switch (thing.kind) {
      case "node":
        return [thing.name, thing.node.title, count, badge?.label ?? ""].filter((part) => part !== "").join(", ");
      case "bridge": {
        const { external } = thing.bridge;
        const kind = external === undefined ? texts.bridge : fill(texts.externalNetwork, external);
        return [thing.name, kind, count].join(", ");
      }
      case "note":
        return [texts.note, thing.name].join(", ");
    }
  }
}

function drawFrame(group: string): SVGGElement {
  const frame = svg(
    "g",
    { class: "frame" },
    svg("rect", { class: "outline", rx: 12 }),
    svg("text", { class: "title" }, group),
  );
  frame.dataset["group"] = group;
  return frame;
}

function keepOnly<K, V>(drawn: Map<K, V>, present: ReadonlyMap<K, unknown>, remove: (value: V) => void): void {
  for (const [key, value] of drawn) {
    if (present.has(key)) continue;
    remove(value);
    drawn.delete(key);
  }
}
