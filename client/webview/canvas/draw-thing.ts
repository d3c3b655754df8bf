import { svg } from "./dom.js";
import { CARD } from "./geometry.js";
import type { Icon } from "./icons.js";
import { BRIDGE, noteSize } from "./outline.js";
import type { Thing } from "./scene.js";

/** Draws a thing around the origin. Its place, its state and its label for screen readers come later. */
export function drawThing(thing: Thing): SVGGElement {
  const group = svg("g", { class: classOf(thing), role: "option", tabindex: -1, "aria-selected": "false" });
  group.dataset["key"] = thing.key;
  group.dataset["name"] = thing.name;
  switch (thing.kind) {
    case "node":
      if (thing.node.members > 1) group.append(card("stack", CARD, CARD, 5));
      group.append(card("card", CARD, CARD), icon(thing.node.role), ...captions(thing.name, thing.node.title, CARD));
      group.append(svg("circle", { class: "state", cx: CARD - 2, cy: -CARD + 2, r: 6 }));
      break;
    case "bridge": {
      const { external } = thing.bridge;
      const title = external ?? "";
      group.append(card("card", BRIDGE.x, BRIDGE.y), icon(external === undefined ? "bridge" : "external"));
      group.append(...captions(thing.name, title, BRIDGE.y));
      break;
    }
    case "note": {
      const lines = thing.name.split("\n");
      const { x: width, y: height, lineHeight } = noteSize(thing.name);
      const top = -height + 7 + lineHeight * 0.75;
      group.append(
        card("card", width, height),
        ...lines.map((line, index) => svg("text", { class: "line", y: top + index * lineHeight }, line)),
      );
      break;
    }
  }
  return group;
}

/** What a drawn thing is made of: when this is the same, so is the drawing. */
export function lookOf(thing: Thing): string {
  switch (thing.kind) {
    case "node":
      return JSON.stringify([thing.node.role, thing.node.title, thing.node.members]);
    case "bridge":
      return JSON.stringify([thing.bridge.external]);
    case "note":
      return thing.note.text;
  }
}

function classOf(thing: Thing): string {
  switch (thing.kind) {
    case "node":
      return `thing node ${thing.node.role}`;
    case "bridge":
      return thing.bridge.external === undefined ? "thing bridge" : "thing bridge external";
    case "note":
      return "thing note";
  }
}

function card(name: string, halfWidth: number, halfHeight: number, shift = 0): SVGRectElement {
  return svg("rect", {
    class: name,
    x: -halfWidth + shift,
    y: -halfHeight - shift,
    width: halfWidth * 2,
    height: halfHeight * 2,
    rx: 9,
  });
}

function icon(name: Icon): SVGUseElement {
  return svg("use", { href: `#icon-${name}`, class: "icon", x: -14, y: -14, width: 28, height: 28 });
}

function captions(name: string, title: string, below: number): SVGTextElement[] {
  return [svg("text", { class: "name", y: below + 15 }, name), svg("text", { class: "model", y: below + 29 }, title)];
}
