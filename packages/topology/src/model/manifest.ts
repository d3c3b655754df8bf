import type { DeviceModel, PortRef } from "@labscape/devices";
import type { Dialect } from "../analysis.js";
import type { Entry, Range, StringValue, TomlTable } from "../syntax/tree.js";
import type { Text } from "./access.js";
import type { Sources } from "./sources.js";

/**
 * What a manifest says, with the places where it says it: declarations and the references between them. Checks and
 * language features read it. It holds half-typed and wrong things as well; `ResolvedLab` holds only what makes sense.
 */
export interface Manifest {
  readonly sources: Sources;
  readonly dialect: Dialect;
  readonly root: TomlTable;
  readonly defaults?: TomlTable;
  readonly nodes: readonly NodeDeclaration[];
  /** The first node of each name. */
  readonly nodesByName: ReadonlyMap<string, NodeDeclaration>;
  readonly groups: ReadonlyMap<string, GroupDeclaration>;
  readonly links: readonly LinkDeclaration[];
  readonly bridges: readonly BridgeDeclaration[];
}

export interface NodeDeclaration {
  /** Position in the manifest, counted from 0. */
  readonly index: number;
  readonly table: TomlTable;
  readonly name: Text | undefined;
  /** The model's name as written, on the node or in what it takes over. */
  readonly modelName: Text | undefined;
  readonly model: DeviceModel | undefined;
  /** The groups that the node names, in order. */
  readonly groups: readonly Text[];
  /** Where the node's values come from, the strongest first. */
  readonly layers: readonly Layer[];
  readonly dependsOn: readonly Text[];
  /** How many data ports the node may use: as many as it says it has, else as many as its model can have. */
  readonly portLimit: number;
  /** All entries of the node's `interfaces`, its own and those that it takes over, the weakest first. */
  readonly interfaces: readonly InterfaceEntry[];
}

/** A row of `interfaces`: a port and its settings. */
export interface InterfaceEntry {
  readonly origin: Origin;
  readonly entry: Entry;
  /** The port of the node's model. */
  readonly ref?: PortRef;
}

/** A table that gives values to a node. */
export interface Layer {
  readonly origin: Origin;
  readonly table: TomlTable;
}

export type Origin =
  { readonly kind: "node" | "defaults" | "model" } | { readonly kind: "group"; readonly name: string };

export interface GroupDeclaration {
  readonly name: Text;
  readonly table: TomlTable;
}

export interface LinkDeclaration {
  /** Position in the manifest, counted from 0. */
  readonly index: number;
  readonly table: TomlTable;
  /** Undefined where nothing of the end is written yet. */
  readonly src: EndpointDeclaration | undefined;
  readonly dst: EndpointDeclaration | undefined;
}

export interface BridgeDeclaration {
  readonly index: number;
  readonly table: TomlTable;
  readonly name: Text | undefined;
  readonly endpoints: readonly EndpointDeclaration[];
}

/** One end of a cable as written. */
export interface EndpointDeclaration {
  /** The whole `node::port`; in the first dialect the port's number, or the device's name where there is none. */
  readonly range: Range;
  /** The string `node::port`; undefined in the first dialect. */
  readonly written: StringValue | undefined;
  readonly node: Text | undefined;
  readonly port: PortText | undefined;
  /** The node of that name. */
  readonly declaration: NodeDeclaration | undefined;
  /** The port of that node's model. */
  readonly ref: PortRef | undefined;
}

/** A port by its name or, in the first dialect, by the number of the data port from 0. */
export interface PortText {
  readonly text: string;
  readonly number?: number;
  readonly range: Range;
}

/** A value that a node has, and where it comes from. */
export interface EffectiveEntry {
  readonly origin: Origin;
  readonly entry: Entry;
}
