import type { LinkBadge } from "../src/labs/badge.js";
import type { DrawnCable } from "./draw.js";

const SVG = "http://www.w3.org/2000/svg";
const LINE_HEIGHT = 12;

/** Shows the state of cables and what passes them, on a picture that stands. @param badges by a cable's place among all */
export function showCables(
  cables: readonly (DrawnCable | undefined)[],
  badges: Readonly<Record<string, LinkBadge>>,
): void {
  const shown = cables.flatMap((cable, index) => (cable ? [{ ...cable, badge: badges[String(index)] }] : []));
  const unmarked = shown.filter(({ label, badge }) => badge?.rates !== undefined && label && rateOf(label) === null);
  // All are measured before anything is added: each measurement after a change lays the picture out anew.
  const boxes = unmarked.map(({ label }) => label?.getBBox());
  for (const [index, { label }] of unmarked.entries()) {
    const box = boxes[index];
    if (box !== undefined) label?.append(rateText(box));
  }
  for (const { path, label, badge } of shown) {
    for (const element of [path, label]) setOrRemove(element, "data-state", badge?.state);
    setOrRemove(path, "data-load", badge?.rates === undefined ? undefined : String(badge.rates.load));
    titleOf(path).textContent = badge?.label ?? "";
    if (label !== undefined) showRates(label, path, badge?.rates);
  }
}

function setOrRemove(element: Element | undefined, name: string, value: string | undefined): void {
  if (value === undefined) element?.removeAttribute(name);
  else element?.setAttribute(name, value);
}

function showRates(label: SVGGElement, path: SVGPathElement, rates: LinkBadge["rates"]): void {
  const text = rateOf(label);
  if (rates === undefined) {
    text?.remove();
    return;
  }
  const [forth, back] = text?.children ?? [];
  const [to, from] = arrowsOf(path);
  if (forth) forth.textContent = `${to} ${rates.forth}`;
  if (back) back.textContent = `${from} ${rates.back}`;
}

function rateOf(label: SVGGElement): Element | null {
  return label.querySelector(".rate");
}

/** Two lines below what a label says already, which takes this box. */
function rateText({ x, y, width, height }: DOMRect): SVGTextElement {
  const text = document.createElementNS(SVG, "text");
  text.setAttribute("class", "rate");
  for (const line of [1, 2]) {
    const part = document.createElementNS(SVG, "tspan");
    part.setAttribute("x", String(x + width / 2));
    part.setAttribute("y", String(y + height + line * LINE_HEIGHT));
    text.append(part);
  }
  return text;
}

/** Which way a cable runs where its label stands, of four: the arrow along it and the one back. */
function arrowsOf(path: SVGPathElement): readonly [string, string] {
  const length = path.getTotalLength();
  const [before, after] = [path.getPointAtLength(length * 0.45), path.getPointAtLength(length * 0.55)];
  const [x, y] = [after.x - before.x, after.y - before.y];
  if (Math.abs(x) >= Math.abs(y)) return x >= 0 ? ["→", "←"] : ["←", "→"];
  return y >= 0 ? ["↓", "↑"] : ["↑", "↓"];
}

function titleOf(path: SVGPathElement): SVGTitleElement {
  const known = path.querySelector<SVGTitleElement>("title");
  return known ?? path.appendChild(document.createElementNS(SVG, "title"));
}
