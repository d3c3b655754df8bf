import { bridgeShape, linkShape, rootShape, shapeOf, type TableShape } from "../keys/index.js";
import type { Entry } from "../syntax/tree.js";
import { tableOf } from "./access.js";
import { strongestEntry, type Row } from "./layers.js";
import type { BridgeDeclaration, LinkDeclaration, Manifest } from "./manifest.js";

/** What a lab's files say of one subject: rows with the same keys, the strongest first. */
export interface Settings {
  readonly rows: readonly Row[];
  readonly shape: TableShape;
}

/** The keys at the top of a lab's files. */
export function rootSettings({ files }: Pick<Manifest, "files">): Settings {
  return { rows: files.map(({ root }) => ({ table: root })), shape: rootShape };
}

/** A table of settings at the top of a lab's files, such as `management`. */
export function settingsOf({ files }: Pick<Manifest, "files">, name: string): Settings {
  const rows = files.flatMap(({ root }) => {
    const table = tableOf(root.entries.get(name)?.value);
    return table === undefined ? [] : [{ table }];
  });
  return { rows, shape: shapeOf(rootShape.keys.get(name)?.type) ?? { title: name, keys: new Map() } };
}

export function linkSettings({ rows }: Pick<LinkDeclaration, "rows">): Settings {
  return { rows, shape: linkShape };
}

export function bridgeSettings({ rows }: Pick<BridgeDeclaration, "rows">): Settings {
  return { rows, shape: bridgeShape };
}

/** The value that acts: the strongest one of the right kind. */
export function settingOf({ rows, shape }: Settings, key: string): Entry | undefined {
  return strongestEntry(rows, shape, key);
}
