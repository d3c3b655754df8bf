import type { LabBadges } from "../../src/labs/badge.js";
import { aligned, type Alignment } from "./align.js";
import type { Cabling } from "./cabling.js";
import { openFind } from "./find.js";
import { boxBetween, middle, snapped, type Point } from "./geometry.js";
import type { Gestures } from "./gestures.js";
import type { Host } from "./host.js";
import { LAYOUTS, type LayoutName } from "./layouts.js";
import { isDeployed } from "./live-menu.js";
import type { Offer } from "./palette.js";
import type { Picked } from "./picked.js";
import { freePlace, layoutGraph } from "./placing.js";
import { choosePorts } from "./port-chooser.js";
import { bridgeKey, type Cable, type Key, type Scene } from "./scene.js";
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
  /** Whether the manifest can be changed now. */
  readonly isOpen: () => boolean;
  readonly running: () => LabBadges;
  /** The next picture is laid out anew. */
  readonly layOutNext: () => void;
  readonly direction: () => "LR" | "RL" | "TB" | "BT";
  /** Bridges of the host, as far as it is known. */
  readonly hostBridges: () => readonly string[];
}

/** What an external network joins at first where nobody knows the host: the name that most hosts give their first bridge. */
const HOST_BRIDGE = "br0";

/** Everything that can be done on the canvas, once; mouse, keys, menus and buttons all come here. */
export class Actions {
  readonly #setting: ActionsSetting;
  /** What is done as soon as something that a gesture has made is in the picture. */
  #next: { readonly isThere: () => boolean; readonly run: () => void } | undefined;

  constructor(setting: ActionsSetting) {
    this.#setting = setting;
  }

  /** What a double click and Enter do: the console of a node that runs, else its place in the text. */
  enter(key: Key): void {
    const { scene, host, running } = this.#setting;
    const thing = scene.things.get(key);
    if (thing?.kind === "node" && isDeployed(running().nodes[thing.name])) {
      host.command("openConsole", { nodes: [thing.name] });
    } else if (thing?.kind === "note") this.rename(key);
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
      at: this.besidePicked(),
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
    this.#portsNext(id);
  }

  /** What waited for the picture that has come. */
  pictureChanged(): void {
    if (this.#next?.isThere() !== true) return;
    const { run } = this.#next;
    this.#next = undefined;
    // Whoever has gone on to the text meanwhile is asked nothing.
    if (document.hasFocus()) run();
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
          this.#portsNext(made?.links[0]);
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
    else if (offer.kind === "external") this.#addExternal(place).catch(this.#failed);
    else this.addNote(place);
  }

  /** Makes an external network, and asks at once which one it is. */
  async #addExternal(at: Point): Promise<void> {
    const { hostBridges, gestures, scene } = this.#setting;
    const joined = new Set([...scene.things.values()].map((thing) => thing.kind === "bridge" && thing.bridge.external));
    const all = hostBridges();
    const made = await gestures.addBridge(at, all.find((name) => !joined.has(name)) ?? all[0] ?? HOST_BRIDGE);
    const [name] = made?.bridges ?? [];
    if (name === undefined) return;
    const key = bridgeKey(name);
    this.#when(
      () => scene.things.has(key),
      () => this.setExternal(key),
    );
  }

  /** The bridge of the host that a segment joins. */
  setExternal(key: Key): void {
    const { scene, viewport, gestures, hostBridges, isOpen } = this.#setting;
    const thing = scene.things.get(key);
    if (thing?.kind !== "bridge" || !isOpen()) return;
    const { x, y } = viewport.toStage(scene.at(key));
    askText({
      at: { x: x - 80, y: y + 32 * viewport.scale },
      label: fill(texts.hostBridgeOf, thing.name),
      value: thing.bridge.external ?? "",
      choices: hostBridges(),
      done: (text) => void gestures.setExternal(thing.name, text),
    });
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

  /** Shows the ports of a cable that a gesture has made. */
  #portsNext(id: string | undefined): void {
    const { scene, picked } = this.#setting;
    if (id === undefined) return;
    this.#when(
      () => scene.cables.has(id),
      () => {
        picked.set([], [id]);
        this.ports(id);
      },
    );
  }

  /** Does something now or as soon as the picture shows what it is about. */
  #when(isThere: () => boolean, run: () => void): void {
    this.#next = { isThere, run };
    this.pictureChanged();
  }

  readonly #failed = (error: unknown): void => this.#setting.host.failed(error);

  /** On the stage, beside what is picked; in its middle when that is nothing. */
  besidePicked(): Point {
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
