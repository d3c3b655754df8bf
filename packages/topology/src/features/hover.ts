import { portAliases } from "@labscape/devices";
import type { Analysis } from "../analysis.js";
import { nodeShape, placeAt } from "../keys/index.js";
import { tableOf, touches } from "../model/access.js";
import { effectiveEntry, effectiveTables } from "../model/layers.js";
import {
  sourceAt,
  writtenAt,
  type EndpointDeclaration,
  type NodeDeclaration,
  type Origin,
  type Sources,
} from "../model/index.js";
import { shortName } from "../model/paths.js";
import { membersOf, writtenEndpoints } from "../model/references.js";
import { cursorAt, type Cursor, type Entry, type EntryValue, type Path, type Range } from "../syntax/index.js";
import { plannedAddresses } from "../model/management.js";
import { endName, linkMarkdown } from "./hover-link.js";
import { formatMemory } from "../model/format-memory.js";
import { code, keyMarkdown, membersMarkdown, modelMarkdown, table } from "./markdown.js";
import { modelNameAt, referenceAt } from "./reference.js";
import type { Hover } from "./shapes.js";

/** What is under the cursor: a port, a node, a model, a group, a word or a key. */
export function hover(analysis: Analysis, offset: number): Hover | undefined {
  return (
    portHover(analysis, offset) ??
    modelHover(analysis, offset) ??
    nameHover(analysis, offset) ??
    keyHover(analysis, offset)
  );
}

function portHover(analysis: Analysis, offset: number): Hover | undefined {
  for (const end of writtenEndpoints(analysis.manifest)) {
    const { port, ref, declaration } = end;
    if (port === undefined || ref === undefined || declaration?.model === undefined) continue;
    if (!touches(port.range, offset)) continue;
    const name = declaration.name?.value ?? "";
    const others = portAliases(declaration.model, ref).filter((alias) => alias !== ref.name);
    const lines = [
      `**${code(ref.name)}** of ${code(name)} · ${declaration.model.title}`,
      ref.role === "data"
        ? `Data port ${ref.index}, counted from 0.`
        : `This is a ${ref.role} port; links cannot use it.`,
    ];
    if (others.length > 0) lines.push(`Also called ${others.map(code).join(", ")}.`);
    const settings = portSettingsMarkdown(analysis, name, ref.index);
    if (ref.role === "data" && settings !== "") lines.push(settings);
    const far = otherEnd(analysis, end);
    if (far !== undefined) {
      lines.push(`Cable to ${code(endName(far))}.`);
      const link = linkMarkdown(analysis, offset);
      if (link !== undefined) lines.push(link);
    }
    return { range: port.range, markdown: lines.join("\n\n") };
  }
  return undefined;
}

function portSettingsMarkdown({ lab }: Analysis, nodeName: string, index: number): string {
  const port = lab.nodes.find(({ name }) => name === nodeName)?.ports[index];
  if (port === undefined) return "";
  const { ipv4, ipv6, mac, mtu, description } = port;
  const rows = Object.entries({ IPv4: ipv4, IPv6: ipv6, MAC: mac, MTU: mtu, Description: description }).flatMap(
    ([title, value]) => (value === undefined ? [] : [`- ${title}: ${code(String(value))}`]),
  );
  return rows.join("\n");
}

function otherEnd({ manifest }: Analysis, end: EndpointDeclaration): EndpointDeclaration | undefined {
  const link = manifest.links.flatMap(({ rows }) => rows).find(({ src, dst }) => src === end || dst === end);
  return link?.src === end ? link.dst : link?.src;
}

function modelHover(analysis: Analysis, offset: number): Hover | undefined {
  const name = modelNameAt(analysis, offset);
  const found = name === undefined ? undefined : analysis.catalogue.find(name.value);
  return name === undefined || found === undefined
    ? undefined
    : { range: name.range, markdown: modelMarkdown(found.model, analysis.file) };
}

function nameHover(analysis: Analysis, offset: number): Hover | undefined {
  const reference = referenceAt(analysis, offset);
  if (reference === undefined) return undefined;
  const { kind, name, text } = reference;
  const { manifest } = analysis;
  if (kind === "node") {
    const node = manifest.nodesByName.get(name);
    return node === undefined ? undefined : { range: text.range, markdown: nodeMarkdown(analysis, node) };
  }
  if (kind !== "group" || !manifest.groups.has(name)) return undefined;
  const members = membersOf(manifest, name).flatMap((node) => (node.name === undefined ? [] : [code(node.name.value)]));
  const list =
    members.length === 0
      ? "No node names it."
      : `Nodes: ${members.slice(0, 20).join(", ")}${members.length > 20 ? ", …" : ""}.`;
  return { range: text.range, markdown: `**${name}** · group\n\n${list}` };
}

/** The values that a node has in the end, and where each comes from. */
function nodeMarkdown(analysis: Analysis, node: NodeDeclaration): string {
  const name = node.name?.value ?? "";
  const title = node.model === undefined ? "" : ` · ${node.model.title}`;
  const rows: string[][] = [];
  for (const spec of nodeShape.keys.values()) {
    if (["name", "id", "group", "groups", "interfaces"].includes(spec.name)) continue;
    const effective = effectiveEntry(node.layers, spec.name);
    if (effective !== undefined)
      rows.push([
        spec.name,
        valueMarkdown(effective.entry.value, analysis.sources),
        originMarkdown(effective.origin, effective.entry, analysis.sources),
      ]);
    else {
      const value = modelDefault(node, spec.name);
      if (value !== undefined) rows.push([spec.name, value, "the model"]);
      const planned = spec.name === "ipv4_address" ? plannedAddresses(analysis.lab).get(name) : undefined;
      if (planned !== undefined) rows.push([spec.name, code(planned), "allocated at deploy"]);
    }
  }
  const resolved = analysis.lab.nodes.find((each) => each.name === name);
  if (resolved !== undefined && resolved.model.members.length > 0)
    rows.push(["virtual machines", membersMarkdown(resolved.model, resolved), "the model"]);
  rows.push(...portRows(node, analysis.sources));
  return `**${name}**${title}\n\n${table(["key", "value", "from"], rows)}`;
}

function modelDefault({ model }: NodeDeclaration, key: string): string | undefined {
  if (model === undefined) return undefined;
  if (key === "cpu_count") return `${model.hardware.cpuCount}`;
  if (key === "memory") return formatMemory(model.hardware.memory);
  return key === "user" ? code(model.credentials.user) : undefined;
}

/** What `interfaces` says of each port in the end: a stronger layer hides what weaker ones say of the same setting. */
function portRows({ interfaces, layers }: NodeDeclaration, sources: Sources): readonly string[][] {
  const ports = new Map(interfaces.map(({ entry, ref }) => [entry, ref?.name ?? entry.key.text]));
  const hidden = new Set<string>();
  const rows: string[][] = [];
  for (const { origin, table: written } of effectiveTables(layers, "interfaces"))
    for (const entry of written.entries.values()) {
      const settings = [...(tableOf(entry.value)?.entries ?? [])].filter(([key]) => {
        const setting = `${ports.get(entry) ?? ""} ${key}`;
        return !hidden.has(setting) && hidden.add(setting);
      });
      const values = settings.map(([key, { value }]) => `${key} = ${valueMarkdown(value, sources)}`);
      if (values.length > 0)
        rows.push([`interfaces.${entry.key.text}`, values.join(", "), originMarkdown(origin, entry, sources)]);
    }
  return rows;
}

/** What gives a value, and in which file unless that is the manifest. */
function originMarkdown(origin: Origin, { key }: Entry, sources: Sources): string {
  const [{ file: manifest }] = sources;
  const { file } = sourceAt(sources, key.range.start);
  const at = file === manifest ? "" : ` of ${code(shortName(file, manifest))}`;
  switch (origin.kind) {
    case "group":
      return `group ${code(origin.name)}${at}`;
    case "node":
      return `the node${at}`;
    case "defaults":
      return `\`defaults\`${at}`;
    case "model":
      return "the model";
  }
}

/** A value as it is written; of a table that headers made, its keys. */
function valueMarkdown(value: EntryValue, sources: Sources): string {
  if (value.kind === "table-array") return `${value.items.length} tables`;
  const inner = tableOf(value);
  if (inner !== undefined)
    return [...inner.entries].map(([key, entry]) => `${key} = ${valueMarkdown(entry.value, sources)}`).join(", ");
  if (value.kind === "table" || value.kind === "inline-table") return "";
  const written = writtenAt(sources, value.range);
  return code(written.length > 60 ? `${written.slice(0, 60)}…` : written);
}

/** Keys at which a link is told as a whole: those that make it one. */
const linkEnds: ReadonlySet<string> = new Set(["src", "dst", "device_a", "interface_a", "device_b", "interface_b"]);

function keyHover(analysis: Analysis, offset: number): Hover | undefined {
  const { sources } = analysis;
  const cursor = cursorAt(sourceAt(sources, offset).syntax, offset);
  const key = keyAt(cursor);
  if (key !== undefined) {
    const spec = placeAt(key.path)?.spec;
    if (spec === undefined) return undefined;
    const link = linkEnds.has(spec.name) ? linkMarkdown(analysis, offset) : undefined;
    return { range: key.range, markdown: [link ?? [], keyMarkdown(spec)].flat().join("\n\n---\n\n") };
  }
  if (cursor.kind !== "value" || cursor.value?.kind !== "string") return undefined;
  const place = placeAt(cursor.path);
  const { value, contents } = cursor.value;
  const word = place?.type.kind === "enum" ? place.type.values.find((each) => each.value === value) : undefined;
  return word === undefined ? undefined : { range: contents, markdown: `**${word.value}**\n\n${word.documentation}` };
}

/** The key under the cursor and the way to it, numbers for rows as the key table needs them. */
function keyAt(cursor: Cursor): { readonly path: Path; readonly range: Range } | undefined {
  return keyPathAt(cursor, (path) => placeAt(path)?.type.kind === "array");
}

/**
 * The key under the cursor and the way to it.
 * @param isRows whether headers below a path, as in [nodes.interfaces.swp1], mean the last row there.
 */
export function keyPathAt(
  cursor: Cursor,
  isRows: (path: Path) => boolean = () => false,
): { readonly path: Path; readonly range: Range } | undefined {
  if (cursor.kind !== "header" && cursor.kind !== "key") return undefined;
  const key = cursor.kind === "header" ? cursor.header.key : cursor.pair?.key;
  const part = key?.parts[cursor.part];
  if (key === undefined || part === undefined) return undefined;
  const path: (string | number)[] = cursor.kind === "header" ? [] : [...cursor.tablePath];
  for (const each of key.parts.slice(0, cursor.part + 1)) {
    path.push(each.text);
    if (each !== part && isRows(path)) path.push(0);
  }
  return { path, range: part.range };
}
