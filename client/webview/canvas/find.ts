import { openPopup } from "./popup.js";
import { html } from "./dom.js";
import type { Key, Scene } from "./scene.js";
import { matches } from "./search.js";
import { fill, texts } from "./texts.js";

export interface FindSetting {
  readonly scene: Scene;
  readonly stage: SVGSVGElement;
  /** Marks what was found. */
  readonly pick: (keys: readonly Key[]) => void;
  /** Shows one of them. */
  readonly show: (key: Key) => void;
}

/** Finds things by name, model or group. Enter goes from one to the next. */
export function openFind({ scene, stage, pick, show }: FindSetting): void {
  const field = html("input", {
    type: "search",
    placeholder: texts.find,
    "aria-label": texts.find,
    spellcheck: "false",
  });
  const count = html("span", { class: "count", role: "status" });
  let found: readonly Key[] = [];
  let at = -1;
  const search = (): void => {
    found = field.value.trim() === "" ? [] : findIn(scene, field.value);
    at = -1;
    count.textContent = field.value.trim() === "" ? "" : fill(texts.found, found.length);
    pick(found);
  };
  const go = (step: number): void => {
    if (found.length === 0) return;
    at = (at + step + found.length) % found.length;
    const key = found[at];
    if (key !== undefined) show(key);
    count.textContent = fill(texts.foundOf, at + 1, found.length);
  };
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    go(event.shiftKey ? -1 : 1);
  });
  const popup = html("div", { class: "find", role: "search" }, field, count);
  openPopup(popup, { x: stage.clientWidth, y: 8 });
  field.focus();
}

function findIn({ things }: Scene, search: string): Key[] {
  return [...things.values()].flatMap((thing) => {
    const words = thing.kind === "node" ? [thing.node.title, thing.node.model, ...thing.node.groups] : [];
    return matches(search, thing.name, ...words) ? [thing.key] : [];
  });
}
