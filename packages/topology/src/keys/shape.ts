import type { EnumValue, KeySpec, StringFormat, TableShape, ValueType } from "./types.js";

/** A table's shape from the list of its keys. */
export function shape(title: string, keys: readonly KeySpec[]): TableShape {
  return { title, keys: new Map(keys.map((key) => [key.name, key])) };
}

export function text(format: StringFormat = "text"): ValueType {
  return { kind: "string", format };
}

export function integer(min: number, max: number, unit?: string): ValueType {
  return unit === undefined ? { kind: "integer", min, max } : { kind: "integer", min, max, unit };
}

export function number(min: number, max: number, unit: string): ValueType {
  return { kind: "number", min, max, unit };
}

export const boolean: ValueType = { kind: "boolean" };

export function oneOf(...values: readonly EnumValue[]): ValueType {
  return { kind: "enum", values };
}

export function arrayOf(items: ValueType): ValueType {
  return { kind: "array", items };
}

export function table(of: TableShape): ValueType {
  return { kind: "table", shape: of };
}

export function either(...types: readonly ValueType[]): ValueType {
  return { kind: "either", types };
}

/** Reason of keys that belong to another capability, which is not there yet. */
export function unsupported(reason: string): { readonly kind: "unsupported"; readonly reason: string } {
  return { kind: "unsupported", reason };
}
