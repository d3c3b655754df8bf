import { aligned, type Alignment } from "./align.js";
import type { Cabling } from "./cabling.js";
import { openFind } from "./find.js";
import { boxBetween, middle, snapped, type Point } from "./geometry.js";
import type { Gestures } from "./gestures.js";
import type { Host } from "./host.js";
import { LAYOUTS, type LayoutName } from "./layouts.js";
import { openMenu, type Menu, type MenuEntry } from "./menu.js";
import type { Offer, Palette } from "./palette.js";
import type { Picked } from "./picked.js";
import { freePlace, layoutGraph } from "./placing.js";
import { choosePorts } from "./port-chooser.js";
import type { Cable, Key, Scene } from "./scene.js";
import { askText } from "./text-field.js";
import { fill, texts } from "./texts.js";
import type { Viewport } from "./viewport.js";

export interface ActionsSetting {
  readonly host: Host;
  readonly stage: SVGSVGElement;
  readonly scene: Scene;
  readonly picked: Picked;
  readonly viewport: Viewport;
  readonly gestures: Gestures;
  readonly cabling: Cabling;
  readonly palette: Palette;
  /** Whether the manifest can be changed now. */
  readonly isOpen: () => boolean;
  /** Whether a node runs, so that it has a console. */
  readonly isRunning: (node: string) => boolean;
  /** The next picture is laid out anew. */
  readonly layOutNext: () => void;
  readonly direction: () => "LR" | "RL" | "TB" | "BT";
}

/** Everything that can be done on the canvas, once; mouse, keys, menus and buttons all come here. */
export class Actions {
  readonly #setting: ActionsSetting;
  /** The cable whose ports are shown as soon as it is in the picture. */
  #portsOf: string | undefined;

  constructor(setting: ActionsSetting) {
    this.#setting = setting;
  }

  /** What a double click and Enter do: the console of a node that runs, else its place in the text. */
  enter(key: Key): void {
    const { scene, host, isRunning } = this.#setting;
    const thing = scene.things.get(key);
    if (thing?.kind === "node" && isRunning(thing.name)) host.command("openConsole", thing.name);
    else if (thing?.kind === "note") this.rename(key);
    else this.reveal(key);
  }

  reveal(key: Key): void {
    const thing = this.#setting.scene.things.get(key);
    if (thing?.kind === "node") this.#setting.host.reveal({ kind: "node", name: thing.name });
    else if (thing?.kind === "bridge") this.#setting.host.reveal({ kind: "bridge", name: thing.name });
    else if (thing?.kind === "note") this.#setting.host.reveal({ kind: "note", index: thing.index });
  }

  /** The name or text, in place. */
  rename(key: Key): void {
    const { scene, viewport, gestures, isOpen } = this.#setting;
    const thing = scene.things.get(key);
    if (thing === undefined || !isOpen()) return;
    const { x, y } = viewport.toStage(scene.at(key));
    askText({
      at: { x: x - 80, y: thing.kind === "note" ? y - 20 : y + 24 * viewport.scale },
      label: thing.kind === "note" ? texts.noteText : fill(texts.newNameOf, thing.name),
      value: thing.name,
      lines: thing.kind === "note",
      done: (text) => {
        if (text !== "") void gestures.rename(key, text);
      },
    });
  }

  renameGroup(group: string): void {
    const { scene, viewport, gestures, isOpen } = this.#setting;
    const [first] = scene.frames.get(group) ?? [];
    if (first === undefined || !isOpen()) return;
    const { x, y } = viewport.toStage(scene.at(first));
    askText({
      at: { x: x - 80, y: y - 70 * viewport.scale },
      label: fill(texts.newNameOf, group),
      value: group,
      done: (text) => {
        if (text !== "") void gestures.renameGroup(group, text);
      },
    });
  }

  /** The groups of what is picked, as names with commas between. */
  setGroups(): void {
    const { scene, picked, gestures, isOpen } = this.#setting;
    const nodes = new Set(picked.nodes);
    if (nodes.size === 0 || !isOpen()) return;
    const groups = [...scene.things.values()].flatMap((thing) =>
      thing.kind === "node" && nodes.has(thing.name) ? [thing.node.groups] : [],
    );
    const [first = []] = groups;
    askText({
      at: this.#besidePicked(),
      label: texts.groupsOf,
      value: groups.every((each) => each.join() === first.join()) ? first.join(", ") : "",
      choices: [...scene.frames.keys()],
      done: (text) => {
        const names = text.split(",").map((name) => name.trim());
        void gestures.setGroups(names.filter((name) => name !== ""));
      },
    });
  }

  remove(): void {
    if (!this.#setting.picked.isEmpty && this.#setting.isOpen()) void this.#setting.gestures.remove();
  }

  duplicate(): void {
    if (this.#setting.picked.nodes.length > 0 && this.#setting.isOpen()) void this.#setting.gestures.duplicate();
  }

  selectAll(): void {
    this.#setting.picked.set(this.#setting.scene.things.keys());
  }

  /** Plugs a cable into what is picked; into both ends when two are. */
  cable(): void {
    const { picked, cabling, isOpen } = this.#setting;
    if (!isOpen()) return;
    const [from, to, more] = picked.things;
    if (from !== undefined && to !== undefined && more === undefined) void this.connect(from, to);
    else if (picked.current !== undefined) cabling.begin(picked.current);
  }

  /** Draws a cable, and shows its ports to be changed at once. */
  async connect(from: Key, to: Key): Promise<void> {
    const made = await this.#setting.gestures.connect(from, to);
    const [id] = made?.links ?? [];
    if (id !== undefined) this.#portsOf = id;
    this.pictureChanged();
  }

  /** What waited for the picture that has come. */
  pictureChanged(): void {
    if (this.#portsOf === undefined || !this.#setting.scene.cables.has(this.#portsOf)) return;
    const id = this.#portsOf;
    this.#portsOf = undefined;
    this.#setting.picked.set([], [id]);
    this.ports(id);
  }

  /** The ports of a cable, to be changed. */
  ports(id: string): void {
    const { scene, gestures, isOpen } = this.#setting;
    const cable = scene.cables.get(id);
    if (cable === undefined || !isOpen()) return;
    const { x, y } = this.#middleOf(cable);
    choosePorts({
      cable,
      at: { x: x + 16, y: y + 12 },
      freePorts: (node) => this.#setting.host.freePorts(node),
      setPort: (end, port) => {
        gestures.setPort(id, end, port).then((made) => {
          this.#portsOf = made?.links[0];
          this.pictureChanged();
        }, this.#failed);
      },
    }).catch(this.#failed);
  }

  addNote(at?: Point): void {
    const { gestures, isOpen, viewport } = this.#setting;
    if (!isOpen()) return;
    const place = at ?? this.#freeInView();
    const { x, y } = viewport.toStage(place);
    askText({
      at: { x: x - 80, y: y - 20 },
      label: texts.noteText,
      value: "",
      lines: true,
      done: (text) => void gestures.addNote(text, place),
    });
  }

  /** Makes what the palette offers, at a point of the window or where there is room. */
  add(offer: Offer, at?: Point): void {
    const { gestures, isOpen, viewport } = this.#setting;
    if (!isOpen()) return;
    const place = at === undefined ? this.#freeInView() : viewport.toWorld(at);
    if (offer.kind === "model") void gestures.addNode(offer.model.name, place);
    else if (offer.kind === "bridge") void gestures.addBridge(place);
    else this.addNote(place);
  }

  align(alignment: Alignment): void {
    const { picked, scene, gestures, isOpen } = this.#setting;
    if (picked.things.size < 2 || !isOpen()) return;
    void gestures.move(aligned(new Map([...picked.things].map((key) => [key, scene.at(key)])), alignment));
  }

  /** Places all by a layout and saves where they stand. */
  arrange(name: LayoutName): void {
    const { scene, gestures, viewport, isOpen, direction } = this.#setting;
    if (!isOpen() || scene.things.size === 0) return;
    const laid = LAYOUTS[name](layoutGraph(scene), { direction: direction() });
    const places = new Map([...laid].map(([key, point]) => [key, snapped(point)]));
    gestures.move(places).then(() => viewport.fit(), this.#failed);
  }

  /** Forgets the saved places. */
  arrangeFreely(): void {
    const { gestures, layOutNext, isOpen } = this.#setting;
    if (!isOpen()) return;
    layOutNext();
    void gestures.clearPositions();
  }

  find(): void {
    const { scene, stage, picked, viewport } = this.#setting;
    openFind({
      scene,
      stage,
      pick: (keys) => picked.set(keys),
      show: (key) => {
        viewport.reach(scene.at(key));
        picked.set([key]);
      },
    });
  }

  /** The menu of what is picked; of the canvas when that is nothing. */
  menu(at: Point = this.#besidePicked()): void {
    const { picked } = this.#setting;
    const menu = picked.isEmpty ? this.#canvasMenu(at) : this.#pickedMenu(at);
    openMenu(menu, at, texts.menu);
  }

  arrangeMenu(at: Point): void {
    const isOpen = this.#setting.isOpen();
    openMenu(
      [
        [
          { label: texts.layered, enabled: isOpen, run: () => this.arrange("layered") },
          { label: texts.tiers, enabled: isOpen, run: () => this.arrange("tiers") },
          { label: texts.force, enabled: isOpen, run: () => this.arrange("force") },
        ],
        [{ label: texts.automatic, enabled: isOpen, run: () => this.arrangeFreely() }],
      ],
      at,
      texts.arrange,
    );
  }

  #pickedMenu(at: Point): Menu {
    const { picked, host, scene, isRunning } = this.#setting;
    const isOpen = this.#setting.isOpen();
    const { single, singleCable: cable } = picked;
    const thing = single === undefined ? undefined : scene.things.get(single);
    const node = thing?.kind === "node" ? thing.name : undefined;
    const entry = (label: string, key: string, run: () => void, enabled = true): MenuEntry => ({
      label,
      key,
      run,
      enabled: enabled && isOpen,
    });
    const show: MenuEntry[] = [];
    if (node !== undefined) {
      const run = (): void => host.command("openConsole", node);
      show.push({ label: texts.console, key: "Enter", enabled: isRunning(node), run });
    }
    if (single !== undefined) show.push({ label: texts.reveal, key: "T", run: () => this.reveal(single) });
    if (cable !== undefined) {
      show.push({ label: texts.reveal, key: "T", run: () => host.reveal({ kind: "link", id: cable }) });
    }
    const change: MenuEntry[] = [];
    if (cable !== undefined) change.push(entry(texts.changePorts, "Enter", () => this.ports(cable)));
    if (picked.things.size > 0 && picked.things.size <= 2) change.push(entry(texts.cable, "C", () => this.cable()));
    if (single !== undefined) change.push(entry(texts.rename, "F2", () => this.rename(single)));
    if (picked.nodes.length > 0) {
      change.push(entry(texts.setGroups, "G", () => this.setGroups()));
      change.push(entry(texts.duplicate, "Ctrl+D", () => this.duplicate()));
    }
    if (picked.things.size > 1) {
      change.push({ label: texts.align, enabled: isOpen, run: () => this.#alignMenu(at) });
    }
    return [show, change, [entry(texts.delete, "Del", () => this.remove())]];
  }

  #alignMenu(at: Point): void {
    const entry = (label: string, alignment: Alignment): MenuEntry => ({ label, run: () => this.align(alignment) });
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
        { label: texts.addNote, key: "N", enabled: isOpen, run: () => this.addNote(place) },
      ],
      [
        { label: texts.selectAll, key: "Ctrl+A", run: () => this.selectAll() },
        { label: texts.find, key: "Ctrl+F", run: () => this.find() },
        { label: texts.arrange, run: () => this.arrangeMenu(at) },
        { label: texts.fit, key: "0", run: () => viewport.fit() },
      ],
      [
        { label: texts.deploy, run: () => host.command("deploy") },
        { label: texts.plan, run: () => host.command("plan") },
        { label: texts.openText, run: () => host.command("openText") },
      ],
    ];
  }

  readonly #failed = (error: unknown): void => this.#setting.host.failed(error);

  #besidePicked(): Point {
    const { picked, scene, viewport, stage } = this.#setting;
    const [thing] = picked.things;
    const [id] = picked.cables;
    const cable = id === undefined ? undefined : scene.cables.get(id);
    if (thing !== undefined) {
      const { x, y } = viewport.toStage(scene.at(picked.current ?? thing));
      return { x: x + 30 * viewport.scale, y };
    }
    if (cable !== undefined) return this.#middleOf(cable);
    return { x: stage.clientWidth / 2, y: stage.clientHeight / 2 };
  }

  /** On the stage, between the ends of a cable. */
  #middleOf({ src, dst }: Cable): Point {
    const { scene, viewport } = this.#setting;
    return viewport.toStage(middle(boxBetween(scene.at(src), scene.at(dst))));
  }

  /** Room near the middle of what is seen. */
  #freeInView(): Point {
    const { viewport, scene } = this.#setting;
    return freePlace(middle(viewport.seen), [...scene.positions.values()]);
  }
}
