/**
 * The language server's messages for a canvas, as this side reads them. The shapes are the server's
 * (`server/src/canvas-protocol.ts`); what arrives is checked before it is used.
 */
import type {
  CanvasBridge,
  CanvasGroup,
  CanvasLink,
  CanvasModel,
  CanvasNode,
  CanvasNodeEnd,
  CanvasNote,
  PaletteModel,
  Point,
  PortChoice,
  Refusal,
  Selection,
} from "@labscape/topology";
import type { Place, Position } from "./protocol.js";
import { isEither, isListOf, isNumber, isOneOf, isShape, isString, reader } from "./shapes.js";

export const CANVAS = "labscape/canvas";
export const GESTURE = "labscape/gesture";
export const PORTS = "labscape/ports";
export const PALETTE = "labscape/palette";

export interface Canvas extends CanvasModel<Place> {
  readonly version: number;
  /** Another number when the device models have changed. */
  readonly catalogue: number;
}

/** What becomes of a gesture; the edit is the protocol's and still to be converted. */
export type GestureAnswer = { readonly edit: unknown; readonly made: Selection } | { readonly refusal: Refusal };

const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
const isAnything = (value: unknown): value is unknown => value !== undefined;

export const isPoint = isShape<Point>({ x: isNumber, y: isNumber });

export const isSelection = isShape<Selection>({
  nodes: isListOf(isString),
  bridges: isListOf(isString),
  links: isListOf(isString),
  notes: isListOf(isNumber),
});

const isPosition = isShape<Position>({ line: isNumber, character: isNumber });

const isPlace = isShape<Place>({ uri: isString, range: isShape({ start: isPosition, end: isPosition }) });

const isNode = isShape<CanvasNode<Place>>(
  {
    name: isString,
    model: isString,
    title: isString,
    role: isOneOf("router", "switch", "firewall", "host", "other", "unknown"),
    members: isNumber,
    groups: isListOf(isString),
    position: isPoint,
    hasFreePort: isBoolean,
    at: isPlace,
  },
  ["position"],
);

const isBridge = isShape<CanvasBridge<Place>>({ name: isString, external: isString, position: isPoint, at: isPlace }, [
  "external",
  "position",
]);

const isNodeEnd = isShape<CanvasNodeEnd>({ node: isString, port: isString, known: isBoolean });

const isLink = isShape<CanvasLink<Place>>(
  {
    id: isString,
    src: isNodeEnd,
    dst: isEither(isNodeEnd, isShape<{ readonly bridge: string }>({ bridge: isString })),
    label: isString,
    state: isOneOf("up", "down"),
    type: isOneOf("auto", "udp", "wire", "bridge"),
    at: isPlace,
  },
  ["label"],
);

const isGroup = isShape<CanvasGroup<Place>>({ name: isString, at: isPlace }, ["at"]);

const isNote = isShape<CanvasNote<Place>>({ text: isString, position: isPoint, at: isPlace });

const isCanvas = isShape<Canvas>({
  version: isNumber,
  catalogue: isNumber,
  lab: isString,
  broken: isBoolean,
  direction: isOneOf("LR", "RL", "TB", "BT"),
  nodes: isListOf(isNode),
  bridges: isListOf(isBridge),
  links: isListOf(isLink),
  groups: isListOf(isGroup),
  notes: isListOf(isNote),
  hostBridges: isListOf(isString),
});

const isAnswer = isEither(
  isShape<{ edit: unknown; made: Selection }>({ edit: isAnything, made: isSelection }),
  isShape<{ refusal: Refusal }>({
    refusal: isShape<Refusal>({
      code: isOneOf("not-found", "taken", "invalid", "no-free-port", "unreadable", "outdated"),
      message: isString,
    }),
  }),
);

const isPorts = isListOf(isShape<PortChoice>({ name: isString, index: isNumber }));

const isPalette = isListOf(
  isShape<PaletteModel>({
    name: isString,
    title: isString,
    vendor: isString,
    role: isString,
    description: isString,
    memory: isNumber,
    cpuCount: isNumber,
  }),
);

/** Undefined: the document has no picture, or this is no message of that shape (a server of another version). */
export const readCanvas = reader(isCanvas);
export const readGestureAnswer = reader(isAnswer);
export const readPorts = reader(isPorts);
export const readPalette = reader(isPalette);
