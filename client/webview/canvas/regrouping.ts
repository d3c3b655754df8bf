import type { Drawing } from "./drawing.js";
import type { Point } from "./geometry.js";
import type { Key, Scene } from "./scene.js";
import { fill, texts } from "./texts.js";

/** Where nodes that are dragged would go: into the frame of a group, or out of the one that they stand in. */
export interface Regrouping {
  /** Absent: out of their group. */
  readonly group?: string;
}

export interface RegrouperSetting {
  readonly scene: Scene;
  readonly drawing: Drawing;
  readonly announce: (text: string) => void;
}

/**
 * Nodes that are dragged change their group only while Shift is held: a group gives its nodes settings, and whoever makes room
 * on the canvas does not mean those.
 */
export class Regrouper {
  readonly #setting: RegrouperSetting;

  constructor(setting: RegrouperSetting) {
    this.#setting = setting;
  }

  /**
   * Shows what becomes of the groups of nodes that are dragged.
   *
   * @param at where the hand is, in the world
   * @param shift whether they would change their group; else a hint says how they could
   * @returns what a drop would do to their groups; undefined: nothing
   */
  preview(keys: ReadonlySet<Key>, at: Point, shift: boolean): Regrouping | undefined {
    const { drawing, announce } = this.#setting;
    const found = this.#find(keys, at);
    if (found === undefined) {
      this.end();
      return undefined;
    }
    const { from, group } = found;
    const [into, out] = shift ? [texts.intoGroup, texts.outOfGroup] : [texts.shiftInto, texts.shiftOut];
    announce(group === undefined ? fill(out, from ?? "") : fill(into, group));
    drawing.markRegrouping(shift ? keys : new Set(), shift ? group : undefined);
    if (!shift) return undefined;
    return group === undefined ? {} : { group };
  }

  end(): void {
    this.#setting.announce("");
    this.#setting.drawing.markRegrouping(new Set(), undefined);
  }

  #find(keys: ReadonlySet<Key>, at: Point): { readonly from?: string; readonly group?: string } | undefined {
    const { scene, drawing } = this.#setting;
    const groups = [...keys].map((key) => {
      const thing = scene.things.get(key);
      return thing?.kind === "node" ? { first: thing.node.groups[0] } : undefined;
    });
    const nodes = groups.filter((each) => each !== undefined);
    // Bridges and notes have no group: with them among what is dragged nothing is meant.
    if (nodes.length < groups.length) return undefined;
    const group = drawing.frameAt(at, keys);
    const from = nodes.find(({ first }) => first !== group)?.first;
    if (nodes.every(({ first }) => first === group)) return undefined;
    return { ...(from === undefined ? {} : { from }), ...(group === undefined ? {} : { group }) };
  }
}
