import { onEscape } from "./dom.js";
import type { Point } from "./geometry.js";

let closeOpen: (() => void) | undefined;

/** Closes what is open, as when something else is done. */
export function closePopup(): void {
  closeOpen?.();
}

/**
 * Shows an element over the stage at a point of it, moved inside where it would not fit. There is one at a time. It closes on
 * Escape, on a press elsewhere and when the focus leaves it; the focus then returns to where it was.
 */
export function openPopup(popup: HTMLElement, at: Point): () => void {
  closePopup();
  const stage = document.getElementById("stage")?.parentElement ?? document.body;
  const before = document.activeElement;
  const ended = new AbortController();
  const { signal } = ended;
  const close = (): void => {
    if (signal.aborted) return;
    const hadFocus = popup.contains(document.activeElement);
    ended.abort();
    if (closeOpen === close) closeOpen = undefined;
    popup.remove();
    if (hadFocus && (before instanceof HTMLElement || before instanceof SVGElement) && before.isConnected) {
      before.focus({ preventScroll: true });
    }
  };
  closeOpen = close;
  popup.classList.add("popup");
  stage.append(popup);
  const { clientWidth, clientHeight } = stage;
  popup.style.left = `${Math.max(4, Math.min(at.x, clientWidth - popup.offsetWidth - 4))}px`;
  popup.style.top = `${Math.max(4, Math.min(at.y, clientHeight - popup.offsetHeight - 4))}px`;

  window.addEventListener(
    "pointerdown",
    ({ target }) => {
      if (target instanceof Node && !popup.contains(target)) close();
    },
    { signal, capture: true },
  );
  onEscape(close, signal);
  window.addEventListener("blur", close, { signal });
  return close;
}
