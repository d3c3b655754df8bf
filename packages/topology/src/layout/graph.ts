import type { Point } from "../model/lab.js";

/** What a layout places: the nodes and bridges of a lab, as circles of about the same size. */
export interface LayoutGraph {
  readonly nodes: readonly LayoutNode[];
  readonly links: readonly LayoutLink[];
}

export interface LayoutNode {
  /** Unique in the graph. */
  readonly id: string;
  /** Those of one group stand together. */
  readonly group?: string;
  /** What kind of device it is; hosts stand at the edge. */
  readonly role?: string;
}

/** Ids of nodes; a link to none of them is passed over. */
export interface LayoutLink {
  readonly src: string;
  readonly dst: string;
}

export interface LayoutOptions {
  /** Units between neighbours; 120 unless told. */
  readonly spacing?: number;
  /** Where the layers grow; `TB` unless told. */
  readonly direction?: "LR" | "RL" | "TB" | "BT";
}

/** Places every node, the same graph always in the same way. The middle of all is at the origin. */
export type Layout = (graph: LayoutGraph, options?: LayoutOptions) => ReadonlyMap<string, Point>;
