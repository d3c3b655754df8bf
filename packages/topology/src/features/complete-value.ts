import type { Analysis } from "../analysis.js";
import { placeAt, type KeySpec, type StringFormat, type ValueType } from "../keys/index.js";
import { touches } from "../model/access.js";
import { portUsage, freePorts } from "../model/usage.js";
import { sourceAt } from "../model/index.js";
import type { CursorInValue } from "../syntax/index.js";
import { item, order, plain, type ValueContext } from "./items.js";
import { nodeAt } from "./node-at.js";
import { rowSnippet } from "./complete-header.js";
import { completeEndpoint } from "./complete-endpoint.js";
import { formatMemory } from "./inlay-hints.js";
import { modelMarkdown } from "./markdown.js";
import type { Completion } from "./shapes.js";
import { slotAt } from "./slot.js";
import { valueSnippet } from "./snippets.js";

/** The values that the key at the cursor takes. */
export function completeValue(analysis: Analysis, cursor: CursorInValue, offset: number): readonly Completion[] {
  const place = placeAt(cursor.path);
  const slot = slotAt(cursor, sourceAt(analysis.sources, offset), offset);
  if (place === undefined || slot === undefined) return [];
  return ofType(place.type, place.spec, { analysis, cursor, offset, slot });
}

function ofType(type: ValueType, spec: KeySpec | undefined, context: ValueContext): readonly Completion[] {
  const { slot, cursor } = context;
  switch (type.kind) {
    case "string":
      return ofFormat(type.format, context);
    case "enum":
      return type.values
        .filter(({ status }) => status === undefined)
        .map(({ value, documentation }) => item(slot, "value", value, { documentation }));
    case "boolean":
      return slot.inString ? [] : ["true", "false"].map((word) => plain(slot, "value", word));
    case "either":
      return type.types.flatMap((each) => ofType(each, spec, context));
    case "integer":
      return /^interface_[ab]$/.test(spec?.name ?? "") && !slot.inString ? portNumbers(context) : [];
    case "array":
    case "table":
    case "map":
      return slot.inString || cursor.value?.kind === "array" ? [] : wholeValue(type, spec, context);
    case "number":
      return [];
  }
}

/** A whole value for a key that has none, a whole row between the rows of an array. */
function wholeValue(
  type: ValueType,
  spec: KeySpec | undefined,
  { analysis, cursor, slot }: ValueContext,
): readonly Completion[] {
  if (spec === undefined) return [];
  const isRow = typeof cursor.path.at(-1) === "number";
  const newText = isRow ? rowSnippet(spec.name) : valueSnippet(spec, nodeAt(analysis, cursor.path));
  if (newText === undefined || (isRow && type.kind !== "table")) return [];
  const label = isRow ? "{ … }" : type.kind === "array" ? "[ … ]" : "{ … }";
  return [{ label, kind: "snippet", documentation: spec.documentation, range: slot.range, newText, snippet: true }];
}

function ofFormat(format: StringFormat, context: ValueContext): readonly Completion[] {
  const { analysis, slot, cursor } = context;
  const { manifest } = analysis;
  switch (format) {
    case "model":
      return models(context);
    case "version":
      return versions(context);
    case "group":
      return [...manifest.groups.keys()].map((name) => item(slot, "group", name));
    case "node": {
      const own = nodeAt(analysis, cursor.path)?.name?.value;
      return [...manifest.nodesByName.values()].flatMap(({ name, model }) =>
        name === undefined || name.value === own
          ? []
          : [item(slot, "node", name.value, { detail: model?.title ?? "" })],
      );
    }
    case "endpoint":
      return completeEndpoint(context);
    case "text":
    case "lab-name":
    case "lab-id":
    case "node-name":
    case "bridge-name":
    case "path":
    case "ipv4":
    case "ipv6":
    case "ipv4-cidr":
    case "ipv6-cidr":
    case "mac":
    case "environment":
    case "octal":
    case "password":
    case "public-key":
    case "uri":
    case "domain":
    case "host-bridge":
      return [];
  }
}

function models({ analysis, slot }: ValueContext): readonly Completion[] {
  return analysis.catalogue.models.map((model) =>
    item(slot, "model", model.name, {
      detail: `${model.vendor} · ${model.role} · ${formatMemory(model.hardware.memory)}`,
      documentation: modelMarkdown(model),
      filterText: [model.name, ...model.aliases, model.title].join(" "),
    }),
  );
}

/** Versions in the image store, the newest first. */
function versions({ analysis, cursor, slot }: ValueContext): readonly Completion[] {
  const model = nodeAt(analysis, cursor.path)?.model;
  const known = model === undefined ? undefined : analysis.providers.imageVersions?.(model.name);
  return (known ?? []).map((version, index) => item(slot, "version", version, { sortText: order(index) }));
}

/** The numbers of free ports, for the first dialect. */
function portNumbers({ analysis, cursor, offset, slot }: ValueContext): readonly Completion[] {
  const { manifest } = analysis;
  const link = manifest.links.find(({ table }) => table.ranges.some((range) => touches(range, offset)));
  const device = cursor.table?.entries.get(cursor.path.at(-1) === "interface_a" ? "device_a" : "device_b")?.value;
  const node = device?.kind === "string" ? manifest.nodesByName.get(device.value) : undefined;
  if (node === undefined) return [];
  const edited = [link?.src, link?.dst].find((end) => end !== undefined && touches(end.range, offset));
  return freePorts(node, portUsage(manifest), Infinity, edited).map(({ index, name }) => ({
    ...plain(slot, "port", String(index)),
    detail: name,
    sortText: order(index),
  }));
}
