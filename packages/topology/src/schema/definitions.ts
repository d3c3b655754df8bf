import type { Catalogue } from "@labscape/devices";
import { sharedNodeShape, type KeySpec, type StringFormat, type TableShape, type ValueType } from "../keys/index.js";
import { hostName } from "../model/host-name.js";
import { labId, labName } from "../model/lab-name.js";
import { octalDigits } from "../model/resolve-node.js";
import type { JsonSchema } from "./json-schema.js";
import { requirements } from "./required.js";

/** The schemas of the tables of a manifest, each written once and referred to by name. */
export class Definitions {
  readonly #models: readonly string[];
  readonly #names = new Map<TableShape, string>();
  readonly #schemas = new Map<string, JsonSchema>();

  constructor({ models }: Catalogue) {
    this.#models = models.flatMap(({ name, aliases }) => [name, ...aliases.map((alias) => alias.toLowerCase())]);
  }

  all(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries(this.#schemas);
  }

  /** A table with the keys of a shape and no others. */
  ofShape(shape: TableShape): JsonSchema {
    const properties = [...shape.keys.values()].map((key) => [key.name, this.#ofKey(key)] as const);
    return { type: "object", properties: Object.fromEntries(properties), additionalProperties: false };
  }

  #ofKey(key: KeySpec): JsonSchema {
    const description = describeKey(key);
    // Of a key that does not act nobody looks at the value.
    return key.status === undefined ? { description, ...this.#ofType(key.type) } : { description };
  }

  #ofType(type: ValueType): JsonSchema {
    switch (type.kind) {
      case "string":
        return this.#ofText(type.format);
      case "integer":
      case "number":
        return { type: type.kind, minimum: type.min, maximum: type.max };
      case "boolean":
        return { type: "boolean" };
      case "enum":
        return { type: "string", enum: type.values.map(({ value }) => value) };
      case "array":
        return { type: "array", items: this.#ofType(type.items) };
      case "table":
        // Beside a reference nothing else counts in older drafts.
        return { allOf: [{ $ref: `#/definitions/${this.#define(type.shape)}` }] };
      case "map":
        return { type: "object", additionalProperties: this.#ofType(type.values) };
      case "either":
        return { anyOf: type.types.map((each) => this.#ofType(each)) };
    }
  }

  #ofText(format: StringFormat): JsonSchema {
    if (format === "model") return { type: "string", enum: [...new Set(this.#models)] };
    if (format === "ipv4" || format === "ipv6") return { type: "string", format };
    const pattern = patterns[format];
    return pattern === undefined ? { type: "string" } : { type: "string", pattern: pattern.source };
  }

  #define(shape: TableShape): string {
    const known = this.#names.get(shape);
    if (known !== undefined) return known;
    const name = shape.title
      .replace(/^(an?|the) /, "")
      .replace(/[^A-Za-z]+/g, "-")
      .replace(/^-|-$/g, "");
    if (this.#schemas.has(name)) throw new Error(`two tables of the key table are called ${shape.title}`);
    this.#names.set(shape, name);
    // A node takes over from elsewhere what it shares; the root says where that must be given.
    const own = requirements(shape, (key) => !sharedNodeShape.keys.has(key.name));
    this.#schemas.set(name, { ...this.ofShape(shape), ...(own.length > 0 && { allOf: own }) });
    return name;
  }
}

/** What a key does, as plain as a tool-tip can be. */
function describeKey({ documentation, status, default: otherwise }: KeySpec): string {
  const parts = [documentation];
  if (status !== undefined) parts.push(`It has no effect: ${status.reason}.`);
  if (otherwise !== undefined) parts.push(`Default: ${otherwise}.`);
  return parts.join(" ");
}

const patterns: Readonly<Partial<Record<StringFormat, RegExp>>> = {
  "lab-name": labName,
  "lab-id": labId,
  "node-name": hostName,
  "bridge-name": hostName,
  endpoint: /::/,
  octal: octalDigits,
};
