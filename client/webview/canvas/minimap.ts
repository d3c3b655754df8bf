import { drag } from "./drag.js";
import { nearest, type Box, type Point } from "./geometry.js";
import type { Scene } from "./scene.js";
import type { Viewport } from "./viewport.js";

/** The whole lab in small, with what is seen of it; a press there goes there. */
export class Minimap {
  readonly #canvas: HTMLCanvasElement;
  readonly #scene: Scene;
  readonly #viewport: Viewport;
  readonly #bounds: () => Box | undefined;
  #frame = 0;

  constructor(canvas: HTMLCanvasElement, scene: Scene, viewport: Viewport, bounds: () => Box | undefined) {
    this.#canvas = canvas;
    this.#scene = scene;
    this.#viewport = viewport;
    this.#bounds = bounds;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      this.#go({ x: event.clientX, y: event.clientY });
      const go = (at: Point): void => this.#go(at);
      drag(event, { move: go, drop: go, cancel: () => undefined });
    });
  }

  /** Draws at the next frame, however often it is asked until then. */
  draw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #paint(): void {
    const bounds = this.#bounds();
    const { seen } = this.#viewport;
    const whole =
      bounds !== undefined &&
      (seen.left > bounds.left || seen.top > bounds.top || seen.right < bounds.right || seen.bottom < bounds.bottom);
    this.#canvas.hidden = !whole;
    const pen = this.#canvas.getContext("2d");
    if (!whole || pen === null) return;
    const style = getComputedStyle(this.#canvas);
    const { width, height } = this.#canvas;
    const { scale, x, y } = this.#fit(bounds);
    pen.clearRect(0, 0, width, height);
    pen.strokeStyle = style.getPropertyValue("--cable");
    pen.lineWidth = 1;
    pen.beginPath();
    for (const { src, dst } of this.#scene.cables.values()) {
      const [a, b] = [this.#scene.at(src), this.#scene.at(dst)];
      pen.moveTo(a.x * scale + x, a.y * scale + y);
      pen.lineTo(b.x * scale + x, b.y * scale + y);
    }
    pen.stroke();
    pen.fillStyle = style.color;
    const size = Math.max(2, 40 * scale);
    for (const point of this.#scene.positions.values()) {
      pen.fillRect(point.x * scale + x - size / 2, point.y * scale + y - size / 2, size, size);
    }
    pen.strokeStyle = style.getPropertyValue("--seen");
    pen.lineWidth = 2;
    pen.strokeRect(
      seen.left * scale + x,
      seen.top * scale + y,
      (seen.right - seen.left) * scale,
      (seen.bottom - seen.top) * scale,
    );
  }

  #go(at: Point): void {
    const bounds = this.#bounds();
    if (bounds === undefined) return;
    const { left, top, width } = this.#canvas.getBoundingClientRect();
    const { scale, x, y } = this.#fit(bounds);
    const pixels = this.#canvas.width / width;
    const point = { x: ((at.x - left) * pixels - x) / scale, y: ((at.y - top) * pixels - y) / scale };
    // The map may be wider or higher than the lab: beside it there is nothing to see.
    this.#viewport.center(nearest(bounds, point));
  }

  #fit({ left, top, right, bottom }: Box): { scale: number; x: number; y: number } {
    const { width, height } = this.#canvas;
    const scale = Math.min(width / (right - left), height / (bottom - top));
    return { scale, x: (width - (left + right) * scale) / 2, y: (height - (top + bottom) * scale) / 2 };
  }
}
