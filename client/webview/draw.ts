import mermaid from "mermaid";
import type { NodeBadge } from "../src/labs/badge.js";
import type { PictureLink, PictureNode } from "../src/preview/messages.js";
import { mermaidConfig } from "./theme.js";

const SVG = "http://www.w3.org/2000/svg";
let drawings = 0;
let themed = false;

/** The next drawing takes its colours anew. */
export function themeChanged(): void {
  themed = false;
}

/**
 * Draws mermaid source in the theme of the moment.
 *
 * @throws Error when mermaid refuses the source
 */
export async function draw(source: string): Promise<SVGSVGElement> {
  if (!themed) mermaid.initialize(mermaidConfig());
  themed = true;
  drawings += 1;
  const { svg } = await mermaid.render(`picture-${drawings}`, source);
  const parsed = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
  if (parsed === null) throw new Error("Mermaid gave no picture");
  return document.importNode(parsed, true);
}

/** The size that the picture was laid out in, in pixels. */
export function sizeOf(svg: SVGSVGElement): { width: number; height: number } {
  const { width, height } = svg.viewBox.baseVal;
  return { width, height };
}

/**
 * Makes the nodes of a picture things that can be focused, clicked and read aloud.
 *
 * @returns the elements by node name
 */
export function bindNodes(
  svg: SVGSVGElement,
  nodes: readonly PictureNode[],
  { reveal, enter }: { readonly reveal: (name: string) => void; readonly enter: (name: string) => void },
): Map<string, SVGGElement> {
  const elements = new Map<string, SVGGElement>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const element of svg.querySelectorAll<SVGGElement>("g.node")) {
    const node = byId.get(idOf(element));
    if (node === undefined) continue;
    elements.set(node.name, element);
    element.setAttribute("tabindex", "0");
    element.setAttribute("role", "button");
    element.setAttribute("data-name", node.name);
    element.setAttribute("data-model", node.model);
    element.addEventListener("click", ({ detail }) => {
      // The second click of a double one would lead the focus away from what that opens.
      if (detail < 2) reveal(node.name);
    });
    element.addEventListener("dblclick", () => enter(node.name));
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      reveal(node.name);
    });
  }
  return elements;
}

/** The cables of a picture, in the source's order; undefined where mermaid has drawn none. */
export function findCables(svg: SVGSVGElement, links: readonly PictureLink[]): readonly (DrawnCable | undefined)[] {
  const labels = new Map(
    [...svg.querySelectorAll<SVGGElement>(".edgeLabel .label[data-id]")].map((label) => [label.dataset["id"], label]),
  );
  const bundles = new Map<string, SVGPathElement[]>();
  for (const path of svg.querySelectorAll<SVGPathElement>("path[data-id]")) {
    const [, pair] = /^(L_.*)_\d+$/.exec(path.dataset["id"] ?? "") ?? [];
    if (pair !== undefined) bundles.set(pair, [...(bundles.get(pair) ?? []), path]);
  }
  // Mermaid counts the cables between the same two ends, leaving out some numbers.
  for (const bundle of bundles.values()) bundle.sort((a, b) => numberOf(a) - numberOf(b));
  return links.map(({ from, to }) => {
    const path = bundles.get(`L_${from}_${to}`)?.shift();
    return path === undefined ? undefined : { path, label: labels.get(path.dataset["id"]) };
  });
}

export interface DrawnCable {
  readonly path: SVGPathElement;
  readonly label: SVGGElement | undefined;
}

function numberOf(path: SVGPathElement): number {
  return Number(/\d+$/.exec(path.dataset["id"] ?? "")?.[0]);
}

/** Shows what runs, on a picture that stands: by attribute, without drawing again. */
export function showStates(
  elements: ReadonlyMap<string, SVGGElement>,
  states: Readonly<Record<string, NodeBadge>>,
): void {
  const unmarked = [...elements].filter(([name, element]) => states[name] !== undefined && markOf(element) === null);
  // All boxes are measured before anything is added: each measurement after a change lays the picture out anew.
  const boxes = unmarked.map(([, element]) => element.getBBox());
  unmarked.forEach(([, element], index) => {
    const box = boxes[index];
    if (box !== undefined) element.append(mark(box));
  });
  for (const [name, element] of elements) {
    const badge = states[name];
    const model = element.getAttribute("data-model") ?? "";
    element.setAttribute("aria-label", [name, model, badge?.label ?? ""].filter((part) => part !== "").join(", "));
    if (badge === undefined) element.removeAttribute("data-state");
    else element.setAttribute("data-state", badge.state);
    const title = markOf(element)?.firstElementChild;
    if (title) title.textContent = badge?.label ?? "";
  }
}

function markOf(element: SVGGElement): SVGElement | null {
  return element.querySelector(":scope > .state");
}

/** A dot on the upper right corner of a node's box; the style sheet shows it where the node has a state. */
function mark(box: DOMRect): SVGElement {
  const dot = document.createElementNS(SVG, "circle");
  dot.setAttribute("class", "state");
  dot.setAttribute("cx", String(box.x + box.width - 2));
  dot.setAttribute("cy", String(box.y + 2));
  dot.setAttribute("r", "6");
  dot.append(document.createElementNS(SVG, "title"));
  return dot;
}

/** Mermaid names the group of node `leaf` `…flowchart-leaf-0`, the number counting nodes. */
function idOf(element: SVGGElement): string {
  return element.dataset["id"] ?? /(?:^|-)flowchart-(.*)-\d+$/.exec(element.id)?.[1] ?? "";
}
