import type { Actions, ActionsSetting } from "./actions.js";
import type { Alignment } from "./align.js";
import { snapped, type Point } from "./geometry.js";
import { cableEntries, nodeEntries } from "./live-menu.js";
import { openMenu, type Menu, type MenuEntry } from "./menu.js";
import type { Palette } from "./palette.js";
import { texts } from "./texts.js";

export interface MenusSetting extends Pick<
  ActionsSetting,
  "host" | "stage" | "scene" | "picked" | "viewport" | "isOpen" | "running"
> {
  readonly actions: Actions;
  readonly palette: Palette;
}

/** The canvas' menus: what can be done with what is picked, and with the whole. */
export class Menus {
  readonly #setting: MenusSetting;
  readonly #actions: Actions;

  constructor(setting: MenusSetting) {
    this.#setting = setting;
    this.#actions = setting.actions;
  }

  /** The menu of what is picked; of the canvas when that is nothing. @param at point of the stage */
  open(at: Point = this.#actions.besidePicked()): void {
    const { picked } = this.#setting;
    const menu = picked.isEmpty ? this.#canvasMenu(at) : this.#pickedMenu(at);
    openMenu(menu, at, texts.menu);
  }

  openArrange(at: Point): void {
    const isOpen = this.#setting.isOpen();
    openMenu(
      [
        [
          { label: texts.layered, enabled: isOpen, run: () => this.#actions.arrange("layered") },
          { label: texts.tiers, enabled: isOpen, run: () => this.#actions.arrange("tiers") },
          { label: texts.force, enabled: isOpen, run: () => this.#actions.arrange("force") },
        ],
        [{ label: texts.automatic, enabled: isOpen, run: () => this.#actions.arrangeFreely() }],
      ],
      at,
      texts.arrange,
    );
  }

  #pickedMenu(at: Point): Menu {
    const { picked, host, scene, running } = this.#setting;
    const isOpen = this.#setting.isOpen();
    const { single, singleCable: cable } = picked;
    const thing = single === undefined ? undefined : scene.things.get(single);
    const entry = (label: string, key: string, run: () => void, enabled = true): MenuEntry => ({
      label,
      key,
      run,
      enabled: enabled && isOpen,
    });
    const live =
      cable === undefined ? nodeEntries(host, running(), picked.nodes) : cableEntries(host, running(), cable);
    const show: MenuEntry[] = [];
    if (single !== undefined) show.push({ label: texts.reveal, key: "T", run: () => this.#actions.reveal(single) });
    if (cable !== undefined) {
      show.push({ label: texts.reveal, key: "T", run: () => host.reveal({ kind: "link", id: cable }) });
    }
    const change: MenuEntry[] = [];
    if (cable !== undefined) change.push(entry(texts.changePorts, "Enter", () => this.#actions.ports(cable)));
    if (picked.things.size > 0 && picked.things.size <= 2)
      change.push(entry(texts.cable, "C", () => this.#actions.cable()));
    if (single !== undefined) change.push(entry(texts.rename, "F2", () => this.#actions.rename(single)));
    if (single !== undefined && thing?.kind === "bridge") {
      change.push(entry(texts.setExternal, "E", () => this.#actions.setExternal(single)));
    }
    if (picked.nodes.length > 0) {
      change.push(entry(texts.setGroups, "G", () => this.#actions.setGroups()));
      change.push(entry(texts.duplicate, "Ctrl+D", () => this.#actions.duplicate()));
    }
    if (picked.things.size > 1) {
      change.push({ label: texts.align, enabled: isOpen, run: () => this.#openAlign(at) });
    }
    return [live, show, change, [entry(texts.delete, "Del", () => this.#actions.remove())]];
  }

  #openAlign(at: Point): void {
    const entry = (label: string, alignment: Alignment): MenuEntry => ({
      label,
      run: () => this.#actions.align(alignment),
    });
    openMenu(
      [
        [entry(texts.alignLeft, "left"), entry(texts.alignCenter, "center"), entry(texts.alignRight, "right")],
        [entry(texts.alignTop, "top"), entry(texts.alignMiddle, "middle"), entry(texts.alignBottom, "bottom")],
        [entry(texts.spaceAcross, "across"), entry(texts.spaceDown, "down")],
      ],
      at,
      texts.align,
    );
  }

  #canvasMenu(at: Point): Menu {
    const { viewport, palette, host, stage } = this.#setting;
    const isOpen = this.#setting.isOpen();
    const { left, top } = stage.getBoundingClientRect();
    const place = snapped(viewport.toWorld({ x: at.x + left, y: at.y + top }));
    return [
      [
        { label: texts.addNode, key: "A", enabled: isOpen, run: () => palette.open() },
        { label: texts.addNote, key: "N", enabled: isOpen, run: () => this.#actions.addNote(place) },
      ],
      [
        { label: texts.selectAll, key: "Ctrl+A", run: () => this.#actions.selectAll() },
        { label: texts.find, key: "Ctrl+F", run: () => this.#actions.find() },
        { label: texts.arrange, run: () => this.openArrange(at) },
        { label: texts.fit, key: "0", run: () => viewport.fit() },
      ],
      [
        { label: texts.deploy, run: () => host.command("deploy") },
        { label: texts.plan, run: () => host.command("plan") },
        { label: texts.openText, run: () => host.command("openText") },
      ],
    ];
  }
}
