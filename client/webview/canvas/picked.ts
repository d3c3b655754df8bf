import type { Drawing } from "./drawing.js";
import { nearestOf } from "./geometry.js";
import type { Key, Scene } from "./scene.js";

/** What gestures are about: the things and cables that are marked. The one that has the keyboard's focus is among them. */
export class Picked {
  readonly #scene: Scene;
  readonly #drawing: Drawing;
  readonly #changed: () => void;
  readonly things = new Set<Key>();
  readonly cables = new Set<string>();
  /** The thing that Tab leads to. */
  #current: Key | undefined;

  constructor(scene: Scene, drawing: Drawing, changed: () => void) {
    this.#scene = scene;
    this.#drawing = drawing;
    this.#changed = changed;
  }

  get isEmpty(): boolean {
    return this.things.size === 0 && this.cables.size === 0;
  }

  get current(): Key | undefined {
    return this.#current;
  }

  /** The only thing that is picked. */
  get single(): Key | undefined {
    const [first] = this.things;
    return this.things.size === 1 && this.cables.size === 0 ? first : undefined;
  }

  get singleCable(): string | undefined {
    const [first] = this.cables;
    return this.cables.size === 1 && this.things.size === 0 ? first : undefined;
  }

  /** Names of the nodes that are picked, in the order of the manifest. */
  get nodes(): string[] {
    return this.#namesOf("node");
  }

  get bridges(): string[] {
    return this.#namesOf("bridge");
  }

  get notes(): number[] {
    return [...this.#scene.things.values()].flatMap((thing) =>
      thing.kind === "note" && this.things.has(thing.key) ? [thing.index] : [],
    );
  }

  /** Picks these only. */
  set(things: Iterable<Key>, cables: Iterable<string> = []): void {
    this.things.clear();
    this.cables.clear();
    for (const key of things) this.things.add(key);
    for (const id of cables) this.cables.add(id);
    const [first] = this.things;
    if (first !== undefined && (this.#current === undefined || !this.things.has(this.#current))) this.#current = first;
    this.show();
  }

  add(things: Iterable<Key>): void {
    this.set([...this.things, ...things], this.cables);
  }

  toggle(key: Key): void {
    const without = [...this.things].filter((other) => other !== key);
    this.set(this.things.has(key) ? without : [...without, key], this.cables);
  }

  /** Gives a thing the keyboard's focus. */
  focus(key: Key): void {
    this.#current = key;
    this.show();
    this.#drawing.element(key)?.focus({ preventScroll: true });
  }

  /** The picture has changed: what is gone is picked no more. */
  prune(): void {
    for (const key of this.things) if (!this.#scene.things.has(key)) this.things.delete(key);
    for (const id of this.cables) if (!this.#scene.cables.has(id)) this.cables.delete(id);
    if (this.#current !== undefined && !this.#scene.things.has(this.#current)) {
      // The scene still knows where it stood.
      this.#current = nearestOf(this.#scene.at(this.#current), this.#scene.positions);
    }
    this.show();
  }

  show(): void {
    this.#current ??= this.#scene.things.keys().next().value;
    for (const key of this.#scene.things.keys()) {
      const element = this.#drawing.element(key);
      element?.setAttribute("aria-selected", String(this.things.has(key)));
      element?.setAttribute("tabindex", key === this.#current ? "0" : "-1");
    }
    for (const [id, { src, dst }] of this.#scene.cables) {
      const element = this.#drawing.cableElement(id);
      element?.classList.toggle("picked", this.cables.has(id));
      element?.classList.toggle("near", this.things.has(src) || this.things.has(dst));
    }
    this.#changed();
  }

  #namesOf(kind: "node" | "bridge"): string[] {
    return [...this.#scene.things.values()].flatMap((thing) =>
      thing.kind === kind && this.things.has(thing.key) ? [thing.name] : [],
    );
  }
}
