import { totalSize } from "@labscape/devices";
import type { Analysis } from "../analysis.js";
import { placeAt, type KeySpec, type StringFormat, type ValueType } from "../keys/index.js";
import { touches } from "../model/access.js";
import { PortUsage, freePorts } from "../model/usage.js";
import { sourceAt } from "../model/index.js";
import type { CursorInValue } from "../syntax/index.js";
import { byName, item, order, plain, type ValueContext } from "./items.js";
import { completeManagementAddress, completePortAddress } from "./complete-address.js";
import { completePath } from "./complete-path.js";
import { nodeAt } from "./node-at.js";
import { completeEndpoint, linkAt } from "./complete-endpoint.js";
import { formatMemory } from "../model/format-memory.js";
import { modelMarkdown } from "./markdown.js";
import type { Completion } from "./shapes.js";
import { inlineRow } from "./rows.js";
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
      return ofFormat(type.format, spec, context);
    case "enum":
      return type.values.map(({ value, documentation }) => item(slot, "value", value, { documentation }));
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
  const newText = isRow
    ? inlineRow(spec.name, analysis)
    : valueSnippet(spec, nodeAt(analysis, cursor.path, cursor.range.start), analysis);
  if (newText === undefined || (isRow && type.kind !== "table")) return [];
  const label = isRow ? "{ … }" : type.kind === "array" ? "[ … ]" : "{ … }";
  return [{ label, kind: "snippet", documentation: spec.documentation, range: slot.range, newText, snippet: true }];
}

function ofFormat(format: StringFormat, spec: KeySpec | undefined, context: ValueContext): readonly Completion[] {
  const { analysis, slot, cursor, offset } = context;
  const { manifest } = analysis;
  switch (format) {
    case "model":
      return models(context);
    case "version":
      return versions(context);
    case "group":
      return names([...manifest.groups.keys()]).map(({ name, sortText }) => item(slot, "group", name, { sortText }));
    case "node": {
      const own = nodeAt(analysis, cursor.path, cursor.range.start)?.name?.value;
      const others = [...manifest.nodesByName.keys()].filter((name) => name !== own && name !== "");
      return names(others).map(({ name, sortText }) =>
        item(slot, "node", name, { detail: manifest.nodesByName.get(name)?.model?.title ?? "", sortText }),
      );
    }
    case "endpoint":
      return completeEndpoint(context);
    case "path":
      return completePath(
        { source: sourceAt(analysis.sources, offset), providers: analysis.providers, offset, slot },
        spec?.name,
      );
    case "ipv4":
      return completeManagementAddress(context);
    case "ipv4-cidr":
      return completePortAddress(context);
    case "uri":
      return uris(context);
    case "host-bridge":
      return names(analysis.providers.host?.()?.bridges ?? []).map(({ name, sortText }) =>
        item(slot, "bridge", name, { sortText }),
      );
    case "text":
    case "lab-name":
    case "lab-id":
    case "node-name":
    case "bridge-name":
    case "ipv6":
    case "ip":
    case "ipv6-cidr":
    case "mac":
    case "environment":
    case "octal":
    case "password":
    case "public-key":
    case "domain":
      return [];
  }
}

/** Names in the order in which people number them. */
function names(all: readonly string[]): readonly { readonly name: string; readonly sortText: string }[] {
  return [...all].sort(byName).map((name, index) => ({ name, sortText: order(index) }));
}

function uris({ slot }: ValueContext): readonly Completion[] {
  return [
    item(slot, "value", "qemu:///system", {
      documentation: "libvirt of this machine, with networks of its own.",
      sortText: "0",
    }),
    item(slot, "value", "qemu:///session", {
      documentation: "libvirt of your own account: needs no rights.",
      sortText: "1",
    }),
    {
      label: "qemu+ssh://…/system",
      kind: "snippet",
      documentation: "libvirt of another machine, by your own ssh.",
      range: slot.range,
      newText: slot.quote("qemu+ssh://${1:user}@${2:server}/system"),
      snippet: true,
      filterText: slot.inString ? "qemu+ssh" : '"qemu+ssh"',
      sortText: "2",
    },
  ];
}

function models({ analysis, slot }: ValueContext): readonly Completion[] {
  return analysis.catalogue.models.map((model) =>
    item(slot, "model", model.name, {
      detail: `${model.vendor} · ${model.role} · ${formatMemory(totalSize(model).memory)}`,
      documentation: modelMarkdown(model, analysis.file),
      filterText: [model.name, ...model.aliases, model.title].join(" "),
    }),
  );
}

/** Versions in the image store, the newest first. */
function versions({ analysis, cursor, slot }: ValueContext): readonly Completion[] {
  const model = nodeAt(analysis, cursor.path, cursor.range.start)?.model;
  const known = model === undefined ? undefined : analysis.providers.imageVersions?.(model.name);
  return (known ?? []).map((version, index) => item(slot, "version", version, { sortText: order(index) }));
}

/** The numbers of free ports, for the first dialect. */
function portNumbers({ analysis, cursor, offset, slot }: ValueContext): readonly Completion[] {
  const { manifest } = analysis;
  const link = linkAt(manifest, offset);
  const device = cursor.table?.entries.get(cursor.path.at(-1) === "interface_a" ? "device_a" : "device_b")?.value;
  const node = device?.kind === "string" ? manifest.nodesByName.get(device.value) : undefined;
  if (node === undefined) return [];
  const edited = [link?.src, link?.dst].find((end) => end !== undefined && touches(end.range, offset));
  return freePorts(node, new PortUsage(manifest), Infinity, edited).map(({ index, name }) => ({
    ...plain(slot, "port", String(index)),
    detail: name,
    sortText: order(index),
  }));
}
