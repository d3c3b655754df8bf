import type { Point } from "./geometry.js";

let closeOpen: (() => void) | undefined;

/** Closes what is open, as when something else is done. */
export function closePopup(): void {
  closeOpen?.();
}

/**
 * Shows an element over the stage at a point of it, moved inside where it would not fit. There is one at a time. It closes on
 * Escape, on a press elsewhere and when the focus leaves it; the focus then returns to where it was.
 *
 * @param closed called once, whatever closes it
 */
export function openPopup(popup: HTMLElement, at: Point, closed: () => void = () => undefined): () => void {
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
    closed();
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
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      close();
    },
    { signal, capture: true },
  );
  window.addEventListener("blur", close, { signal });
  return close;
}
