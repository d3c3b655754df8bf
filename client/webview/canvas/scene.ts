import type { Layout } from "@labscape/topology/layout";
import type { CanvasBridge, CanvasLink, CanvasNode, CanvasNote } from "@labscape/topology";
import type { Picture } from "../../src/canvas/messages.js";
import type { Point } from "./geometry.js";
import { placeNew } from "./placing.js";

/** Tells things on the canvas apart: `node:leaf1`, `bridge:lan`, `note:0`. Cables have the ids of the picture. */
export type Key = string;

interface Placed {
  readonly key: Key;
  /** What is shown of it: a name, or a note's text. */
  readonly name: string;
  /** As the manifest has it. */
  readonly saved?: Point;
}

export type Thing =
  | (Placed & { readonly kind: "node"; readonly node: CanvasNode<null> })
  | (Placed & { readonly kind: "bridge"; readonly bridge: CanvasBridge<null> })
  | (Placed & { readonly kind: "note"; readonly index: number; readonly note: CanvasNote<null> });

export interface Cable {
  readonly id: string;
  readonly src: Key;
  readonly dst: Key;
  /** Which of the cables between the same two things it is, and how many there are. */
  readonly lane: number;
  readonly lanes: number;
  readonly link: CanvasLink<null>;
}

export function nodeKey(name: string): Key {
  return `node:${name}`;
}

export function bridgeKey(name: string): Key {
  return `bridge:${name}`;
}

export function noteKey(index: number): Key {
  return `note:${index}`;
}

/**
 * Everything on the canvas and where it stands: where a hand holds it, else where the manifest says, else where it was placed
 * when it appeared. The last is known here only, for as long as the page lives.
 */
export class Scene {
  readonly #arrange: Layout;
  things: ReadonlyMap<Key, Thing> = new Map();
  cables: ReadonlyMap<string, Cable> = new Map();
  /** Names of the groups that have nodes, with the keys of those that stand in their frames. */
  frames: ReadonlyMap<string, readonly Key[]> = new Map();
  readonly #held = new Map<Key, Point>();
  readonly #placed = new Map<Key, Point>();
  #cablesOf = new Map<Key, Cable[]>();

  constructor(arrange: Layout) {
    this.#arrange = arrange;
  }

  /** Takes a new picture over. */
  update(picture: Picture): void {
    const before = this.things;
    this.things = thingsOf(picture);
    this.cables = cablesOf(picture, this.things);
    this.frames = framesOf(picture);
    this.#cablesOf = new Map();
    for (const cable of this.cables.values()) {
      for (const end of new Set([cable.src, cable.dst])) {
        const known = this.#cablesOf.get(end);
        if (known === undefined) this.#cablesOf.set(end, [cable]);
        else known.push(cable);
      }
    }
    this.#followRenamed(before);
    // What is gone may come back, by undo or when its line is whole again: then it stands where it stood.
    for (const { key, saved } of before.values()) {
      if (saved !== undefined && !this.things.has(key)) this.#placed.set(key, saved);
    }
    for (const [key, point] of this.#held) {
      const was = before.get(key)?.saved;
      const is = this.things.get(key)?.saved;
      // What was let go has arrived in the manifest, or somebody else has moved it there.
      if (!this.things.has(key) || (is !== undefined && (isSame(is, point) || !isSame(is, was))))
        this.#held.delete(key);
    }
    for (const [key, point] of placeNew(this, picture.direction, this.#arrange)) this.#placed.set(key, point);
  }

  /** Lays everything out anew that nobody has saved a place for. */
  layOut(direction: Picture["direction"]): void {
    this.#placed.clear();
    for (const [key, point] of placeNew(this, direction, this.#arrange)) this.#placed.set(key, point);
  }

  has(key: Key): boolean {
    return this.#held.has(key) || this.#placed.has(key) || this.things.get(key)?.saved !== undefined;
  }

  at(key: Key): Point {
    return this.#held.get(key) ?? this.things.get(key)?.saved ?? this.#placed.get(key) ?? { x: 0, y: 0 };
  }

  /** A hand holds it here; only a gesture makes it last. */
  hold(key: Key, point: Point): void {
    this.#held.set(key, point);
  }

  /** Everything goes back to where it stood: what a hand holds is not to be kept. */
  release(): void {
    this.#held.clear();
  }

  get positions(): ReadonlyMap<Key, Point> {
    return new Map([...this.things.keys()].flatMap((key) => (this.has(key) ? [[key, this.at(key)]] : [])));
  }

  cablesAt(key: Key): readonly Cable[] {
    return this.#cablesOf.get(key) ?? [];
  }

  /** A thing that appears when another of its kind disappears has a new name, and stands where it stood. */
  #followRenamed(before: ReadonlyMap<Key, Thing>): void {
    for (const kind of ["node", "bridge"] as const) {
      const gone = [...before.values()].filter((thing) => thing.kind === kind && !this.things.has(thing.key));
      const come = [...this.things.values()].filter((thing) => thing.kind === kind && !before.has(thing.key));
      const [from, to] = [gone[0], come[0]];
      if (gone.length !== 1 || come.length !== 1 || from === undefined || to === undefined) continue;
      const place = this.#placed.get(from.key) ?? from.saved;
      if (place !== undefined) this.#placed.set(to.key, place);
    }
  }
}

function isSame(a: Point, b: Point | undefined): boolean {
  return a.x === b?.x && a.y === b.y;
}

function thingsOf({ nodes, bridges, notes }: Picture): Map<Key, Thing> {
  const things = new Map<Key, Thing>();
  const add = (thing: Thing): void => {
    // Of two that have one name, which is a finding, the first has the place.
    if (!things.has(thing.key)) things.set(thing.key, thing);
  };
  for (const node of nodes) {
    const { name, position } = node;
    add({ kind: "node", key: nodeKey(name), name, node, ...(position && { saved: position }) });
  }
  for (const bridge of bridges) {
    const { name, position } = bridge;
    add({ kind: "bridge", key: bridgeKey(name), name, bridge, ...(position && { saved: position }) });
  }
  for (const [index, note] of notes.entries()) {
    add({ kind: "note", key: noteKey(index), name: note.text, index, note, saved: note.position });
  }
  return things;
}

function cablesOf({ links }: Picture, things: ReadonlyMap<Key, Thing>): Map<string, Cable> {
  const bundles = new Map<string, Omit<Cable, "lane" | "lanes">[]>();
  for (const link of links) {
    const src = nodeKey(link.src.node);
    const dst = "bridge" in link.dst ? bridgeKey(link.dst.bridge) : nodeKey(link.dst.node);
    if (!things.has(src) || !things.has(dst)) continue;
    const pair = src < dst ? `${src} ${dst}` : `${dst} ${src}`;
    const cable = { id: link.id, src, dst, link };
    const bundle = bundles.get(pair);
    if (bundle === undefined) bundles.set(pair, [cable]);
    else bundle.push(cable);
  }
  const cables = new Map<string, Cable>();
  for (const bundle of bundles.values()) {
    for (const [index, cable] of bundle.entries()) {
      // Lanes are counted in one direction, whichever way a cable is written.
      const lane = cable.src < cable.dst ? index : bundle.length - 1 - index;
      cables.set(cable.id, { ...cable, lane, lanes: bundle.length });
    }
  }
  return cables;
}

function framesOf({ nodes }: Picture): Map<string, readonly Key[]> {
  const frames = new Map<string, Key[]>();
  for (const { name, groups } of nodes) {
    const [group] = groups;
    if (group === undefined) continue;
    const members = frames.get(group);
    if (members === undefined) frames.set(group, [nodeKey(name)]);
    else members.push(nodeKey(name));
  }
  return frames;
}
