/** What the canvas' page and the extension tell one another. Both sides are built from this file. */
import type { CanvasModel, Gesture, PaletteModel, PortChoice, Selection } from "@labscape/topology";
import type { LabBadges } from "../labs/badge.js";

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
  /** What runs; cables by their ids. */
  | ({ readonly type: "states" } & LabBadges)
  | { readonly type: "select"; readonly node: string }
  | { readonly type: "done"; readonly request: number; readonly made: Selection }
  | { readonly type: "refused"; readonly request: number; readonly message: string }
  | { readonly type: "ports"; readonly request: number; readonly ports: readonly PortChoice[] };

/** One thing of the picture, to be shown in the text. */
export type Shown =
  | { readonly kind: "node"; readonly name: string }
  | { readonly kind: "bridge"; readonly name: string }
  | { readonly kind: "group"; readonly name: string }
  | { readonly kind: "link"; readonly id: string }
  | { readonly kind: "note"; readonly index: number };

/** Commands of the extension that the page may ask for: about the lab, about nodes of it, about a cable. */
// prettier-ignore
export const PAGE_COMMANDS = [
  "deploy", "plan", "destroy", "openText",
  "openConsole", "ssh", "start", "stop", "restart", "resume",
  "linkUp", "linkDown",
] as const;
export type PageCommand = (typeof PAGE_COMMANDS)[number];

export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "failed"; readonly message: string }
  | { readonly type: "gesture"; readonly request: number; readonly gesture: Gesture }
  | { readonly type: "ports"; readonly request: number; readonly node: string }
  | { readonly type: "reveal"; readonly what: Shown }
  | {
      readonly type: "command";
      readonly command: PageCommand;
      /** Names. Absent: the lab as a whole. */
      readonly nodes?: readonly string[];
      /** Id of the cable that it is about. */
      readonly link?: string;
    };
