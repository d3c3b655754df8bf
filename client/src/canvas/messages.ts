/** What the canvas' page and the extension tell one another. Both sides are built from this file. */
import type { CanvasModel, Gesture, PortChoice, Selection } from "@labscape/topology";
import type { PaletteModel } from "../language/canvas-protocol.js";
import type { NodeBadge } from "../preview/messages.js";

/** The places in the text stay with the extension. */
export type Picture = CanvasModel<null>;

export type ToPage =
  | {
      readonly type: "picture";
      readonly picture: Picture;
      /** Whether it is of an earlier text, because the newest cannot be read. Nothing can be changed then. */
      readonly held: boolean;
    }
  | { readonly type: "palette"; readonly models: readonly PaletteModel[] }
  | {
      readonly type: "states";
      readonly nodes: Readonly<Record<string, NodeBadge>>;
      /** By id of the cable. */
      readonly links: Readonly<Record<string, LinkBadge>>;
    }
  | { readonly type: "select"; readonly node: string }
  | { readonly type: "done"; readonly request: number; readonly made: Selection }
  | { readonly type: "refused"; readonly request: number; readonly message: string }
  | { readonly type: "ports"; readonly request: number; readonly ports: readonly PortChoice[] };

/** What is known of a cable while the lab runs. */
export interface LinkBadge {
  readonly state: "up" | "down";
}

/** One thing of the picture, to be shown in the text. */
export type Shown =
  | { readonly kind: "node"; readonly name: string }
  | { readonly kind: "bridge"; readonly name: string }
  | { readonly kind: "group"; readonly name: string }
  | { readonly kind: "link"; readonly id: string }
  | { readonly kind: "note"; readonly index: number };

/** Commands of the extension that the page may ask for. */
export const PAGE_COMMANDS = ["openConsole", "deploy", "plan", "destroy", "openText"] as const;
export type PageCommand = (typeof PAGE_COMMANDS)[number];

export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "failed"; readonly message: string }
  | { readonly type: "gesture"; readonly request: number; readonly gesture: Gesture }
  | { readonly type: "ports"; readonly request: number; readonly node: string }
  | { readonly type: "reveal"; readonly what: Shown }
  | { readonly type: "command"; readonly command: PageCommand; readonly node?: string };
