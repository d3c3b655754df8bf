/** What the preview's page and the extension tell one another. Both sides are built from this file. */
import type { LabBadges } from "../labs/badge.js";

export interface PictureNode {
  /** In the mermaid source. */
  readonly id: string;
  readonly name: string;
  /** Title of its device model. */
  readonly model: string;
}

/** A cable of the picture, by ids of the mermaid source. */
export interface PictureLink {
  readonly from: string;
  readonly to: string;
}

export type ToPage =
  | {
      readonly type: "picture";
      /** Mermaid source; empty when there is nothing to draw. */
      readonly source: string;
      /** Whether the manifest chooses the direction; otherwise the page turns the picture to fit. */
      readonly directed: boolean;
      readonly nodes: readonly PictureNode[];
      /** In the source's order. */
      readonly links: readonly PictureLink[];
      /** What to tell beside the picture, for instance that it is of an earlier text; empty for nothing. */
      readonly note: string;
    }
  /** What runs; cables by their places among those of the picture. */
  | ({ readonly type: "states" } & LabBadges)
  | { readonly type: "select"; readonly node: string }
  /** Asks for the picture as a file; `rendered` is the answer. */
  | { readonly type: "render"; readonly format: PictureFormat };

export type PictureFormat = "svg" | "png";

/** Above so many nodes mermaid takes seconds: the page then draws only when it is told to, and offers the canvas. */
export const MANY_NODES = 200;

export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "reveal"; readonly node: string }
  | { readonly type: "failed"; readonly message: string }
  /** `node`: the one that it is about. */
  | { readonly type: "do"; readonly command: PageCommand; readonly node?: string }
  /** `data`: text for SVG, base64 for PNG; empty when there is no picture. */
  | { readonly type: "rendered"; readonly format: PictureFormat; readonly data: string };

/** What the page asks the extension for. */
const PAGE_COMMANDS = ["copyMermaid", "savePicture", "openCanvas", "openConsole"] as const;
export type PageCommand = (typeof PAGE_COMMANDS)[number];

/** The page is not trusted: undefined for anything that is not a message of ours. */
export function readFromPage(value: unknown): FromPage | undefined {
  if (typeof value !== "object" || value === null || !("type" in value)) return undefined;
  if (value.type === "ready") return { type: "ready" };
  if (value.type === "reveal" && "node" in value && typeof value.node === "string") {
    return { type: "reveal", node: value.node };
  }
  if (value.type === "failed" && "message" in value && typeof value.message === "string") {
    return { type: "failed", message: value.message };
  }
  if (value.type === "do" && "command" in value) {
    const command = PAGE_COMMANDS.find((known) => known === value.command);
    if (command === undefined) return undefined;
    const node = "node" in value && typeof value.node === "string" ? { node: value.node } : {};
    return { type: "do", command, ...node };
  }
  if (value.type === "rendered" && "format" in value && "data" in value && typeof value.data === "string") {
    const { format, data } = value;
    return format === "svg" || format === "png" ? { type: "rendered", format, data } : undefined;
  }
  return undefined;
}
