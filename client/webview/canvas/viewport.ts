import type { Box, Point } from "./geometry.js";

const RANGE = { least: 0.04, most: 4 };
const LARGEST_FIT = 1.25;
const STEP = 1.2;
/** Names of ports are shown from this scale on, names of nodes from the second. */
const NEAR = 0.62;
const FAR = 0.3;
const EDGE = 24;

export interface ViewState {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** What part of the world the stage shows. Points of the window are `clientX` and `clientY` of events. */
export class Viewport {
  readonly #stage: SVGSVGElement;
  readonly #world: SVGGElement;
  readonly #bounds: () => Box | undefined;
  readonly #changed: () => void;
  /** Kept, because to ask for it right after drawing would lay the whole picture out once more. */
  #size = { width: 1, height: 1 };
  #x = 0;
  #y = 0;
  #scale = 1;
  /** Until somebody moves the view, the whole lab fits. */
  #touched = false;

  constructor(stage: SVGSVGElement, world: SVGGElement, bounds: () => Box | undefined, changed: () => void) {
    this.#stage = stage;
    this.#world = world;
    this.#bounds = bounds;
    this.#changed = changed;
    this.#measure();
    new ResizeObserver(() => {
      this.#measure();
      this.settle();
    }).observe(stage);
    stage.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  get scale(): number {
    return this.#scale;
  }

  get state(): ViewState | undefined {
    return this.#touched ? { x: this.#x, y: this.#y, scale: this.#scale } : undefined;
  }

  /** Takes up a view that was left earlier. */
  restore({ x, y, scale }: ViewState): void {
    this.#x = x;
    this.#y = y;
    this.#scale = scale;
    this.#touched = true;
    this.#apply();
  }

  /** The picture or the stage has another size. */
  settle(): void {
    if (this.#touched) this.#apply();
    else this.fit();
  }

  /** The whole lab, in the middle. */
  fit(): void {
    this.#touched = false;
    const box = this.#bounds();
    if (box !== undefined) this.#show(box, LARGEST_FIT);
    this.#apply();
  }

  zoomIn(): void {
    this.zoom(STEP);
  }

  zoomOut(): void {
    this.zoom(1 / STEP);
  }

  /** Around a point of the window; by default the stage's middle. */
  zoom(factor: number, around?: Point): void {
    const { left, top } = this.#stage.getBoundingClientRect();
    const { width, height } = this.#size;
    const x = around === undefined ? width / 2 : around.x - left;
    const y = around === undefined ? height / 2 : around.y - top;
    const scale = clamp(this.#scale * factor);
    this.#x = x - ((x - this.#x) * scale) / this.#scale;
    this.#y = y - ((y - this.#y) * scale) / this.#scale;
    this.#scale = scale;
    this.#touched = true;
    this.#apply();
  }

  pan(x: number, y: number): void {
    this.#x += x;
    this.#y += y;
    this.#touched = true;
    this.#apply();
  }

  /** Puts a point of the world into the middle. */
  center({ x, y }: Point): void {
    const { width, height } = this.#size;
    this.#x = width / 2 - x * this.#scale;
    this.#y = height / 2 - y * this.#scale;
    this.#touched = true;
    this.#apply();
  }

  /** Moves the view as little as needed to have a point of the world in it. */
  reach(point: Point): void {
    const { width, height } = this.#size;
    const x = this.#x + point.x * this.#scale;
    const y = this.#y + point.y * this.#scale;
    const room = 60;
    const by = (at: number, size: number): number => (at < room ? room - at : at > size - room ? size - room - at : 0);
    const dx = by(x, width);
    const dy = by(y, height);
    if (dx !== 0 || dy !== 0) this.pan(dx, dy);
  }

  toWorld(point: Point): Point {
    const { left, top } = this.#stage.getBoundingClientRect();
    return { x: (point.x - left - this.#x) / this.#scale, y: (point.y - top - this.#y) / this.#scale };
  }

  /** From the world to the stage's upper left corner. */
  toStage({ x, y }: Point): Point {
    return { x: this.#x + x * this.#scale, y: this.#y + y * this.#scale };
  }

  /** The part of the world that is seen. */
  get seen(): Box {
    const { width, height } = this.#size;
    return {
      left: -this.#x / this.#scale,
      top: -this.#y / this.#scale,
      right: (width - this.#x) / this.#scale,
      bottom: (height - this.#y) / this.#scale,
    };
  }

  #measure(): void {
    const { clientWidth, clientHeight } = this.#stage;
    this.#size = { width: Math.max(clientWidth, 1), height: Math.max(clientHeight, 1) };
  }

  #show({ left, top, right, bottom }: Box, largest: number): void {
    const { width, height } = this.#size;
    const fitting = Math.min((width - EDGE * 2) / (right - left), (height - EDGE * 2) / (bottom - top));
    this.#scale = clamp(Math.min(largest, fitting));
    this.#x = (width - (left + right) * this.#scale) / 2;
    this.#y = (height - (top + bottom) * this.#scale) / 2;
  }

  #apply(): void {
    this.#world.setAttribute("transform", `translate(${this.#x} ${this.#y}) scale(${this.#scale})`);
    this.#stage.classList.toggle("middling", this.#scale < NEAR);
    this.#stage.classList.toggle("far", this.#scale < FAR);
    this.#changed();
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey)
      this.zoom(Math.exp(-event.deltaY / 300), { x: event.clientX, y: event.clientY });
    else if (event.shiftKey && event.deltaX === 0) this.pan(-event.deltaY, 0);
    else this.pan(-event.deltaX, -event.deltaY);
  }
}

function clamp(scale: number): number {
  return Math.min(RANGE.most, Math.max(RANGE.least, scale));
}
