import { drag } from "./drag.js";
import type { Drawing } from "./drawing.js";
import { svg } from "./dom.js";
import type { Point } from "./geometry.js";
import type { Key, Scene } from "./scene.js";
import { texts } from "./texts.js";
import type { Viewport } from "./viewport.js";

export interface CablingSetting {
  readonly scene: Scene;
  readonly drawing: Drawing;
  readonly viewport: Viewport;
  readonly world: SVGGElement;
  /** Whether the manifest can be changed now. */
  readonly isOpen: () => boolean;
  readonly connect: (from: Key, to: Key) => void;
  readonly announce: (text: string) => void;
}

/**
 * Drawing a cable: by the handle that stands beside a thing under the mouse or with the focus, dragged to another thing; or
 * by key, which plugs one end in and waits for the other.
 */
export class Cabling {
  readonly #setting: CablingSetting;
  readonly #handle = handle();
  readonly #draft = svg("path", { class: "draft" });
  #from: Key | undefined;
  #target: Key | undefined;

  constructor(setting: CablingSetting) {
    this.#setting = setting;
    this.#handle.addEventListener("pointerdown", (event) => this.#press(event));
  }

  /** Whether one end is plugged in and waits for the other. */
  get isUnderWay(): boolean {
    return this.#from !== undefined;
  }

  /** Shows the handle beside a thing that a cable can begin at, or nowhere. */
  offer(key: Key | undefined): void {
    if (this.isUnderWay) return;
    const thing = key === undefined ? undefined : this.#setting.scene.things.get(key);
    const canBegin = thing !== undefined && thing.kind !== "note" && this.#setting.isOpen();
    const element = canBegin ? this.#setting.drawing.element(thing.key) : undefined;
    if (element === undefined) this.#handle.remove();
    // Below the card, all of which is for moving it.
    else if (!element.contains(this.#handle)) element.prepend(this.#handle);
  }

  /** Plugs the first end in; `preview` and `finish` do the rest. */
  begin(from: Key): void {
    if (!this.#setting.isOpen()) return;
    this.#from = from;
    this.#setting.world.append(this.#draft);
    this.#setting.drawing.element(from)?.classList.add("source");
    this.#setting.announce(texts.cableBegun);
  }

  /** Shows the cable as it would lead to a thing. */
  preview(to: Key | undefined): void {
    this.#mark(to === this.#from ? undefined : to);
    if (this.#from === undefined || to === undefined) this.#draft.removeAttribute("d");
    else this.#lead(this.#setting.scene.at(to));
  }

  /** Plugs the other end in. */
  finish(to: Key | undefined): void {
    const from = this.#from;
    this.cancel();
    if (from === undefined || to === undefined || from === to) return;
    if (this.#setting.scene.things.get(to)?.kind !== "note") this.#setting.connect(from, to);
  }

  cancel(): void {
    if (this.#from !== undefined) this.#setting.drawing.element(this.#from)?.classList.remove("source");
    if (this.#from !== undefined) this.#setting.announce("");
    this.#from = undefined;
    this.#mark(undefined);
    this.#draft.remove();
    this.#draft.removeAttribute("d");
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0) return;
    const from = this.#handle.closest<SVGGElement>(".thing")?.dataset["key"];
    if (from === undefined) return;
    event.stopPropagation();
    event.preventDefault();
    drag(event, {
      start: () => this.begin(from),
      move: (at) => {
        const target = this.#thingAt(at);
        this.#mark(target === from ? undefined : target);
        this.#lead(target === undefined ? this.#setting.viewport.toWorld(at) : this.#setting.scene.at(target));
      },
      drop: (at) => this.finish(this.#thingAt(at)),
      cancel: () => this.cancel(),
      // A click plugs the first end in: the next click on a thing plugs in the other.
      click: () => this.begin(from),
    });
  }

  #lead(to: Point): void {
    if (this.#from === undefined) return;
    const from = this.#setting.scene.at(this.#from);
    this.#draft.setAttribute("d", `M${from.x} ${from.y}L${to.x} ${to.y}`);
  }

  #mark(key: Key | undefined): void {
    if (key === this.#target) return;
    const { drawing } = this.#setting;
    if (this.#target !== undefined) drawing.element(this.#target)?.classList.remove("target");
    if (key !== undefined) drawing.element(key)?.classList.add("target");
    this.#target = key;
  }

  #thingAt({ x, y }: Point): Key | undefined {
    const thing = document.elementFromPoint(x, y)?.closest<SVGGElement>(".thing:not(.note)");
    return thing?.dataset["key"];
  }
}

/** A plug beside the card; the clear strip between keeps the mouse on the thing on its way there. */
function handle(): SVGGElement {
  return svg(
    "g",
    { class: "handle" },
    svg("rect", { class: "bridge-gap", x: -18, y: -52, width: 36, height: 36 }),
    svg("circle", { cx: 0, cy: -40, r: 11 }),
    svg("path", { d: "M-5 -40h10M0 -45v10" }),
    svg("title", {}, texts.dragCable),
  );
}
