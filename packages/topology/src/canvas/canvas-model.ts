import type { DeviceModel } from "@labscape/devices";
import type { DiagramSettings, LinkType, Location, Point } from "../model/lab.js";

/**
 * What a canvas draws, as plain JSON. It holds all that has a name, what is half-typed too, so that a slip in one row takes
 * no other row off the picture.
 * @typeParam Place how the places of the manifest are told.
 */
export interface CanvasModel<Place = Location> {
  /** The lab's name. */
  readonly lab: string;
  /** Whether the text is not TOML at some place: parts of the lab may be missing, and the last whole picture is the better one. */
  readonly broken: boolean;
  readonly direction: DiagramSettings["direction"];
  readonly nodes: readonly CanvasNode<Place>[];
  readonly bridges: readonly CanvasBridge<Place>[];
  readonly links: readonly CanvasLink<Place>[];
  /** Groups that are declared or have nodes; a node stands in the frame of its first group. */
  readonly groups: readonly CanvasGroup<Place>[];
  readonly notes: readonly CanvasNote<Place>[];
  /** Bridges of the host that a segment can join, as far as the host is known. */
  readonly hostBridges: readonly string[];
}

export interface CanvasNode<Place = Location> {
  readonly name: string;
  /** Name of the device model as it is known, else as written; empty where there is none. */
  readonly model: string;
  /** What a person calls the device. */
  readonly title: string;
  /** Icon; `unknown`: no such device model. */
  readonly role: DeviceModel["role"] | "unknown";
  /** Virtual machines that make up the device; 1 for most. */
  readonly members: number;
  readonly groups: readonly string[];
  /** Only where somebody has saved one. */
  readonly position?: Point;
  /** Whether a cable can still be plugged in. */
  readonly hasFreePort: boolean;
  /** Where its name is written. */
  readonly at: Place;
}

/** A shared segment; with `external`, a network of the host. */
export interface CanvasBridge<Place = Location> {
  readonly name: string;
  readonly external?: string;
  readonly position?: Point;
  readonly at: Place;
}

/** A cable: a link between two nodes, or one port's cable to a bridge. */
export interface CanvasLink<Place = Location> {
  /** Made of its ends, so that an edit elsewhere does not change it. */
  readonly id: string;
  readonly src: CanvasNodeEnd;
  readonly dst: CanvasNodeEnd | { readonly bridge: string };
  readonly label?: string;
  readonly state: "up" | "down";
  readonly type: LinkType;
  readonly at: Place;
}

export interface CanvasNodeEnd {
  readonly node: string;
  /** Canonical name of the data port where it is known, else as written; empty where none is written. */
  readonly port: string;
  /** Whether the node has this port. */
  readonly known: boolean;
}

export interface CanvasGroup<Place = Location> {
  readonly name: string;
  /** Absent for a group that nodes name and nobody declares. */
  readonly at?: Place;
}

/** A text on the canvas. */
export interface CanvasNote<Place = Location> {
  readonly text: string;
  readonly position: Point;
  readonly at: Place;
}

/** A data port of a node, for choosing one. */
export interface PortChoice {
  readonly name: string;
  /** From 0. */
  readonly index: number;
}
