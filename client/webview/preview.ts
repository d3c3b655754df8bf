import type { FromPage, NodeBadge, ToPage } from "../src/preview/messages.js";
import { bindNodes, draw, showStates, sizeOf } from "./draw.js";
import { onThemeChange } from "./theme.js";
import { View } from "./view.js";

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; setState(state: unknown): void };

type Picture = Extract<ToPage, { type: "picture" }>;

const vscode = acquireVsCodeApi();
const stage = byId("stage");
const content = byId("picture");
const note = byId("note");
const view = new View(stage, content);

let elements = new Map<string, SVGGElement>();
let states: Readonly<Record<string, NodeBadge>> = {};
let selected = "";
let last: Picture | undefined;
let wanted: Picture | undefined;
let drawing = false;
let drawn = "";

/** Draws the newest picture. What arrives while mermaid is at work is drawn next, and only the last of it. */
async function drawWanted(): Promise<void> {
  if (drawing) return;
  drawing = true;
  try {
    while (wanted !== undefined) {
      const picture = wanted;
      wanted = undefined;
      await show(picture);
    }
  } finally {
    drawing = false;
  }
}

async function show(picture: Picture): Promise<void> {
  note.textContent = picture.note;
  document.body.classList.toggle("empty", picture.source === "");
  if (picture.source === "") {
    drawn = "";
    elements = new Map();
    content.replaceChildren();
    return;
  }
  const source = picture.directed ? picture.source : turned(picture.source);
  if (source !== drawn) {
    const svg = await draw(source);
    const { width, height } = sizeOf(svg);
    svg.setAttribute("width", String(width));
    svg.setAttribute("height", String(height));
    content.replaceChildren(svg);
    view.resize(width, height);
    elements = bindNodes(svg, picture.nodes, reveal);
    drawn = source;
  }
  showStates(elements, states);
  showSelection();
}

/** The picture from top to bottom where the page is taller than wide. */
function turned(source: string): string {
  const tall = stage.clientHeight > stage.clientWidth;
  return tall ? source.replace(/^flowchart LR\b/, "flowchart TB") : source;
}

function showSelection(): void {
  for (const [name, element] of elements) element.classList.toggle("selected", name === selected);
}

function reveal(node: string): void {
  selected = node;
  showSelection();
  vscode.postMessage({ type: "reveal", node });
}

function request(picture: Picture): void {
  wanted = picture;
  last = picture;
  drawWanted().catch((error: unknown) => {
    vscode.postMessage({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  });
}

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case "picture":
      request(data);
      break;
    case "states":
      states = data.states;
      showStates(elements, states);
      break;
    case "select":
      selected = data.node;
      showSelection();
      break;
  }
});

// The other side of square may need the other direction; where it does not, nothing is drawn again.
new ResizeObserver(() => {
  if (last !== undefined) request(last);
}).observe(stage);

onThemeChange(() => {
  drawn = "";
  if (last !== undefined) request(last);
});

byId("zoom-in").addEventListener("click", () => view.zoomIn());
byId("zoom-out").addEventListener("click", () => view.zoomOut());
byId("fit").addEventListener("click", () => view.fit());

const { manifest } = document.body.dataset;
vscode.setState({ manifest });
vscode.postMessage({ type: "ready" });

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}`);
  return element;
}
