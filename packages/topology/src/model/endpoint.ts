import { findPort } from "@labscape/devices";
import { sameRange, type EntryValue, type StringValue, type TomlTable } from "../syntax/index.js";
import { partRange, textOf, type Text } from "./access.js";
import type { EndpointDeclaration, Manifest } from "./manifest.js";
import { portByNumber } from "./ports.js";

/** Reads `"node::port"`; the name ends at the first `::`. */
export function readEndpoint(value: StringValue, nodes: Manifest["nodesByName"]): EndpointDeclaration {
  const text = value.value;
  const colons = text.indexOf("::");
  const nameEnd = colons < 0 ? text.replace(/:$/, "").length : colons;
  const range = partRange(value, 0, nameEnd);
  const name = text.slice(0, nameEnd);
  const isWhole = sameRange(range, value.contents) && nameEnd < text.length;
  const node: Text = isWhole ? { value: name, range, suffix: text.slice(nameEnd) } : { value: name, range };
  const declaration = nodes.get(name);
  const port =
    colons < 0 ? undefined : { text: text.slice(colons + 2), range: partRange(value, colons + 2, text.length) };
  const model = declaration?.model;
  const ref = model === undefined || port === undefined ? undefined : findPort(model, port.text);
  return { range: value.contents, written: value, node, port, declaration, ref };
}

/** Reads one end of a row of the first dialect: `device_a = "dev1", interface_a = 0`. */
export function readNumberedEndpoint(
  table: TomlTable,
  end: "a" | "b",
  nodes: Manifest["nodesByName"],
): EndpointDeclaration | undefined {
  const node = textOf(table.entries.get(`device_${end}`)?.value);
  const number = portNumber(table.entries.get(`interface_${end}`)?.value);
  const range = number?.range ?? node?.range;
  if (range === undefined) return undefined;
  const declaration = node === undefined ? undefined : nodes.get(node.value);
  const ref =
    declaration?.model === undefined || number === undefined
      ? undefined
      : portByNumber(declaration.model, number.number);
  return { range, written: undefined, node, port: number, declaration, ref };
}

function portNumber(value: EntryValue | undefined) {
  if (value?.kind !== "integer") return undefined;
  return { text: String(value.value), number: Number(value.value), range: value.range };
}
