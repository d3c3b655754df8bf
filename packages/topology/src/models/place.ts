import { modelKeys, type Key, type Keys, type ValueShape } from "@labscape/devices";
import type { Path } from "../syntax/index.js";

/** A place in a model file, as the table of keys knows it. */
export interface ModelPlace {
  readonly shape: ValueShape;
  /** The key that has the value at the place or around it; absent at the root and for names that the author chooses. */
  readonly key?: Key<unknown>;
}

/** What may stand at a path; undefined behind a key that is not known. The number of a row may be left out, as headers do. */
export function modelPlaceAt(path: Path): ModelPlace | undefined {
  let place: ModelPlace = { shape: { kind: "table", keys: modelKeys } };
  for (const step of path) {
    const next = typeof step === "number" ? itemOf(place) : inTable(place.shape, step);
    if (next === undefined) return undefined;
    place = next;
  }
  return place;
}

/** The keys of a table, or of the rows of an array of tables. */
export function keysOf(shape: ValueShape | undefined): Keys | undefined {
  if (shape?.kind === "list") return keysOf(shape.item);
  return shape?.kind === "table" ? shape.keys : undefined;
}

function itemOf({ shape, key }: ModelPlace): ModelPlace | undefined {
  if (shape.kind !== "list") return undefined;
  return key === undefined ? { shape: shape.item } : { shape: shape.item, key };
}

function inTable(shape: ValueShape, name: string): ModelPlace | undefined {
  if (shape.kind === "strings-by-name") return { shape: { kind: "string" } };
  const keys = keysOf(shape);
  const key = keys !== undefined && Object.hasOwn(keys, name) ? keys[name] : undefined;
  return key === undefined ? undefined : { shape: key.shape, key };
}
