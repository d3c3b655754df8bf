/** What the page sends, checked: it is not trusted, and what it sends changes a file. */
import type { CableEnd, Gesture } from "@labscape/topology";
import { isPoint } from "../language/canvas-protocol.js";
import {
  isEither,
  isListOf,
  isNumber,
  isOneOf,
  isRecord,
  isRecordOf,
  isShape,
  isString,
  type Guard,
} from "../language/shapes.js";
import { PAGE_COMMANDS, type FromPage, type Shown } from "./messages.js";

const isEnd = isEither(
  isShape<Extract<CableEnd, { node: string }>>({ node: isString, port: isString }, ["port"]),
  isShape<Extract<CableEnd, { bridge: string }>>({ bridge: isString }),
);

type OfKind<K extends Gesture["kind"]> = Omit<Extract<Gesture, { kind: K }>, "kind">;

type Rename<B extends string> = Readonly<Record<B | "to", string>>;

const isRename = isEither(
  isEither(
    isShape<Rename<"node">>({ node: isString, to: isString }),
    isShape<Rename<"bridge">>({ bridge: isString, to: isString }),
  ),
  isShape<Rename<"group">>({ group: isString, to: isString }),
);

const GESTURES: Readonly<Record<Gesture["kind"], Guard<unknown>>> = {
  "add-node": isShape<OfKind<"add-node">>(
    { model: isString, name: isString, at: isPoint, groups: isListOf(isString) },
    ["name", "at", "groups"],
  ),
  "add-bridge": isShape<OfKind<"add-bridge">>({ name: isString, external: isString, at: isPoint }, [
    "name",
    "external",
    "at",
  ]),
  "set-external": isShape<OfKind<"set-external">>({ bridge: isString, external: isString }, ["external"]),
  "add-link": isShape<OfKind<"add-link">>({ from: isEnd, to: isEnd }),
  "set-port": isShape<OfKind<"set-port">>({ link: isString, end: isOneOf("src", "dst"), port: isString }),
  move: isShape<OfKind<"move">>(
    { nodes: isRecordOf(isPoint), bridges: isRecordOf(isPoint), notes: isRecordOf(isPoint) },
    ["nodes", "bridges", "notes"],
  ),
  rename: isRename,
  delete: isShape<OfKind<"delete">>(
    { nodes: isListOf(isString), bridges: isListOf(isString), links: isListOf(isString), notes: isListOf(isNumber) },
    ["nodes", "bridges", "links", "notes"],
  ),
  duplicate: isShape<OfKind<"duplicate">>({ nodes: isListOf(isString), by: isPoint }),
  "set-note": isShape<OfKind<"set-note">>({ note: isNumber, text: isString, at: isPoint }, ["note", "at"]),
  "set-groups": isShape<OfKind<"set-groups">>({ nodes: isListOf(isString), groups: isListOf(isString) }),
  regroup: isShape<OfKind<"regroup">>({ nodes: isRecordOf(isPoint), group: isString }, ["group"]),
  "clear-positions": isRecord,
};

function isGesture(value: unknown): value is Gesture {
  if (!isRecord(value)) return false;
  const kind = Object.keys(GESTURES).find((name): name is Gesture["kind"] => name === value["kind"]);
  return kind !== undefined && GESTURES[kind](value);
}

function isShown(value: unknown): value is Shown {
  if (!isRecord(value)) return false;
  switch (value["kind"]) {
    case "node":
    case "bridge":
    case "group":
      return isString(value["name"]);
    case "link":
      return isString(value["id"]);
    case "note":
      return isNumber(value["index"]);
    default:
      return false;
  }
}

type Message<T extends FromPage["type"]> = Omit<Extract<FromPage, { type: T }>, "type">;

const MESSAGES: Readonly<Record<FromPage["type"], Guard<unknown>>> = {
  ready: isRecord,
  failed: isShape<Message<"failed">>({ message: isString }),
  gesture: isShape<Message<"gesture">>({ request: isNumber, gesture: isGesture }),
  ports: isShape<Message<"ports">>({ request: isNumber, node: isString }),
  reveal: isShape<Message<"reveal">>({ what: isShown }),
  command: isShape<Message<"command">>(
    { command: isOneOf(...PAGE_COMMANDS), nodes: isListOf(isString), link: isString },
    ["nodes", "link"],
  ),
};

/** Undefined for anything that is not a message of ours. */
export function readFromPage(value: unknown): FromPage | undefined {
  return isFromPage(value) ? value : undefined;
}

function isFromPage(value: unknown): value is FromPage {
  if (!isRecord(value)) return false;
  const type = Object.keys(MESSAGES).find((name): name is FromPage["type"] => name === value["type"]);
  return type !== undefined && MESSAGES[type](value);
}
