/**
 * What this server says for a canvas, beyond the Language Server Protocol. Other editors may ignore it. When a document has
 * changed, the notification `labscape/analyzed` tells it; who shows a canvas then asks for it again.
 */
import type { CanvasModel, Gesture, PaletteModel, PortChoice, Refusal, Selection } from "@labscape/topology";
import { RequestType, type Range, type WorkspaceEdit } from "vscode-languageserver";

/** A place in a file of the lab, which may be another one than the document. */
export interface CanvasPlace {
  readonly uri: string;
  readonly range: Range;
}

export interface CanvasParams {
  readonly textDocument: { readonly uri: string };
}

/** The picture of a document's present version; of a part that a lab includes, the picture of that lab. */
export interface Canvas extends CanvasModel<CanvasPlace> {
  readonly version: number;
  /** Another number when the device models that the lab can use have changed: the palette is worth asking for then only. */
  readonly catalogue: number;
}

/** Null when the document is not open or belongs to no lab. */
export const CanvasRequest = new RequestType<CanvasParams, Canvas | null, void>("labscape/canvas");

export interface GestureParams {
  /** The version of the picture on which the gesture was made. */
  readonly textDocument: { readonly uri: string; readonly version: number };
  readonly gesture: Gesture;
}

/** The edit is bound to the versions of the open documents that it changes. */
export type GestureAnswer = { readonly edit: WorkspaceEdit; readonly made: Selection } | { readonly refusal: Refusal };

/** Null as above. Nothing is changed: the client applies the edit, so that it is one step of its undo stack. */
export const GestureRequest = new RequestType<GestureParams, GestureAnswer | null, void>("labscape/gesture");

export interface PortsParams {
  readonly textDocument: { readonly uri: string };
  readonly node: string;
}

/** The data ports of a node that have no cable, in the device's order. */
export const PortsRequest = new RequestType<PortsParams, readonly PortChoice[], void>("labscape/ports");

/** The device models that a lab can use: those of Labscape and the user's own. */
export const PaletteRequest = new RequestType<CanvasParams, readonly PaletteModel[], void>("labscape/palette");
