import { findPort, type PortRef } from "@labscape/devices";
import { sameRange, type IntegerValue, type Range, type StringValue, type TomlTable } from "../syntax/index.js";
import { partRange, textOf, type Text } from "./access.js";
import type { EndpointDeclaration, Manifest, NodeDeclaration, PortText } from "./manifest.js";
import { portByNumber } from "./ports.js";

/** Reads `"node::port"`; the name ends at the first `::`. */
export function readEndpoint(value: StringValue, nodes: Manifest["nodesByName"]): EndpointDeclaration {
  const text = value.value;
  const colons = text.indexOf("::");
  const nameEnd = colons < 0 ? text.replace(/:$/, "").length : colons;
  const declaration = nodes.get(text.slice(0, nameEnd));
  const model = colons < 0 ? undefined : declaration?.model;
  const ref = model === undefined ? undefined : findPort(model, text.slice(colons + 2));
  return new WrittenEndpoint(value, nameEnd, declaration, ref);
}

/** A string `node::port`. A lab has very many, and few are ever asked for their parts. */
class WrittenEndpoint implements EndpointDeclaration {
  readonly written: StringValue;
  readonly declaration: NodeDeclaration | undefined;
  readonly ref: PortRef | undefined;
  readonly #nameEnd: number;

  constructor(
    written: StringValue,
    nameEnd: number,
    declaration: NodeDeclaration | undefined,
    ref: PortRef | undefined,
  ) {
    this.written = written;
    this.#nameEnd = nameEnd;
    this.declaration = declaration;
    this.ref = ref;
  }

  get range(): Range {
    return this.written.contents;
  }

  get node(): Text {
    const text = this.written.value;
    const range = partRange(this.written, 0, this.#nameEnd);
    const value = text.slice(0, this.#nameEnd);
    const isWhole = sameRange(range, this.written.contents) && this.#nameEnd < text.length;
    return isWhole ? { value, range, suffix: text.slice(this.#nameEnd) } : { value, range };
  }

  get port(): PortText | undefined {
    const text = this.written.value;
    return text.startsWith("::", this.#nameEnd) ? new WrittenPort(this.written, this.#nameEnd + 2) : undefined;
  }
}

class WrittenPort implements PortText {
  readonly text: string;
  readonly #written: StringValue;
  readonly #start: number;

  constructor(written: StringValue, start: number) {
    this.text = written.value.slice(start);
    this.#written = written;
    this.#start = start;
  }

  get range(): Range {
    return partRange(this.#written, this.#start, this.#written.value.length);
  }
}

/** Reads one end of a row of the first dialect: `device_a = "dev1", interface_a = 0`. */
export function readNumberedEndpoint(
  table: TomlTable,
  end: "a" | "b",
  nodes: Manifest["nodesByName"],
): EndpointDeclaration | undefined {
  const node = textOf(table.entries.get(`device_${end}`)?.value);
  const value = table.entries.get(`interface_${end}`)?.value;
  const port = value?.kind === "integer" ? new NumberedPort(value) : undefined;
  const place = port ?? node;
  return place === undefined ? undefined : new NumberedEndpoint(place, node, port, nodes);
}

class NumberedEndpoint implements EndpointDeclaration {
  readonly written = undefined;
  readonly node: Text | undefined;
  readonly port: NumberedPort | undefined;
  readonly declaration: NodeDeclaration | undefined;
  readonly ref: PortRef | undefined;
  readonly #place: { readonly range: Range };

  constructor(
    place: { readonly range: Range },
    node: Text | undefined,
    port: NumberedPort | undefined,
    nodes: Manifest["nodesByName"],
  ) {
    this.node = node;
    this.port = port;
    this.declaration = node === undefined ? undefined : nodes.get(node.value);
    const model = this.declaration?.model;
    this.ref = model === undefined || port === undefined ? undefined : portByNumber(model, port.number);
    this.#place = place;
  }

  get range(): Range {
    return this.#place.range;
  }
}

class NumberedPort implements PortText {
  readonly #value: IntegerValue;

  constructor(value: IntegerValue) {
    this.#value = value;
  }

  get text(): string {
    return String(this.#value.value);
  }

  get number(): number {
    return Number(this.#value.value);
  }

  get range(): Range {
    return this.#value.range;
  }
}
