import { onEscape } from "./dom.js";
import type { Point } from "./geometry.js";

/** How far the hand must go, in pixels, before a press becomes a drag. */
const THRESHOLD = 4;

export interface DragHandlers {
  /** The drag begins; only now, so that a click changes nothing. */
  readonly start?: () => void;
  /** @param at point of the window @param by how far from the press */
  readonly move: (at: Point, by: Point) => void;
  readonly drop: (at: Point) => void;
  /** Given up: Escape, or the window took the pointer away. */
  readonly cancel: () => void;
  /** Let go where it was pressed. */
  readonly click?: () => void;
}

/** Follows the pointer from a press until it is let go. */
export function drag(press: PointerEvent, handlers: DragHandlers): void {
  const ended = new AbortController();
  const { signal } = ended;
  const { pointerId } = press;
  const from = { x: press.clientX, y: press.clientY };
  let started = false;

  const cancel = (): void => {
    ended.abort();
    document.body.classList.remove("dragging");
    if (started) handlers.cancel();
  };
  window.addEventListener(
    "pointermove",
    (event) => {
      if (event.pointerId !== pointerId) return;
      const by = { x: event.clientX - from.x, y: event.clientY - from.y };
      if (!started && Math.hypot(by.x, by.y) < THRESHOLD) return;
      if (!started) {
        started = true;
        document.body.classList.add("dragging");
        handlers.start?.();
      }
      handlers.move({ x: event.clientX, y: event.clientY }, by);
    },
    { signal },
  );
  window.addEventListener(
    "pointerup",
    (event) => {
      if (event.pointerId !== pointerId) return;
      ended.abort();
      document.body.classList.remove("dragging");
      if (started) handlers.drop({ x: event.clientX, y: event.clientY });
      else handlers.click?.();
    },
    { signal },
  );
  window.addEventListener("pointercancel", cancel, { signal });
  window.addEventListener("blur", cancel, { signal });
  onEscape(cancel, signal);
}
