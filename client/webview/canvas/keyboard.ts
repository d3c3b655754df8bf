import type { Actions } from "./actions.js";
import type { Cabling } from "./cabling.js";
import type { Drawing } from "./drawing.js";
import { added, GRID, nextInDirection, type Point } from "./geometry.js";
import type { Gestures } from "./gestures.js";
import type { Host } from "./host.js";
import type { Menus } from "./menus.js";
import type { Palette } from "./palette.js";
import type { Picked } from "./picked.js";
import type { Key, Scene } from "./scene.js";
import type { Viewport } from "./viewport.js";

export interface KeyboardSetting {
  readonly stage: SVGSVGElement;
  readonly host: Host;
  readonly scene: Scene;
  readonly drawing: Drawing;
  readonly picked: Picked;
  readonly viewport: Viewport;
  readonly cabling: Cabling;
  readonly gestures: Gestures;
  readonly palette: Palette;
  readonly actions: Actions;
  readonly menus: Menus;
  readonly isOpen: () => boolean;
}

const DIRECTIONS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** What the keys do while the stage has the focus. Everything that a mouse can do is here too. */
export class Keyboard {
  readonly #setting: KeyboardSetting;
  readonly #commands: Readonly<Record<string, () => void>>;
  /** Things that are moved by arrows while Control is held; one change when it is let go. */
  #moving: Map<Key, Point> | undefined;

  constructor(setting: KeyboardSetting) {
    this.#setting = setting;
    this.#commands = commandsOf(setting, (step) => this.#nextCable(step));
    setting.stage.addEventListener("keydown", (event) => this.#down(event));
    window.addEventListener("keyup", ({ key }) => {
      if (key === "Control" || key === "Meta") this.#finishMove();
    });
    window.addEventListener("blur", () => this.#finishMove());
    setting.stage.addEventListener("focusin", ({ target }) => {
      const thing = target instanceof Element ? target.closest<SVGGElement>(".thing") : null;
      const key = thing?.dataset["key"];
      if (key !== undefined) setting.cabling.offer(key);
    });
  }

  #down(event: KeyboardEvent): void {
    const direction = DIRECTIONS[event.key];
    const control = event.ctrlKey || event.metaKey;
    if (event.altKey) return;
    if (direction !== undefined) {
      taken(event);
      if (control) this.#move(direction, event.shiftKey);
      else this.#go(direction, event.shiftKey);
      return;
    }
    if (this.#setting.cabling.isUnderWay && this.#finishCable(event.key)) {
      taken(event);
      return;
    }
    const name = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    const command =
      this.#commands[`${control ? "Ctrl+" : ""}${event.shiftKey && event.key.length > 1 ? "Shift+" : ""}${name}`];
    if (command === undefined) return;
    taken(event);
    command();
  }

  /** The focus goes to the next thing that way; with Shift what it leaves stays picked. */
  #go(direction: Point, extend: boolean): void {
    const { scene, picked, cabling, viewport } = this.#setting;
    const { current } = picked;
    if (current === undefined) return;
    const others = [...scene.positions].filter(([key]) => key !== current);
    const isOnThing = picked.things.size > 0 || cabling.isUnderWay;
    const next = isOnThing ? nextInDirection(scene.at(current), direction, others) : current;
    if (next === undefined) return;
    if (extend) picked.add([next]);
    else if (!cabling.isUnderWay) picked.set([next]);
    picked.focus(next);
    if (cabling.isUnderWay) cabling.preview(next);
    viewport.reach(scene.at(next));
  }

  #move(direction: Point, far: boolean): void {
    const { scene, picked, drawing, viewport, isOpen } = this.#setting;
    if (picked.things.size === 0 || !isOpen()) return;
    const step = far ? GRID * 5 : GRID;
    this.#moving = new Map(
      [...picked.things].map((key) => [key, added(scene.at(key), { x: direction.x * step, y: direction.y * step })]),
    );
    for (const [key, point] of this.#moving) scene.hold(key, point);
    drawing.place(this.#moving.keys());
    if (picked.current !== undefined) viewport.reach(scene.at(picked.current));
  }

  #finishMove(): void {
    const places = this.#moving;
    this.#moving = undefined;
    if (places !== undefined) void this.#setting.gestures.move(places);
  }

  /** @returns whether the key was for the cable */
  #finishCable(key: string): boolean {
    const { cabling, picked } = this.#setting;
    if (key === "Enter") cabling.finish(picked.current);
    else if (key === "Escape") cabling.cancel();
    else return false;
    return true;
  }

  /** Goes through the cables of the thing that had the focus. */
  #nextCable(step: number): void {
    const { scene, picked, drawing } = this.#setting;
    if (picked.current === undefined) return;
    const cables = scene.cablesAt(picked.current);
    const at = cables.findIndex(({ id }) => id === picked.singleCable);
    const next = cables[at < 0 ? 0 : (at + step + cables.length) % cables.length];
    if (next === undefined) return;
    picked.set([], [next.id]);
    drawing.cableElement(next.id)?.focus({ preventScroll: true });
  }
}

/** What a key does here it does only here: VS Code listens on the page's window, for the editor that it takes for the active one. */
function taken(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

function commandsOf(
  { host, picked, viewport, cabling, palette, actions, menus, scene }: KeyboardSetting,
  nextCable: (step: number) => void,
): Readonly<Record<string, () => void>> {
  const enter = (): void => {
    const { singleCable, current } = picked;
    if (singleCable !== undefined) actions.ports(singleCable);
    else if (current !== undefined) actions.enter(current);
  };
  const rename = (): void => {
    if (picked.current !== undefined && picked.things.size > 0) actions.rename(picked.current);
  };
  const reveal = (): void => {
    const { singleCable, current } = picked;
    if (singleCable !== undefined) host.reveal({ kind: "link", id: singleCable });
    else if (current !== undefined) actions.reveal(current);
  };
  const escape = (): void => {
    const { current, cables } = picked;
    cabling.cancel();
    // From a cable back to the thing it was reached from.
    if (cables.size > 0 && current !== undefined && scene.things.has(current)) {
      picked.set([current]);
      picked.focus(current);
    } else picked.set([]);
  };
  return {
    Enter: enter,
    F2: rename,
    T: reveal,
    Delete: () => actions.remove(),
    Backspace: () => actions.remove(),
    Escape: escape,
    C: () => actions.cable(),
    P: () => nextCable(1),
    N: () => actions.addNote(),
    G: () => actions.setGroups(),
    E: () => {
      if (picked.single !== undefined) actions.setExternal(picked.single);
    },
    A: () => palette.open(),
    Insert: () => palette.open(),
    "/": () => actions.find(),
    "Ctrl+F": () => actions.find(),
    "Ctrl+A": () => actions.selectAll(),
    "Ctrl+D": () => actions.duplicate(),
    "0": () => viewport.fit(),
    "+": () => viewport.zoomIn(),
    "=": () => viewport.zoomIn(),
    "-": () => viewport.zoomOut(),
    ContextMenu: () => menus.open(),
    "Shift+F10": () => menus.open(),
    " ": () => undefined,
  };
}
