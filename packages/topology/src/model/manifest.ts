import type { Catalogue, DeviceModel, PortRef } from "@labscape/devices";
import type { Dialect } from "../analysis.js";
import type { Entry, Range, StringValue, TomlTable } from "../syntax/tree.js";
import type { Text } from "./access.js";
import type { Include } from "./includes.js";
import type { Source, Sources } from "./sources.js";

/**
 * What a manifest and the files that it includes say, with the places where they say it: declarations and the references
 * between them. Checks and language features read it. It holds half-typed and wrong things as well; `ResolvedLab` holds only
 * what makes sense.
 *
 * A node, link, bridge or group may be written in several files. What is declared has its `rows`, one for each place where it is
 * written, the strongest first: what a row says wins over what later ones say.
 */
export interface Manifest {
  readonly sources: Sources;
  /** The manifest first, every file before those that it includes. */
  readonly files: ManifestFiles;
  readonly includes: readonly Include[];
  /** The models that it was read with. */
  readonly catalogue: Catalogue;
  /** False while an included file is not to be had: what seems to be missing may be in there. */
  readonly isWhole: boolean;
  /** Of the manifest itself. */
  readonly dialect: Dialect;
  /** Of the manifest itself. */
  readonly root: TomlTable;
  /** The `defaults` of each file that has some, the strongest first. */
  readonly defaults: readonly TomlTable[];
  /** In the order of the files, the weakest first. */
  readonly nodes: readonly NodeDeclaration[];
  /** The first node of each name. */
  readonly nodesByName: ReadonlyMap<string, NodeDeclaration>;
  readonly groups: ReadonlyMap<string, GroupDeclaration>;
  readonly links: readonly LinkDeclaration[];
  readonly bridges: readonly BridgeDeclaration[];
}

export type ManifestFiles = readonly [ManifestFile, ...ManifestFile[]];

export interface ManifestFile {
  readonly source: Source;
  readonly root: TomlTable;
  readonly dialect: Dialect;
}

/** A place where a node is written, and the layer of its own values. */
export interface NodeRow extends Layer {
  readonly name: Text | undefined;
  /** The groups that the row names, in order. */
  readonly groups: readonly Text[];
}

export interface NodeDeclaration {
  /** Position in the lab, counted from 0. */
  readonly index: number;
  readonly rows: readonly [NodeRow, ...NodeRow[]];
  /** Of the strongest row. */
  readonly table: TomlTable;
  /** Of the strongest row. */
  readonly name: Text | undefined;
  /** The model's name as written, on the node or in what it takes over. */
  readonly modelName: Text | undefined;
  readonly model: DeviceModel | undefined;
  /** The groups that the node is in, in order. */
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

/** What gives a value. In which file it does so is told by the place of the value. */
export type Origin =
  { readonly kind: "node" | "defaults" | "model" } | { readonly kind: "group"; readonly name: string };

/** A place where a group is written. */
export interface GroupRow {
  readonly name: Text;
  readonly table: TomlTable;
}

export interface GroupDeclaration {
  readonly rows: readonly [GroupRow, ...GroupRow[]];
  /** Of the strongest row. */
  readonly name: Text;
}

/** A place where a link is written. */
export interface LinkRow {
  readonly table: TomlTable;
  /** Undefined where nothing of the end is written yet. */
  readonly src: EndpointDeclaration | undefined;
  readonly dst: EndpointDeclaration | undefined;
}

/** A link; table and ends are those of its strongest row. */
export interface LinkDeclaration extends LinkRow {
  /** Position in the lab, counted from 0. */
  readonly index: number;
  readonly rows: readonly [LinkRow, ...LinkRow[]];
}

/** A place where a bridge is written. */
export interface BridgeRow {
  readonly table: TomlTable;
  readonly name: Text | undefined;
  /** The ports that the row lists. */
  readonly endpoints: readonly EndpointDeclaration[];
}

/** A bridge; table and name are those of its strongest row. */
export interface BridgeDeclaration extends BridgeRow {
  readonly index: number;
  readonly rows: readonly [BridgeRow, ...BridgeRow[]];
  /** The ports on the bridge: those of the strongest row that lists any. */
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
