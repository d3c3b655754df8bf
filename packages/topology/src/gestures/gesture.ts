import type { TextEdit } from "../finding.js";
import type { Point } from "../model/lab.js";

/** Things on the canvas, by what tells them apart. */
export interface Selection {
  /** Names. */
  readonly nodes: readonly string[];
  /** Names. */
  readonly bridges: readonly string[];
  /** Ids of cables, as the canvas model gives them: links, and the cables of bridges. */
  readonly links: readonly string[];
  /** Positions among the notes, from 0. */
  readonly notes: readonly number[];
}

/** Where a cable ends: at a port of a node (without `port`: its first free data port), or at a bridge. */
export type CableEnd = { readonly node: string; readonly port?: string } | { readonly bridge: string };

/** What somebody did on the canvas, as plain JSON. What is left out is chosen so that the lab stays sound. */
export type Gesture =
  | {
      readonly kind: "add-node";
      /** Name of a device model. */
      readonly model: string;
      /** Absent: the model's or its neighbours' kind of name with the next number. */
      readonly name?: string;
      readonly at?: Point;
      readonly groups?: readonly string[];
    }
  | {
      readonly kind: "add-bridge";
      readonly name?: string;
      /** A bridge of the host that the segment joins: an external network. */
      readonly external?: string;
      readonly at?: Point;
    }
  /** Joins a segment to a bridge of the host; without `external` it is the lab's own again. */
  | { readonly kind: "set-external"; readonly bridge: string; readonly external?: string }
  | { readonly kind: "add-link"; readonly from: CableEnd; readonly to: CableEnd }
  /** Plugs one end of a cable into another data port of the same node. */
  | { readonly kind: "set-port"; readonly link: string; readonly end: "src" | "dst"; readonly port: string }
  /** Only what is named moves; notes by their position in the list. */
  | {
      readonly kind: "move";
      readonly nodes?: Readonly<Record<string, Point>>;
      readonly bridges?: Readonly<Record<string, Point>>;
      readonly notes?: Readonly<Record<number, Point>>;
    }
  | { readonly kind: "rename"; readonly node: string; readonly to: string }
  | { readonly kind: "rename"; readonly bridge: string; readonly to: string }
  | { readonly kind: "rename"; readonly group: string; readonly to: string }
  /** A node takes its cables, its saved position and what waits for it along. */
  | ({ readonly kind: "delete" } & Partial<Selection>)
  /** Copies of nodes with their settings, and of the cables among them; `by`: how far from the originals. */
  | { readonly kind: "duplicate"; readonly nodes: readonly string[]; readonly by: Point }
  /** Without `note`: a new one, which needs `at`. */
  | { readonly kind: "set-note"; readonly note?: number; readonly text: string; readonly at?: Point }
  /** The groups of nodes from now on, in their order; a group that is not there yet is made. */
  | { readonly kind: "set-groups"; readonly nodes: readonly string[]; readonly groups: readonly string[] }
  /**
   * Moves nodes into the frame of a group, which becomes their first one in place of the present one; without `group` out of the
   * frame that they stand in.
   */
  | { readonly kind: "regroup"; readonly nodes: Readonly<Record<string, Point>>; readonly group?: string }
  /** Forgets all saved positions of nodes and bridges, so that a layout places them. */
  | { readonly kind: "clear-positions" };

export type GestureKind = Gesture["kind"];

/** What stands in the way of a gesture. */
export type RefusalCode =
  /** What the gesture speaks of is not in the lab (any more). */
  | "not-found"
  /** The name or port is taken. */
  | "taken"
  /** Not a name, port, group or model that can be. */
  | "invalid"
  /** A node has no free port left. */
  | "no-free-port"
  /** The text at the place that would change cannot be read. */
  | "unreadable"
  /** The document has changed since the gesture was made. */
  | "outdated";

export interface Refusal {
  readonly code: RefusalCode;
  /** A sentence or two for the user: what is in the way, and what to do about it. */
  readonly message: string;
}

/** Edits that do not overlap, ordered within each file, each range counted in its own file; or why there are none. */
export type GestureResult =
  { readonly edits: readonly TextEdit[]; readonly made: Selection } | { readonly refusal: Refusal };
