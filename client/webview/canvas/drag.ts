import { onEscape } from "./dom.js";
import type { Point } from "./geometry.js";

/** How far the hand must go, in pixels, before a press becomes a drag. */
const THRESHOLD = 4;

export interface DragHandlers {
  /** The drag begins; only now, so that a click changes nothing. */
  readonly start?: () => void;
  /** @param at point of the window @param by how far from the press @param shift whether Shift is held */
  readonly move: (at: Point, by: Point, shift: boolean) => void;
  readonly drop: (at: Point, shift: boolean) => void;
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
  let at = from;
  let started = false;
  // Presses are kept from their default, and so from giving the page the focus.
  window.focus();

  const cancel = (): void => {
    ended.abort();
    document.body.classList.remove("dragging");
    if (started) handlers.cancel();
  };
  window.addEventListener(
    "pointermove",
    (event) => {
      if (event.pointerId !== pointerId) return;
      at = { x: event.clientX, y: event.clientY };
      if (!started && Math.hypot(at.x - from.x, at.y - from.y) < THRESHOLD) return;
      if (!started) {
        started = true;
        document.body.classList.add("dragging");
        handlers.start?.();
      }
      moved(event.shiftKey);
    },
    { signal },
  );
  // Shift says something else about the same place.
  for (const kind of ["keydown", "keyup"] as const) {
    window.addEventListener(kind, ({ key }) => key === "Shift" && started && moved(kind === "keydown"), { signal });
  }
  window.addEventListener(
    "pointerup",
    (event) => {
      if (event.pointerId !== pointerId) return;
      ended.abort();
      document.body.classList.remove("dragging");
      if (started) handlers.drop({ x: event.clientX, y: event.clientY }, event.shiftKey);
      else handlers.click?.();
    },
    { signal },
  );
  window.addEventListener("pointercancel", cancel, { signal });
  window.addEventListener("blur", cancel, { signal });
  onEscape(cancel, signal);

  function moved(shift: boolean): void {
    handlers.move(at, { x: at.x - from.x, y: at.y - from.y }, shift);
  }
}
