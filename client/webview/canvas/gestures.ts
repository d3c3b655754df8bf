import type { CableEnd, Gesture, Selection } from "@labscape/topology";
import { snapped, type Point } from "./geometry.js";
import type { Host } from "./host.js";
import type { Picked } from "./picked.js";
import { bridgeKey, nodeKey, noteKey, type Key, type Scene } from "./scene.js";

/** How far a copy lies from its original. */
const COPY = { x: 60, y: 60 };

/** Turns what was done on the canvas into gestures of the manifest, and picks what they made. */
export class Gestures {
  readonly #host: Host;
  readonly #scene: Scene;
  readonly #picked: Picked;
  readonly #redraw: (keys: Iterable<Key>) => void;
  #awaited: Selection | undefined;

  constructor(host: Host, scene: Scene, picked: Picked, redraw: (keys: Iterable<Key>) => void) {
    this.#host = host;
    this.#scene = scene;
    this.#picked = picked;
    this.#redraw = redraw;
  }

  /** Makes where things stand last, as one change. */
  async move(places: ReadonlyMap<Key, Point>): Promise<void> {
    const nodes: Record<string, Point> = {};
    const bridges: Record<string, Point> = {};
    const notes: Record<number, Point> = {};
    for (const [key, point] of places) {
      const thing = this.#scene.things.get(key);
      this.#scene.hold(key, point);
      if (thing?.kind === "node") nodes[thing.name] = point;
      else if (thing?.kind === "bridge") bridges[thing.name] = point;
      else if (thing?.kind === "note") notes[thing.index] = point;
    }
    this.#redraw(places.keys());
    // What was in a hand may be gone from the text.
    if (isEmpty(nodes) && isEmpty(bridges) && isEmpty(notes)) return;
    const made = await this.#host.gesture({
      kind: "move",
      ...(isEmpty(nodes) ? {} : { nodes }),
      ...(isEmpty(bridges) ? {} : { bridges }),
      ...(isEmpty(notes) ? {} : { notes }),
    });
    if (made === undefined) this.putBack();
  }

  /** Things that a hand held stand where they stood. */
  putBack(): void {
    this.#scene.release();
    this.#redraw(this.#scene.things.keys());
  }

  addNode(model: string, at: Point): Promise<Selection | undefined> {
    return this.#make({ kind: "add-node", model, at: snapped(at) });
  }

  /** @param external a bridge of the host that the segment joins */
  addBridge(at: Point, external?: string): Promise<Selection | undefined> {
    return this.#make({ kind: "add-bridge", at: snapped(at), ...(external === undefined ? {} : { external }) });
  }

  /** @param external empty: the segment is the lab's own */
  async setExternal(bridge: string, external: string): Promise<void> {
    await this.#make({ kind: "set-external", bridge, ...(external === "" ? {} : { external }) });
  }

  addNote(text: string, at: Point): Promise<Selection | undefined> {
    return this.#make({ kind: "set-note", text, at: snapped(at) });
  }

  async connect(from: Key, to: Key): Promise<Selection | undefined> {
    const ends = [this.#end(from), this.#end(to)] as const;
    if (ends[0] === undefined || ends[1] === undefined) return undefined;
    return this.#make({ kind: "add-link", from: ends[0], to: ends[1] });
  }

  async setPort(link: string, end: "src" | "dst", port: string): Promise<Selection | undefined> {
    return this.#make({ kind: "set-port", link, end, port });
  }

  async rename(key: Key, to: string): Promise<void> {
    const thing = this.#scene.things.get(key);
    if (thing === undefined || thing.name === to) return;
    if (thing.kind === "node") await this.#make({ kind: "rename", node: thing.name, to });
    else if (thing.kind === "bridge") await this.#make({ kind: "rename", bridge: thing.name, to });
    else await this.#make({ kind: "set-note", note: thing.index, text: to });
  }

  async renameGroup(group: string, to: string): Promise<void> {
    if (group !== to) await this.#make({ kind: "rename", group, to });
  }

  async setGroups(groups: readonly string[]): Promise<void> {
    await this.#host.gesture({ kind: "set-groups", nodes: this.#picked.nodes, groups });
  }

  /** Nodes come to stand in the frame of a group; without one, out of theirs. */
  async regroup(places: ReadonlyMap<Key, Point>, group: string | undefined): Promise<void> {
    const nodes: Record<string, Point> = {};
    for (const [key, point] of places) {
      const thing = this.#scene.things.get(key);
      this.#scene.hold(key, point);
      if (thing?.kind === "node") nodes[thing.name] = point;
    }
    this.#redraw(places.keys());
    const made = await this.#make({ kind: "regroup", nodes, ...(group === undefined ? {} : { group }) });
    if (made === undefined) this.putBack();
  }

  async remove(): Promise<void> {
    const { nodes, bridges, notes, cables } = this.#picked;
    await this.#host.gesture({ kind: "delete", nodes, bridges, notes, links: [...cables] });
  }

  async duplicate(): Promise<void> {
    await this.#make({ kind: "duplicate", nodes: this.#picked.nodes, by: COPY });
  }

  clearPositions(): Promise<Selection | undefined> {
    return this.#host.gesture({ kind: "clear-positions" });
  }

  /** Picks what the last gesture has made as soon as it is in the picture. */
  pickAwaited(): void {
    if (this.#awaited === undefined) return;
    const { nodes, bridges, notes, links } = this.#awaited;
    const keys = [...nodes.map(nodeKey), ...bridges.map(bridgeKey), ...notes.map(noteKey)];
    const cables = links.filter((id) => this.#scene.cables.has(id));
    if (!keys.every((key) => this.#scene.things.has(key)) || cables.length < links.length) return;
    this.#awaited = undefined;
    this.#picked.set(keys, cables);
    const [first] = keys;
    // Whoever has gone on to the text meanwhile stays there.
    if (first !== undefined && document.hasFocus()) this.#picked.focus(first);
  }

  async #make(gesture: Gesture): Promise<Selection | undefined> {
    const made = await this.#host.gesture(gesture);
    this.#awaited = made;
    this.pickAwaited();
    return made;
  }

  #end(key: Key): CableEnd | undefined {
    const thing = this.#scene.things.get(key);
    if (thing?.kind === "node") return { node: thing.name };
    return thing?.kind === "bridge" ? { bridge: thing.name } : undefined;
  }
}

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0;
}
