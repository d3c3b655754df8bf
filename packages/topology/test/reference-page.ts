import {
  nodeShape,
  rootShape,
  sharedNodeShape,
  type KeySpec,
  type StringFormat,
  type TableShape,
  type ValueType,
} from "../src/keys/index.js";
import { introductions, preface } from "./reference-page-texts.js";

const banner =
  "<!-- Generated: change the key table or its introductions and run `npm run generate -w packages/topology`. -->\n\n";

/** docs/manifest.md: the manifest language, key by key. */
export function manifestPage(): string {
  return [banner, preface, ...sections()].join("");
}

/** Every table of the language whose keys act: the outer ones before those in them. */
export function actingShapes(): readonly TableShape[] {
  const found = new Set<TableShape>();
  const visit = (shape: TableShape): void => {
    if (found.has(shape)) return;
    found.add(shape);
    // What is in `defaults` and groups is in a node as well, and belongs there.
    if (shape === sharedNodeShape) return;
    for (const { type, status } of shape.keys.values()) {
      const inner = status === undefined ? innerShape(type) : undefined;
      if (inner !== undefined) visit(inner);
    }
  };
  visit(rootShape);
  return [...found];
}

function sections(): readonly string[] {
  return actingShapes().map((shape) => {
    const introduction = introductions.get(shape.title);
    if (introduction === undefined) throw new Error(`${shape.title} needs an introduction in reference-page-texts.ts`);
    const { heading, text } = introduction;
    const keys = shape === sharedNodeShape ? sharedKeys() : keyTable(shape);
    return `\n## ${heading}\n\n${text.trim()}\n\n${keys}`;
  });
}

/** The keys of `defaults` and groups are those of a node; what is different is shorter than the table. */
function sharedKeys(): string {
  const own = [...nodeShape.keys.keys()].filter((name) => !sharedNodeShape.keys.has(name));
  const foreign = [...sharedNodeShape.keys.keys()].filter((name) => !nodeShape.keys.has(name));
  if (foreign.length > 0) throw new Error(`a node has no ${foreign.join(", ")}`);
  return `All keys of a [node](#${anchor("Nodes")}) but ${listed(own.map((name) => `\`${name}\``))}.\n`;
}

function keyTable({ keys }: TableShape): string {
  const specs = [...keys.values()];
  const acting = specs.filter(({ status }) => status === undefined);
  const others = specs.filter(({ status }) => status !== undefined);
  const rows = acting.map(
    (spec) => `| \`${spec.name}\` | ${typeText(spec.type)} | ${defaultText(spec)} | ${cell(meaningOf(spec))} |\n`,
  );
  const table = `| Key | Type | Default | Meaning |\n| --- | --- | --- | --- |\n${rows.join("")}`;
  if (others.length === 0) return table;
  const lines = others.map(({ name, status }) => `- \`${name}\`: ${status?.reason ?? ""}.\n`);
  return `${table}\nKnown, but without effect:\n\n${lines.join("")}`;
}

function meaningOf({ documentation, type, dialect, counterpart, needs }: KeySpec): string {
  const parts = [documentation];
  if (type.kind === "enum")
    for (const { value, documentation: meaning } of type.values) parts.push(`\`${value}\`: ${meaning}`);
  if (needs !== undefined) parts.push("Acts on some [models](models/README.md) only.");
  if (dialect === "first") parts.push(`First dialect${counterpart === undefined ? "" : `, for \`${counterpart}\``}.`);
  return parts.join(" ");
}

const formats: Readonly<Record<StringFormat, string>> = {
  text: "text",
  "lab-name": "lab name",
  "lab-id": "12 hexadecimal digits",
  "node-name": "host name",
  "bridge-name": "host name",
  model: "device model",
  version: "text",
  group: "name of a group",
  node: "name of a node",
  endpoint: '`"node::port"`',
  path: "path",
  ipv4: "IPv4 address",
  ipv6: "IPv6 address",
  ip: "IP address",
  "ipv4-cidr": "IPv4 address with prefix length",
  "ipv6-cidr": "IPv6 address with prefix length",
  mac: "hardware address",
  environment: '`"NAME=value"`',
  octal: "octal digits",
  password: "text",
  "public-key": "public key",
  uri: "libvirt URI",
  domain: "DNS domain",
  "host-bridge": "bridge of the host",
};

function typeText(type: ValueType): string {
  switch (type.kind) {
    case "string":
      return formats[type.format];
    case "integer":
    case "number": {
      const kind = type.kind === "integer" ? "whole number" : "number";
      return `${kind}${type.unit === undefined ? "" : ` of ${type.unit}`}, ${type.min} to ${type.max}`;
    }
    case "boolean":
      return "true or false";
    case "enum":
      return listed(
        type.values.map(({ value }) => `\`"${value}"\``),
        "or",
      );
    case "array":
      return `list of: ${typeText(type.items)}`;
    case "table":
      return linkTo(type.shape);
    case "map":
      return `table: ${mapNames[type.names]} to ${typeText(type.values)}`;
    case "either":
      return listed(type.types.map(typeText), "or");
  }
}

const mapNames: Readonly<Record<Extract<ValueType, { kind: "map" }>["names"], string>> = {
  group: "name of a group",
  port: "port",
  "host-name": "host name",
  node: "name of a node",
  bridge: "name of a bridge",
};

function linkTo({ title }: TableShape): string {
  const heading = introductions.get(title)?.heading;
  return heading === undefined ? "table" : `[${title}](#${anchor(heading)})`;
}

/** The anchor that renderers of Markdown give to a heading. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 _-]/g, "")
    .replaceAll(" ", "-");
}

function defaultText({ required, default: otherwise }: KeySpec): string {
  if (required === "both") return "required";
  if (required !== undefined) return `required in the ${required} dialect`;
  return otherwise === undefined ? "" : cell(otherwise);
}

function innerShape(type: ValueType): TableShape | undefined {
  switch (type.kind) {
    case "table":
      return type.shape;
    case "array":
      return innerShape(type.items);
    case "map":
      return innerShape(type.values);
    case "either":
      return type.types.map(innerShape).find((shape) => shape !== undefined);
    default:
      return undefined;
  }
}

function listed(words: readonly string[], last = "and"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1) ?? ""}`;
}

const cell = (text: string): string => text.replaceAll("|", String.raw`\|`);
