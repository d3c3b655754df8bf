import type { Point } from "../model/lab.js";
import type { CableEnd, Gesture } from "./gesture.js";

/** A gesture as it came from outside; undefined for what is none. */
export function readGesture(value: unknown): Gesture | undefined {
  if (!isRecord(value)) return undefined;
  const { kind } = value;
  switch (kind) {
    case "add-node": {
      const { model } = value;
      const rest = { ...text(value, "name"), ...point(value, "at"), ...texts(value, "groups") };
      return typeof model === "string" ? { kind, model, ...rest } : undefined;
    }
    case "add-bridge":
      return { kind, ...text(value, "name"), ...text(value, "external"), ...point(value, "at") };
    case "set-external": {
      const { bridge } = value;
      return typeof bridge === "string" ? { kind, bridge, ...text(value, "external") } : undefined;
    }
    case "add-link": {
      const [from, to] = [readEnd(value["from"]), readEnd(value["to"])];
      return from === undefined || to === undefined ? undefined : { kind, from, to };
    }
    case "set-port": {
      const { link, end, port } = value;
      if (typeof link !== "string" || typeof port !== "string" || (end !== "src" && end !== "dst")) return undefined;
      return { kind, link, end, port };
    }
    case "move":
      return { kind, ...points(value, "nodes"), ...points(value, "bridges"), ...points(value, "notes") };
    case "rename":
      return readRename(value);
    case "delete":
      return {
        kind,
        ...texts(value, "nodes"),
        ...texts(value, "bridges"),
        ...texts(value, "links"),
        ...numbers(value),
      };
    case "duplicate": {
      const nodes = readTexts(value["nodes"]);
      const by = readPoint(value["by"]);
      return nodes === undefined || by === undefined ? undefined : { kind, nodes, by };
    }
    case "set-note": {
      const { note, text: content } = value;
      if (typeof content !== "string") return undefined;
      return { kind, text: content, ...(typeof note === "number" && { note }), ...point(value, "at") };
    }
    case "set-groups": {
      const [nodes, groups] = [readTexts(value["nodes"]), readTexts(value["groups"])];
      return nodes === undefined || groups === undefined ? undefined : { kind, nodes, groups };
    }
    case "regroup": {
      const { nodes } = points(value, "nodes");
      return nodes === undefined ? undefined : { kind, nodes, ...text(value, "group") };
    }
    case "clear-positions":
      return { kind };
    default:
      return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function readRename({ node, bridge, group, to }: Fields): Gesture | undefined {
  if (typeof to !== "string") return undefined;
  if (typeof node === "string") return { kind: "rename", node, to };
  if (typeof bridge === "string") return { kind: "rename", bridge, to };
  return typeof group === "string" ? { kind: "rename", group, to } : undefined;
}

function readEnd(value: unknown): CableEnd | undefined {
  if (!isRecord(value)) return undefined;
  const { node, bridge } = value;
  if (typeof node === "string") return { node, ...text(value, "port") };
  return typeof bridge === "string" ? { bridge } : undefined;
}

function readPoint(value: unknown): Point | undefined {
  if (!isRecord(value)) return undefined;
  const { x, y } = value;
  return typeof x === "number" && typeof y === "number" ? { x, y } : undefined;
}

function readTexts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((each) => typeof each === "string") ? value : undefined;
}

/** Fields that may be left out; one of another kind is as good as none. */
function text<Key extends string>(fields: Fields, key: Key): Partial<Record<Key, string>> {
  const value = fields[key];
  return typeof value === "string" ? one(key, value) : {};
}

function texts<Key extends string>(fields: Fields, key: Key): Partial<Record<Key, readonly string[]>> {
  const value = readTexts(fields[key]);
  return value === undefined ? {} : one(key, value);
}

function numbers({ notes }: Fields): { notes?: readonly number[] } {
  return Array.isArray(notes) && notes.every((each) => typeof each === "number") ? { notes } : {};
}

function point<Key extends string>(fields: Fields, key: Key): Partial<Record<Key, Point>> {
  const value = readPoint(fields[key]);
  return value === undefined ? {} : one(key, value);
}

function points<Key extends string>(fields: Fields, key: Key): Partial<Record<Key, Readonly<Record<string, Point>>>> {
  const value = fields[key];
  if (!isRecord(value)) return {};
  const found = Object.entries(value).flatMap(([name, at]) => {
    const place = readPoint(at);
    return place === undefined ? [] : [[name, place] as const];
  });
  return one(key, Object.fromEntries(found));
}

function one<Key extends string, Value>(key: Key, value: Value): Partial<Record<Key, Value>> {
  const field: Partial<Record<Key, Value>> = {};
  field[key] = value;
  return field;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
