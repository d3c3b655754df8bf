import type { Cabling } from "./cabling.js";
import { drag } from "./drag.js";
import { svg } from "./dom.js";
import type { Drawing } from "./drawing.js";
import { boxBetween, contains, snapped, type Point } from "./geometry.js";
import type { Gestures } from "./gestures.js";
import type { Picked } from "./picked.js";
import type { Regrouper } from "./regrouping.js";
import type { Key, Scene } from "./scene.js";
import type { Viewport } from "./viewport.js";

export interface HandsSetting {
  readonly stage: SVGSVGElement;
  readonly scene: Scene;
  readonly drawing: Drawing;
  readonly viewport: Viewport;
  readonly picked: Picked;
  readonly cabling: Cabling;
  readonly gestures: Gestures;
  readonly regrouper: Regrouper;
  readonly isOpen: () => boolean;
  /** A double click. */
  readonly enter: (key: Key) => void;
  readonly enterCable: (id: string) => void;
  readonly rename: (group: string) => void;
}

/** What the mouse does on the stage: picks, moves, boxes, pans. */
export class Hands {
  readonly #setting: HandsSetting;
  readonly #box = svg("rect", { class: "box" });
  #isSpaceDown = false;

  constructor(setting: HandsSetting) {
    this.#setting = setting;
    const { stage, cabling } = setting;
    stage.addEventListener("pointerdown", (event) => this.#press(event));
    stage.addEventListener("pointermove", (event) => this.#hover(event));
    stage.addEventListener("pointerleave", () => cabling.offer(setting.picked.single));
    stage.addEventListener("dblclick", (event) => this.#enter(event));
    const panOnSpace = ({ key, target }: KeyboardEvent): void => {
      if (key === " " && target instanceof SVGElement) this.#setPanning(true);
    };
    window.addEventListener("keydown", panOnSpace, { capture: true });
    window.addEventListener("keyup", ({ key }) => {
      if (key === " ") this.#setPanning(false);
    });
    window.addEventListener("blur", () => this.#setPanning(false));
  }

  #setPanning(on: boolean): void {
    this.#isSpaceDown = on;
    this.#setting.stage.classList.toggle("panning", on);
  }

  #press(event: PointerEvent): void {
    const { cabling, picked } = this.#setting;
    if (event.button === 1 || (event.button === 0 && this.#isSpaceDown)) {
      this.#pan(event);
      return;
    }
    const { key, cable, group } = under(event);
    if (event.button === 2) {
      // The menu that follows is about what lies under the mouse.
      if (key !== undefined && !picked.things.has(key)) picked.set([key]);
      else if (cable !== undefined && !picked.cables.has(cable)) picked.set([], [cable]);
      return;
    }
    if (event.button !== 0) return;
    if (cabling.isUnderWay) cabling.finish(key);
    else if (key !== undefined) this.#pressThing(event, key);
    else if (cable !== undefined) this.#pickCable(cable);
    else if (group !== undefined) this.#pressFrame(event, group);
    else this.#drawBox(event);
  }

  #pressThing(event: PointerEvent, key: Key): void {
    const { picked } = this.#setting;
    event.preventDefault();
    const adds = event.shiftKey || event.ctrlKey || event.metaKey;
    const wasPicked = picked.things.has(key);
    if (adds) picked.toggle(key);
    else if (!wasPicked) picked.set([key]);
    picked.focus(key);
    this.#move(event, picked.things, true, () => {
      if (!adds && wasPicked) picked.set([key]);
    });
  }

  #pressFrame(event: PointerEvent, group: string): void {
    event.preventDefault();
    const keys = this.#setting.scene.frames.get(group) ?? [];
    this.#setting.picked.set(keys);
    const [first] = keys;
    if (first !== undefined) this.#setting.picked.focus(first);
    this.#move(event, keys, false);
  }

  #pickCable(id: string): void {
    this.#setting.picked.set([], [id]);
    this.#setting.drawing.cableElement(id)?.focus();
  }

  #move(event: PointerEvent, keys: Iterable<Key>, canRegroup: boolean, click?: () => void): void {
    const { scene, drawing, viewport, gestures, regrouper } = this.#setting;
    const from = new Map<Key, Point>([...keys].map((key) => [key, scene.at(key)]));
    const [lead] = from.values();
    if (!this.#setting.isOpen() || lead === undefined) return;
    /** All move as far as the first one, from point to point of the grid. */
    const moved = (by: Point): Map<Key, Point> => {
      const to = snapped({ x: lead.x + by.x / viewport.scale, y: lead.y + by.y / viewport.scale });
      const offset = { x: to.x - lead.x, y: to.y - lead.y };
      return new Map([...from].map(([key, { x, y }]) => [key, { x: x + offset.x, y: y + offset.y }]));
    };
    let places = from;
    const inHand = new Set(from.keys());
    drag(event, {
      move: (at, by, shift) => {
        places = moved(by);
        for (const [key, point] of places) scene.hold(key, point);
        drawing.place(places.keys());
        if (canRegroup) regrouper.preview(inHand, viewport.toWorld(at), shift);
      },
      drop: (at, shift) => {
        const rounded = new Map([...places].map(([key, point]) => [key, snapped(point)]));
        // The text has become half typed meanwhile: the page says so.
        if (!this.#setting.isOpen()) {
          regrouper.end();
          gestures.putBack();
          return;
        }
        const regrouping = canRegroup ? regrouper.preview(inHand, viewport.toWorld(at), shift) : undefined;
        regrouper.end();
        if (regrouping === undefined) void gestures.move(rounded);
        else void gestures.regroup(rounded, regrouping.group);
      },
      cancel: () => {
        regrouper.end();
        gestures.putBack();
      },
      ...(click === undefined ? {} : { click }),
    });
  }

  #drawBox(event: PointerEvent): void {
    const { stage, scene, viewport, picked } = this.#setting;
    const { left, top } = stage.getBoundingClientRect();
    const from = { x: event.clientX, y: event.clientY };
    const before = event.shiftKey ? [...picked.things] : [];
    drag(event, {
      start: () => stage.append(this.#box),
      move: (at) => {
        const box = boxBetween(from, at);
        this.#box.setAttribute("x", String(box.left - left));
        this.#box.setAttribute("y", String(box.top - top));
        this.#box.setAttribute("width", String(box.right - box.left));
        this.#box.setAttribute("height", String(box.bottom - box.top));
        const inside = boxBetween(viewport.toWorld(from), viewport.toWorld(at));
        const keys = [...scene.things.keys()].filter((key) => contains(inside, scene.at(key)));
        picked.set([...before, ...keys]);
      },
      drop: () => {
        this.#box.remove();
        const [first] = picked.things;
        if (first !== undefined) picked.focus(first);
      },
      cancel: () => {
        this.#box.remove();
        picked.set(before);
      },
      click: () => picked.set(before),
    });
  }

  #pan(event: PointerEvent): void {
    event.preventDefault();
    const { viewport } = this.#setting;
    let last: Point = { x: 0, y: 0 };
    const end = (): void => undefined;
    drag(event, {
      move: (_at, by) => {
        viewport.pan(by.x - last.x, by.y - last.y);
        last = by;
      },
      drop: end,
      cancel: end,
    });
  }

  #hover(event: PointerEvent): void {
    const { cabling, picked } = this.#setting;
    const { key } = under(event);
    if (cabling.isUnderWay) cabling.preview(key);
    else if (event.buttons === 0) cabling.offer(key ?? picked.single);
  }

  #enter(event: MouseEvent): void {
    const { key, cable, group } = under(event);
    if (event.target instanceof Element && event.target.closest(".handle") !== null) return;
    if (key !== undefined) this.#setting.enter(key);
    else if (cable !== undefined) this.#setting.enterCable(cable);
    else if (group !== undefined) this.#setting.rename(group);
  }
}

/** What lies under the mouse. */
export function under({ target }: Event): {
  key?: Key | undefined;
  cable?: string | undefined;
  group?: string | undefined;
} {
  if (!(target instanceof Element)) return {};
  return {
    key: target.closest<SVGGElement>(".thing")?.dataset["key"],
    cable: target.closest<SVGGElement>(".cable")?.dataset["id"],
    group: target.closest<SVGGElement>(".frame > .title")?.parentElement?.dataset["group"],
  };
}
