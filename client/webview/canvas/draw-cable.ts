import type { LinkBadge } from "../../src/labs/badge.js";
import { setOrRemove, svg } from "./dom.js";
import { arrowAlong, type Course, type Point } from "./geometry.js";
import type { Cable } from "./scene.js";
import { fill, texts } from "./texts.js";

/** Of a line of what passes. */
const RATE_HEIGHT = 12;

export interface CableElements {
  readonly group: SVGGElement;
  readonly line: SVGPathElement;
  /** Wider than the line, for a hand. */
  readonly grip: SVGPathElement;
  readonly src: SVGTextElement;
  readonly dst: SVGTextElement;
  readonly label: SVGTextElement | undefined;
  /** What passes: on one line from `src`, on the other back. */
  readonly rate: SVGTextElement;
  /** What the mouse is told that rests on it. */
  readonly hint: SVGTitleElement;
}

/** Draws a cable without a course yet. */
export function drawCable({ id, link }: Cable): CableElements {
  const line = svg("path", { class: "line" });
  const grip = svg("path", { class: "grip" });
  const src = portName(link.src.port, link.src.known);
  const dst = "bridge" in link.dst ? portName("", true) : portName(link.dst.port, link.dst.known);
  const label = link.label === undefined ? undefined : svg("text", { class: "label" }, link.label);
  const rate = svg("text", { class: "rate" }, svg("tspan", { class: "forth" }), svg("tspan", { class: "back" }));
  const hint = svg("title");
  const group = svg("g", { class: `cable ${link.type}` }, hint, line, grip, src, dst, ...(label ? [label] : []), rate);
  group.dataset["id"] = id;
  group.setAttribute("role", "button");
  group.setAttribute("tabindex", "-1");
  group.setAttribute("aria-label", describe(link));
  if (link.state === "down") group.dataset["off"] = "";
  return { group, line, grip, src, dst, label, rate, hint };
}

function describe({ src, dst, label, state }: Cable["link"]): string {
  const ends = [src, dst].map((end) => ("bridge" in end ? end.bridge : `${end.node} ${end.port}`.trim()));
  const name = fill(texts.cableName, ...ends);
  return [name, label ?? "", state === "down" ? texts.switchedOff : ""].filter((part) => part !== "").join(", ");
}

/** What runs: by attribute, the style sheet does the rest; and what passes, in text. */
export function showCable(
  { group, rate, hint }: CableElements,
  link: Cable["link"],
  badge: LinkBadge | undefined,
): void {
  setOrRemove(group, "data-state", badge?.state);
  setOrRemove(group, "data-load", badge?.rates === undefined ? undefined : String(badge.rates.load));
  const name = describe(link);
  setOrRemove(group, "aria-label", badge === undefined ? name : `${name}, ${badge.label}`);
  setText(hint, badge === undefined ? "" : `${name}, ${badge.label}`);
  const [forth, back] = rate.children;
  const arrows = (rate.dataset["arrows"] ?? "").split(" ");
  if (forth) setText(forth, badge?.rates === undefined ? "" : `${arrows[0] ?? ""} ${badge.rates.forth}`);
  if (back) setText(back, badge?.rates === undefined ? "" : `${arrows[1] ?? ""} ${badge.rates.back}`);
}

function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function placeCable({ line, grip, src, dst, label, rate }: CableElements, course: Course): void {
  line.setAttribute("d", course.path);
  grip.setAttribute("d", course.path);
  put(src, course.src);
  put(dst, course.dst);
  if (label !== undefined) put(label, course.label);
  // Below the cable's own label.
  const { x, y } = course.label;
  const top = label === undefined ? y - RATE_HEIGHT / 2 : y + RATE_HEIGHT;
  const arrows = [arrowAlong(course.src, course.dst), arrowAlong(course.dst, course.src)];
  for (const [index, part] of [...rate.children].entries()) {
    part.setAttribute("x", String(x));
    part.setAttribute("y", String(top + index * RATE_HEIGHT));
    if (part.textContent) part.textContent = part.textContent.replace(/^\S+/, arrows[index] ?? "");
  }
  rate.dataset["arrows"] = arrows.join(" ");
}

function portName(name: string, known: boolean): SVGTextElement {
  return svg("text", { class: known ? "port" : "port unknown" }, name);
}

function put(text: SVGTextElement, { x, y }: Point): void {
  text.setAttribute("x", String(x));
  text.setAttribute("y", String(y));
}
