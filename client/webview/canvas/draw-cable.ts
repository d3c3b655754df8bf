import { svg } from "./dom.js";
import type { Course, Point } from "./geometry.js";
import type { Cable } from "./scene.js";
import { fill, texts } from "./texts.js";

export interface CableElements {
  readonly group: SVGGElement;
  readonly line: SVGPathElement;
  /** Wider than the line, for a hand. */
  readonly grip: SVGPathElement;
  readonly src: SVGTextElement;
  readonly dst: SVGTextElement;
  readonly label: SVGTextElement | undefined;
}

/** Draws a cable without a course yet. */
export function drawCable({ id, link }: Cable): CableElements {
  const line = svg("path", { class: "line" });
  const grip = svg("path", { class: "grip" });
  const src = portName(link.src.port, link.src.known);
  const dst = "bridge" in link.dst ? portName("", true) : portName(link.dst.port, link.dst.known);
  const label = link.label === undefined ? undefined : svg("text", { class: "label" }, link.label);
  const group = svg("g", { class: `cable ${link.type}` }, line, grip, src, dst, ...(label ? [label] : []));
  group.dataset["id"] = id;
  group.setAttribute("role", "button");
  group.setAttribute("tabindex", "-1");
  group.setAttribute("aria-label", describe(link));
  if (link.state === "down") group.dataset["off"] = "";
  return { group, line, grip, src, dst, label };
}

function describe({ src, dst, label, state }: Cable["link"]): string {
  const ends = [src, dst].map((end) => ("bridge" in end ? end.bridge : `${end.node} ${end.port}`.trim()));
  const name = fill(texts.cableName, ...ends);
  return [name, label ?? "", state === "down" ? texts.switchedOff : ""].filter((part) => part !== "").join(", ");
}

export function placeCable({ line, grip, src, dst, label }: CableElements, course: Course): void {
  line.setAttribute("d", course.path);
  grip.setAttribute("d", course.path);
  put(src, course.src);
  put(dst, course.dst);
  if (label !== undefined) put(label, course.label);
}

function portName(name: string, known: boolean): SVGTextElement {
  return svg("text", { class: known ? "port" : "port unknown" }, name);
}

function put(text: SVGTextElement, { x, y }: Point): void {
  text.setAttribute("x", String(x));
  text.setAttribute("y", String(y));
}
