import type { Dialect } from "../analysis.js";
import type { TableShape } from "../keys/index.js";
import { fileAt, type Manifest } from "../model/index.js";
import { walkManifest, type KnownTables } from "../model/walk.js";
import type { TomlTable } from "../syntax/tree.js";
import type { CheckContext } from "./context.js";
import { dialectChecks } from "./dialects.js";
import { checkPaths, pathVisitor, type WrittenPath } from "./files.js";
import { keyChecks } from "./keys.js";
import { secretChecks } from "./secrets.js";

/** What can be told of each key and value by itself. */
export function checkWritten(context: CheckContext): void {
  const paths: WrittenPath[] = [];
  let reports = 0;
  const counting: CheckContext = {
    ...context,
    report: (...finding) => {
      reports++;
      context.report(...finding);
    },
  };
  const visitors = [keyChecks(counting), dialectChecks(counting), pathVisitor(paths), secretChecks(counting)];
  walkManifest(
    context.manifest,
    visitors,
    knownTables(context, paths, () => reports),
  );
  checkPaths(paths, context);
}

interface SoundTable {
  readonly shape: TableShape;
  /** Of the file around it. */
  readonly dialect: Dialect;
  /** The paths in it: what they lead to may change without it. */
  readonly paths: readonly WrittenPath[];
}

/**
 * Tables in whose keys and values nothing was found, in this version of a manifest or an earlier one. A table that is taken
 * over from there is not looked into again.
 */
export class SoundTables {
  readonly #tables = new WeakMap<TomlTable, SoundTable>();

  get(table: TomlTable): SoundTable | undefined {
    return this.#tables.get(table);
  }

  set(table: TomlTable, sound: SoundTable): void {
    this.#tables.set(table, sound);
  }
}

function knownTables({ manifest, sound }: CheckContext, paths: WrittenPath[], reports: () => number): KnownTables {
  let reportsBefore = 0;
  let pathsBefore = 0;
  /** Of the last table without paths: what is known of most tables is the same. */
  let last: SoundTable | undefined;
  return {
    has(table, shape) {
      reportsBefore = reports();
      pathsBefore = paths.length;
      const known = sound.get(table);
      if (known?.shape !== shape || known.dialect !== dialectAround(table, manifest)) return false;
      for (const path of known.paths) paths.push(path);
      return true;
    },
    shown(table, shape) {
      if (reports() > reportsBefore) return;
      const dialect = dialectAround(table, manifest);
      if (paths.length > pathsBefore) sound.set(table, { shape, dialect, paths: paths.slice(pathsBefore) });
      else {
        if (last?.shape !== shape || last.dialect !== dialect) last = { shape, dialect, paths: [] };
        sound.set(table, last);
      }
    },
  };
}

function dialectAround(table: TomlTable, manifest: Manifest): Dialect {
  return manifest.files.length === 1 ? manifest.dialect : fileAt(manifest, table.nameRange.start).dialect;
}
