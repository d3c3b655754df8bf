import { CARD, type Box } from "./geometry.js";
import type { Thing } from "./scene.js";

/** How large things and texts are, around a thing's middle. The style sheet has the same sizes of text. */

const NAME = 13;
const MODEL = 11;
const LINE_HEIGHT = 17;
export const BRIDGE = { x: 40, y: 18 };

/** About how wide a text is: letters of the page's font are some 0.6 of its size wide, those of East Asia as wide as high. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const letter of text) width += (letter.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.61;
  return width * size;
}

/** Half the sides of a note's card. */
export function noteSize(text: string): { readonly x: number; readonly y: number; readonly lineHeight: number } {
  const lines = text.split("\n");
  const widest = Math.max(...lines.map((line) => textWidth(line, 12)), 28);
  return { x: widest / 2 + 12, y: (lines.length * LINE_HEIGHT) / 2 + 7, lineHeight: LINE_HEIGHT };
}

/** What a thing covers: its card, and the texts below it. */
export function outlineOf(thing: Thing): readonly Box[] {
  switch (thing.kind) {
    case "node":
      return [around(CARD, CARD), ...captions(thing.name, thing.node.title, CARD)];
    case "bridge":
      return [around(BRIDGE.x, BRIDGE.y), ...captions(thing.name, thing.bridge.external ?? "", BRIDGE.y)];
    case "note": {
      const { x, y } = noteSize(thing.name);
      return [around(x, y)];
    }
  }
}

function captions(name: string, title: string, below: number): readonly Box[] {
  return [
    { ...beside(textWidth(name, NAME)), top: below + 4, bottom: below + 18 },
    ...(title === "" ? [] : [{ ...beside(textWidth(title, MODEL)), top: below + 19, bottom: below + 32 }]),
  ];
}

function around(x: number, y: number): Box {
  return { left: -x, top: -y, right: x, bottom: y };
}

function beside(width: number): Pick<Box, "left" | "right"> {
  return { left: -width / 2, right: width / 2 };
}
