import { isTemplateFile, templates, type Named, type ValueShape } from "@labscape/devices";
import { completePath } from "../features/complete-path.js";
import { item, openText, order, plain } from "../features/items.js";
import { modelMarkdown } from "../features/markdown.js";
import type { Completion } from "../features/shapes.js";
import { slotAt, type Slot } from "../features/slot.js";
import { rowsOf, textsOf } from "../model/access.js";
import { valueAt, type CursorInValue } from "../syntax/index.js";
import { modelPlaceAt } from "./place.js";
import type { ModelAnalysis } from "./read-model-files.js";
import { inlineRow } from "./snippets.js";

/** The values that the key at the cursor takes. */
export function completeModelValue(model: ModelAnalysis, cursor: CursorInValue, offset: number): readonly Completion[] {
  const shape = modelPlaceAt(cursor.path)?.shape;
  const slot = slotAt(cursor, model.source, offset);
  if (shape === undefined || slot === undefined) return [];
  switch (shape.kind) {
    case "string":
      return shape.names === undefined ? words(model, cursor, slot, shape) : named(shape.names, model, offset, slot);
    case "boolean":
      return slot.inString ? [] : ["true", "false"].map((word) => plain(slot, "value", word));
    case "table":
    case "strings-by-name":
    case "list":
      return slot.inString || cursor.value?.kind === "array" ? [] : [whole(shape, cursor, slot)];
    case "integer":
      return [];
  }
}

/** The words of a list; in an array those that are not there yet. */
function words(
  { source }: ModelAnalysis,
  { path, value }: CursorInValue,
  slot: Slot,
  { values = [] }: Extract<ValueShape, { kind: "string" }>,
): readonly Completion[] {
  const others = typeof path.at(-1) === "number" ? textsOf(valueAt(source.syntax.root, path.slice(0, -1))) : [];
  const own = value?.kind === "string" ? value.value : undefined;
  const taken = new Set(others.map((text) => text.value).filter((text) => text !== own));
  return values
    .filter((word) => !taken.has(word))
    .map((word, index) => item(slot, "value", word, { sortText: order(index) }));
}

function named(what: Named, model: ModelAnalysis, offset: number, slot: Slot): readonly Completion[] {
  switch (what) {
    case "model":
      return parents(model, slot);
    case "template":
      return templateNames(model, offset, slot);
    case "nic":
      return nics(model, slot);
  }
}

/** The templates that come with Labscape; behind `./` the author's own files. */
function templateNames({ source, providers }: ModelAnalysis, offset: number, slot: Slot): readonly Completion[] {
  if (slot.inString && isTemplateFile(source.text.slice(slot.range.start, offset)))
    return completePath({ source, providers, offset, slot });
  const known = Object.keys(templates).map((name, index) => item(slot, "file", name, { sortText: order(index) }));
  return [...known, { ...item(slot, "file", "./", { sortText: "~" }), newText: openText(slot, "./"), snippet: true }];
}

/** Every model but the file's own; its name only where there is one that it stands in for. */
function parents({ catalogue, source, standsIn }: ModelAnalysis, slot: Slot): readonly Completion[] {
  return catalogue.models
    .filter(({ file }) => file !== source.file || standsIn)
    .map((model) =>
      item(slot, "model", model.name, {
        detail: `${model.vendor} · ${model.role}`,
        documentation: modelMarkdown(model, source.file),
        filterText: slot.inString ? [model.name, ...model.aliases, model.title].join(" ") : slot.quote(model.name),
      }),
    );
}

/** What a member's NIC may be; of the internal cables those first that have one end so far. */
function nics({ source }: ModelAnalysis, slot: Slot): readonly Completion[] {
  const used = rowsOf(source.syntax.root.entries.get("members")?.value).flatMap((row) =>
    textsOf(row.entries.get("nics")?.value).map(({ value }) => value),
  );
  const internal = used.filter((nic, index) => nic.startsWith("internal:") && used.indexOf(nic) === index);
  const open = internal.filter((nic) => used.indexOf(nic) === used.lastIndexOf(nic));
  return [...open, "management", "data", "mirror", "unused"].map((nic, index) =>
    item(slot, "value", nic, { sortText: order(index) }),
  );
}

/** A whole value for a key that has none, a whole row between the rows of an array. */
function whole(shape: ValueShape, { path }: CursorInValue, slot: Slot): Completion {
  const isRow = typeof path.at(-1) === "number";
  const newText =
    shape.kind === "list" ? (shape.item.kind === "table" ? `[${inlineRow(shape.item)}]` : '["$1"]') : inlineRow(shape);
  const label = shape.kind === "list" ? "[ … ]" : "{ … }";
  return { label, kind: "snippet", range: slot.range, newText: isRow ? `${newText},` : newText, snippet: true };
}
