import { bridgeShape, linkShape, rootShape, shapeOf, type TableShape } from "../keys/index.js";
import type { Entry, TomlTable } from "../syntax/tree.js";
import { tableOf } from "./access.js";
import { strongestEntry, tablesOf } from "./layers.js";
import type { BridgeDeclaration, LinkDeclaration, Manifest } from "./manifest.js";

/** What a lab's files say of one subject: tables with the same keys, the strongest first. */
export interface Settings {
  readonly tables: readonly TomlTable[];
  readonly shape: TableShape;
}

/** The keys at the top of a lab's files. */
export function rootSettings({ files }: Pick<Manifest, "files">): Settings {
  return { tables: files.map(({ root }) => root), shape: rootShape };
}

/** A table of settings at the top of a lab's files, such as `management`. */
export function settingsOf({ files }: Pick<Manifest, "files">, name: string): Settings {
  const tables = files.flatMap(({ root }) => tableOf(root.entries.get(name)?.value) ?? []);
  return { tables, shape: shapeOf(rootShape.keys.get(name)?.type) ?? { title: name, keys: new Map() } };
}

export function linkSettings({ rows }: Pick<LinkDeclaration, "rows">): Settings {
  return { tables: tablesOf(rows), shape: linkShape };
}

export function bridgeSettings({ rows }: Pick<BridgeDeclaration, "rows">): Settings {
  return { tables: tablesOf(rows), shape: bridgeShape };
}

/** The value that acts: the strongest one of the right kind. */
export function settingOf({ tables, shape }: Settings, key: string): Entry | undefined {
  return strongestEntry(tables, shape, key);
}
