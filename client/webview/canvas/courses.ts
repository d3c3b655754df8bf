import { asideOf, curveOf, shifted, type Box, type Course, type Curve, type Point } from "./geometry.js";
import { Occupied } from "./occupied.js";
import { outlineOf, textWidth } from "./outline.js";
import type { Cable, Key, Scene } from "./scene.js";

/** Of the texts at cables, as the style sheet has them. */
const PORT = 10.5;
const LABEL = 11;
/** Half the height of a text, and the room left and right of it. */
const HALF_HEIGHT = 6.5;
const ROOM = 2;
/** From place to place at which a text is tried, in units along the cable. */
const STEP = 4;
/** The names of ports stay in their own half of the cable, and within so many units of their node. */
const HALF = 0.47;
const FARTHEST = 180;
/** To lie on a card or its name is worse than to lie on another text. */
const THING = 4;

/**
 * The courses of all cables. Texts lie on their cable: a port's name at the first place from its node on at which it covers
 * nothing, a cable's label as near to the middle as there is room.
 */
export class Courses {
  readonly #scene: Scene;
  readonly #occupied = new Occupied();
  /** Where cards stand; cables go around them. */
  #cards: readonly Point[] = [];

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** All of them anew. */
  all(): ReadonlyMap<string, Course> {
    this.#occupied.clear();
    for (const key of this.#scene.things.keys()) this.#occupy(key);
    return this.#place([...this.#scene.cables.values()]);
  }

  /** Those of the cables at things that have moved; the texts of others stay. */
  at(keys: Iterable<Key>): ReadonlyMap<string, Course> {
    const cables = new Map<string, Cable>();
    for (const key of keys) {
      this.#occupied.remove(key);
      this.#occupy(key);
      for (const cable of this.#scene.cablesAt(key)) cables.set(cable.id, cable);
    }
    for (const id of cables.keys()) this.#occupied.remove(ownerOf(id));
    return this.#place([...cables.values()]);
  }

  #occupy(key: Key): void {
    const thing = this.#scene.things.get(key);
    if (thing === undefined) return;
    const at = this.#scene.at(key);
    for (const box of outlineOf(thing)) this.#occupied.add(key, shifted(box, at), THING);
  }

  #place(cables: readonly Cable[]): ReadonlyMap<string, Course> {
    const things = [...this.#scene.things.values()].filter(({ kind }) => kind !== "note");
    this.#cards = things.map(({ key }) => this.#scene.at(key));
    const curves = cables.map((cable) => ({ cable, curve: this.#curve(cable) }));
    // Labels first: they have one place that is the best, and ports may go towards the middle.
    const labels = curves.map(({ cable, curve }) => {
      const { label } = cable.link;
      return label === undefined ? curve.at(0.5) : this.#put(cable, curve, label, LABEL, middleOut(curve));
    });
    return new Map(
      curves.map(({ cable, curve }, index) => {
        const { src, dst } = cable.link;
        const port = "bridge" in dst ? "" : dst.port;
        const course: Course = {
          path: curve.path,
          src: this.#put(cable, curve, src.port, PORT, fromEnd(curve)),
          dst: this.#put(
            cable,
            curve,
            port,
            PORT,
            fromEnd(curve, (t) => 1 - t),
          ),
          label: labels[index] ?? curve.at(0.5),
        };
        return [cable.id, course];
      }),
    );
  }

  #curve({ src, dst, lane, lanes }: Cable): Curve {
    const [from, to] = [this.#scene.at(src), this.#scene.at(dst)];
    return curveOf(from, to, asideOf(from, to, lane, lanes, this.#cards));
  }

  /** Puts a text onto its cable at the first place with room for it, else where it covers least. */
  #put({ id }: Cable, curve: Curve, text: string, size: number, shares: Iterable<number>): Point {
    let best: { readonly point: Point; readonly box: Box } | undefined;
    let least = Infinity;
    for (const share of shares) {
      const point = curve.at(share);
      const box = textBox(text, size, point);
      const covered = text === "" ? 0 : this.#occupied.overlap(box);
      if (covered >= least) continue;
      best = { point, box };
      least = covered;
      if (covered === 0) break;
    }
    if (best === undefined) return curve.at(0.5);
    if (text !== "") this.#occupied.add(ownerOf(id), best.box);
    return best.point;
  }
}

/** What a text at a cable covers. */
export function portBox(name: string, at: Point): Box {
  return textBox(name, PORT, at);
}

function textBox(text: string, size: number, { x, y }: Point): Box {
  const half = textWidth(text, size) / 2 + ROOM;
  return { left: x - half, top: y - HALF_HEIGHT, right: x + half, bottom: y + HALF_HEIGHT };
}

function ownerOf(cable: string): string {
  return `cable:${cable}`;
}

/** Places along a curve from one end on, as shares of its length. */
function* fromEnd({ length }: Curve, turn: (share: number) => number = (share) => share): Generator<number> {
  const step = STEP / length;
  // Nearer than this there is always a card.
  const last = Math.min(FARTHEST / length, HALF);
  for (let share = Math.min(24 / length, last); share <= last; share += step) yield turn(share);
}

function* middleOut({ length }: Curve): Generator<number> {
  const step = (STEP * 2) / length;
  yield 0.5;
  for (let off = step; off <= 0.25; off += step) {
    yield 0.5 - off;
    yield 0.5 + off;
  }
}
