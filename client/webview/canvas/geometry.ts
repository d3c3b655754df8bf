/** Points, boxes and the courses of cables. Units are those of the manifest's saved positions: pixels at full size. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Half the side of a node's card. */
export const CARD = 24;
/** Positions that gestures write are multiples of this, so that what looks level is level. */
export const GRID = 10;
/** Between cables that join the same two nodes: side by side, where names are wide, more than above one another. */
const BUNDLE_GAP = { level: 22, upright: 36 };
/** How far a cable goes around what stands in its way, how much farther around each thing more, and how near that is. */
const DETOUR = 58;
const DETOUR_MORE = 26;
const CLEARANCE = 30;
/** What is nearer than this to an end is the end itself, or lies on it. */
const END = 10;

export function snapped({ x, y }: Point): Point {
  return { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID };
}

export function added(a: Point, b: Point): Point {
  return { x: a.x + b.x, y: a.y + b.y };
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

export function middle({ left, top, right, bottom }: Box): Point {
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

export function contains({ left, top, right, bottom }: Box, { x, y }: Point): boolean {
  return left <= x && x <= right && top <= y && y <= bottom;
}

/** The point of a box that is nearest to another point. */
export function nearest({ left, top, right, bottom }: Box, { x, y }: Point): Point {
  return { x: Math.min(Math.max(x, left), right), y: Math.min(Math.max(y, top), bottom) };
}

export function boxBetween(a: Point, b: Point): Box {
  return {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    right: Math.max(a.x, b.x),
    bottom: Math.max(a.y, b.y),
  };
}

/** The box around points with a margin at each side; undefined without points. */
export function boundsOf(points: Iterable<Point>, margin = { x: 0, top: 0, bottom: 0 }): Box | undefined {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (left > right) return undefined;
  return { left: left - margin.x, top: top - margin.top, right: right + margin.x, bottom: bottom + margin.bottom };
}

/** Box moved by a point. */
export function shifted({ left, top, right, bottom }: Box, { x, y }: Point): Box {
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y };
}

/** How a cable runs, and where its texts stand: the ports' names at the end of `src` and of `dst`, and its own label. */
export interface Course {
  /** Data of an SVG path. */
  readonly path: string;
  readonly src: Point;
  readonly dst: Point;
  readonly label: Point;
}

export interface Curve {
  /** Data of an SVG path. */
  readonly path: string;
  /** About how long it is. */
  readonly length: number;
  /** The point at a share of the way, from 0 to 1. */
  readonly at: (share: number) => Point;
}

/**
 * The curve of a cable between the middles of two things.
 *
 * @param aside how far its middle stands aside of the straight line; 0 for a straight one
 */
export function curveOf(src: Point, dst: Point, aside: number): Curve {
  const length = Math.max(distance(src, dst), 1);
  const along = { x: (dst.x - src.x) / length, y: (dst.y - src.y) / length };
  // The control point of a quadratic curve pulls its middle half as far as it stands aside.
  const control = {
    x: (src.x + dst.x) / 2 - along.y * aside * 2,
    y: (src.y + dst.y) / 2 + along.x * aside * 2,
  };
  const path =
    aside === 0
      ? `M${src.x} ${src.y}L${dst.x} ${dst.y}`
      : `M${src.x} ${src.y}Q${round(control.x)} ${round(control.y)} ${dst.x} ${dst.y}`;
  return { path, length: Math.hypot(length, aside * 2), at: (share) => onCurve(src, control, dst, share) };
}

/**
 * How far a cable must stand aside: of the others between the same two things, and of things that stand in its way, on the side
 * that they leave free.
 *
 * @param lane which of the cables between the same two it is, from 0; `lanes` how many there are
 * @param others the middles of all other things
 */
export function asideOf(src: Point, dst: Point, lane: number, lanes: number, others: Iterable<Point>): number {
  const along = { x: dst.x - src.x, y: dst.y - src.y };
  const length = Math.hypot(along.x, along.y);
  const { level, upright } = BUNDLE_GAP;
  const gap = level + (upright - level) * (length === 0 ? 0 : Math.abs(along.y) / length);
  const inBundle = (lane - (lanes - 1) / 2) * gap;
  let inTheWay = 0;
  let side = 0;
  for (const { x, y } of others) {
    const forth = ((x - src.x) * along.x + (y - src.y) * along.y) / length;
    const off = ((x - src.x) * along.y - (y - src.y) * along.x) / length;
    const isBetween = forth > END && forth < length - END;
    if (!isBetween || Math.abs(off) >= CLEARANCE) continue;
    inTheWay++;
    side += off;
  }
  if (inTheWay === 0) return inBundle;
  const detour = DETOUR + (inTheWay - 1) * DETOUR_MORE;
  const isBack = inBundle === 0 ? side < 0 : inBundle < 0;
  return inBundle + (isBack ? -detour : detour);
}

function onCurve(src: Point, control: Point, dst: Point, t: number): Point {
  const at = (a: number, b: number, c: number): number => round((1 - t) ** 2 * a + 2 * (1 - t) * t * b + t ** 2 * c);
  return { x: at(src.x, control.x, dst.x), y: at(src.y, control.y, dst.y) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The arrow that points from one point to another, of eight. */
export function arrowAlong(from: Point, to: Point): string {
  const eighths = Math.round((Math.atan2(to.y - from.y, to.x - from.x) / Math.PI) * 4);
  return ["→", "↘", "↓", "↙", "←", "↖", "↑", "↗"][(eighths + 8) % 8] ?? "→";
}

/** What stands nearest to a point. */
export function nearestOf<K>(point: Point, others: Iterable<readonly [K, Point]>): K | undefined {
  let best: K | undefined;
  let least = Infinity;
  for (const [key, place] of others) {
    const far = distance(place, point);
    if (far >= least) continue;
    least = far;
    best = key;
  }
  return best;
}

/** The next thing from `from` in a direction: near, and rather straight ahead. Undefined: nothing lies there. */
export function nextInDirection<K>(
  from: Point,
  direction: Point,
  others: Iterable<readonly [K, Point]>,
): K | undefined {
  let best: K | undefined;
  let least = Infinity;
  for (const [key, { x, y }] of others) {
    const ahead = (x - from.x) * direction.x + (y - from.y) * direction.y;
    const aside = Math.abs((x - from.x) * direction.y) + Math.abs((y - from.y) * direction.x);
    if (ahead <= 0 || aside > ahead * 2) continue;
    const cost = ahead + aside * 2;
    if (cost < least) {
      least = cost;
      best = key;
    }
  }
  return best;
}
