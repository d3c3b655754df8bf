import type { Path } from "../syntax/index.js";
import { rootShape } from "./root.js";
import type { KeySpec, TableShape, ValueType } from "./types.js";

/** What the key table says of a place: the type of what stands there, and the key whose value it is or is in. */
export interface Place {
  readonly type: ValueType;
  /** Absent at the root and for names that the user chooses. */
  readonly spec?: KeySpec;
}

/** The place at a path from the root; undefined where no key describes it. */
export function placeAt(path: Path): Place | undefined {
  let place: Place = { type: { kind: "table", shape: rootShape } };
  for (const step of path) {
    const next = typeof step === "number" ? itemPlace(place) : memberPlace(place.type, step);
    if (next === undefined) return undefined;
    place = next;
  }
  return place;
}

/** The shape of the table that stands at a place, if one may. */
export function shapeOf(type: ValueType | undefined): TableShape | undefined {
  if (type?.kind === "table") return type.shape;
  return type?.kind === "either" ? type.types.map(shapeOf).find((shape) => shape !== undefined) : undefined;
}

function itemPlace({ type, spec }: Place): Place | undefined {
  if (type.kind !== "array") return undefined;
  return spec === undefined ? { type: type.items } : { type: type.items, spec };
}

function memberPlace(type: ValueType, key: string): Place | undefined {
  if (type.kind === "map") return { type: type.values };
  const spec = shapeOf(type)?.keys.get(key);
  return spec === undefined ? undefined : { type: spec.type, spec };
}
