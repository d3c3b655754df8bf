import type { Analysis } from "../analysis.js";
import { placeAt, rootShape, shapeOf, type KeySpec } from "../keys/index.js";
import { fileAt, type ManifestFile } from "../model/index.js";
import type {
  CursorInHeader,
  Entry,
  EntryValue,
  KeyPart,
  Path,
  Range,
  TableHeader,
  TomlDocument,
  TomlTable,
} from "../syntax/index.js";
import { undefinedGroups } from "./node-at.js";
import { headerRow } from "./rows.js";
import type { Completion } from "./shapes.js";

/** Names within `[ ]` and `[[ ]]`. */
export function completeHeader(
  analysis: Analysis,
  { header, part, range }: CursorInHeader,
  syntax: TomlDocument,
): readonly Completion[] {
  const before: Path = header.key.parts.slice(0, part).flatMap((each) => placeStep(each.text));
  const type = placeAt(before)?.type;
  if (type?.kind === "map" && type.names === "group")
    return undefinedGroups(analysis).map((name) => ({
      label: name,
      kind: "group",
      range,
      newText: name,
      snippet: false,
    }));
  const around = tableAround(syntax, header, part);
  const own = header.key.parts[part];
  const file = fileAt(analysis.manifest, range.start);
  const keys = [...(shapeOf(type)?.keys.values() ?? [])].filter(
    (spec) => fits(spec, file, header.array) && canOpen(around?.entries.get(spec.name), header.array, own),
  );
  return keys.map((spec) => ({
    label: spec.name,
    kind: "key",
    documentation: spec.documentation,
    range,
    newText: spec.name,
    snippet: false,
  }));
}

/** The table in which the name of a header is looked up; undefined where nothing is there yet. */
export function tableAround({ root }: TomlDocument, header: TableHeader, part: number): TomlTable | undefined {
  let table: TomlTable | undefined = root;
  for (const step of header.key.parts.slice(0, part)) {
    const value: EntryValue | undefined = table?.entries.get(step.text)?.value;
    if (value?.kind === "table-array") table = value.items.findLast((item) => item.nameRange.start <= step.range.start);
    else table = value?.kind === "table" ? value : undefined;
  }
  return table;
}

/** Whether a header may open what is there: a further row of rows under headers, a table that only others made so far. */
export function canOpen(entry: Entry | undefined, array: boolean, own: KeyPart | undefined): boolean {
  if (entry === undefined || entry.key === own) return true;
  const { value } = entry;
  if (array) return value.kind === "table-array";
  return value.kind === "table" && value.form === "implicit";
}

/** Below rows, as in `[nodes.interfaces]`, a header means the last row. */
function placeStep(name: string): readonly (string | number)[] {
  return rootShape.keys.get(name)?.type.kind === "array" ? [name, 0] : [name];
}

function fits(spec: KeySpec, { dialect }: ManifestFile, array: boolean): boolean {
  if (spec.status !== undefined || (spec.dialect !== undefined && spec.dialect !== dialect)) return false;
  const { type } = spec;
  if (array) return type.kind === "array" && shapeOf(type.items) !== undefined;
  return type.kind === "table" || type.kind === "map";
}

/** Whole tables, for a line where one may start: a row where rows are written under headers, a table that is not there. */
export function headerSnippets(analysis: Analysis, range: Range): readonly Completion[] {
  const { root, dialect } = fileAt(analysis.manifest, range.start);
  return [...rootShape.keys.values()].flatMap((spec): readonly Completion[] => {
    const existing = root.entries.get(spec.name);
    const array = spec.type.kind === "array" && shapeOf(spec.type.items) !== undefined;
    if (!array && shapeOf(spec.type) === undefined) return [];
    // An array or table that is written as a value cannot go on under headers.
    const open = array ? existing === undefined || existing.value.kind === "table-array" : existing === undefined;
    const known = spec.status === undefined && (spec.dialect === undefined || spec.dialect === dialect);
    const counterpart = spec.counterpart !== undefined && root.entries.has(spec.counterpart);
    if (!open || !known || counterpart) return [];
    const label = array ? `[[${spec.name}]]` : `[${spec.name}]`;
    const newText = `${label}\n${headerRow(spec.name, analysis) ?? "$1"}`;
    return [
      {
        label,
        kind: "snippet",
        documentation: spec.documentation,
        range,
        newText,
        snippet: true,
        filterText: `${label} ${spec.name}`,
        sortText: `~${label}`,
      },
    ];
  });
}
