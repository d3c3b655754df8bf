import type { Dialect } from "../analysis.js";
import type { KeySpec } from "../keys/index.js";
import { fileAt } from "../model/index.js";
import type { Entry, TomlTable } from "../syntax/tree.js";
import { replaceFix, type CheckContext, type LocalFix } from "./context.js";
import type { Visitor } from "../model/walk.js";

const title: Readonly<Record<Dialect, string>> = { current: "the current dialect", first: "the first dialect" };

/** Keys of the dialect that the file does not use. They act all the same, unless their counterpart stands beside them. */
export function dialectChecks(context: CheckContext): Visitor {
  const { manifest, report } = context;
  const dialectOf = ({ key }: Entry) => fileAt(manifest, key.start).dialect;
  return {
    entry: (entry, spec, table, shape) => {
      const beside = spec.counterpart === undefined ? undefined : table.entries.get(spec.counterpart);
      // A lab of the first dialect may have a name beside its id.
      const rival = spec.counterpart === undefined ? undefined : shape.keys.get(spec.counterpart)?.dialect;
      const overruled = spec.dialect === "first" && rival === "current" && beside !== undefined && !joins(spec);
      if (overruled)
        report(
          "mixed-dialects",
          entry.key.range,
          `\`${spec.name}\` is not used: \`${beside.key.text}\` says the same.`,
          {
            related: [{ range: beside.key.range, message: "This one is used" }],
          },
        );
      else if (spec.dialect !== undefined && spec.dialect !== dialectOf(entry))
        reportOther(entry, spec, table, dialectOf(entry), context);
      return spec.status === undefined;
    },
  };
}

/** Rows of `nodes` and `devices` are all used, as are those of `links` and `connections`. */
function joins(spec: KeySpec): boolean {
  return spec.type.kind === "array";
}

function reportOther(entry: Entry, spec: KeySpec, table: TomlTable, dialect: Dialect, { report }: CheckContext): void {
  const other = spec.dialect ?? dialect;
  const message = `\`${spec.name}\` belongs to ${title[other]}, and this file is written in ${title[dialect]}.`;
  const fixes = renameFix(entry, spec, table);
  const free = spec.counterpart !== undefined && !table.entries.has(spec.counterpart);
  const advice = free ? ` Write \`${spec.counterpart}\`.` : "";
  report("mixed-dialects", entry.key.range, message + advice, { fixes });
}

/** Where the counterpart takes the same value, changing the key is enough. */
function renameFix(entry: Entry, { counterpart, type }: KeySpec, table: TomlTable): readonly LocalFix[] {
  const sameValue = type.kind === "array" || (type.kind === "string" && ["model", "lab-id"].includes(type.format));
  // Headers name their table once for each row, so a key that headers made is not changed in one place.
  if (counterpart === undefined || !sameValue || entry.pair === undefined || table.entries.has(counterpart)) return [];
  return [replaceFix(`Change to \`${counterpart}\``, entry.key.range, counterpart)];
}
