import { arrayOf, integer, oneOf, shape, table, text } from "./shape.js";
import type { KeySpec } from "./types.js";

/** How far from the middle something may stand, in units of the canvas: farther than anybody draws. */
const FARTHEST = 1_000_000;

const place: readonly KeySpec[] = [
  {
    name: "x",
    type: integer(-FARTHEST, FARTHEST),
    required: "both",
    documentation: "How far to the right its middle stands, in units of the canvas: pixels at full size.",
    snippet: "${1:0}",
  },
  {
    name: "y",
    type: integer(-FARTHEST, FARTHEST),
    required: "both",
    documentation: "How far down its middle stands.",
    snippet: "${1:0}",
  },
];

/** Keys of a saved position. */
export const positionShape = shape("a position", place);

/** Keys of a row of `diagram.notes`. */
export const noteShape = shape("a note", [
  { name: "text", type: text(), required: "both", documentation: "What the note says; it may have several lines." },
  ...place,
]);

/** Keys of `diagram`. */
export const diagramShape = shape("the diagram", [
  {
    name: "direction",
    type: oneOf(
      { value: "LR", documentation: "Left to right." },
      { value: "RL", documentation: "Right to left." },
      { value: "TB", documentation: "Top to bottom." },
      { value: "BT", documentation: "Bottom to top." },
    ),
    default: "LR",
    documentation: "Where the diagram grows.",
  },
  {
    name: "nodes",
    type: { kind: "map", names: "node", values: table(positionShape) },
    default: "a layout places them",
    documentation:
      "Where nodes stand on the canvas, which writes it when somebody moves them: `NAME = { x = 120, y = 40 }`.",
    snippet: "{ $1 }",
  },
  {
    name: "bridges",
    type: { kind: "map", names: "bridge", values: table(positionShape) },
    default: "a layout places them",
    documentation: "Where bridges stand on the canvas: `NAME = { x = 120, y = 40 }`.",
    snippet: "{ $1 }",
  },
  {
    name: "notes",
    type: arrayOf(table(noteShape)),
    documentation: "Texts on the canvas.",
    snippet: '[{ text = "$1", x = 0, y = 0 }]',
  },
]);
