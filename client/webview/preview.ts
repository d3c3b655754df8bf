import type { LabBadges } from "../src/labs/badge.js";
import { MANY_NODES, type FromPage, type PictureFormat, type ToPage } from "../src/preview/messages.js";
import { showCables } from "./cable-states.js";
import { bindNodes, draw, findCables, showStates, sizeOf, themeChanged, type DrawnCable } from "./draw.js";
import { exported } from "./export.js";
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
let cables: readonly (DrawnCable | undefined)[] = [];
let running: LabBadges = { nodes: {}, links: {}, note: "" };
let selected = "";
let last: Picture | undefined;
let wanted: Picture | undefined;
let drawing: Promise<void> | undefined;
let drawn = "";
/** Whether a person has turned the picture. */
let turnedByHand = false;
/** The picture of a big lab that a person wants drawn. */
let allowed: Picture | undefined;

/** Draws the newest picture. What arrives while mermaid is at work is drawn next, and only the last of it. */
function drawWanted(): void {
  drawing ??= drawAll()
    .catch(failed)
    .finally(() => (drawing = undefined));
}

async function drawAll(): Promise<void> {
  while (wanted !== undefined) {
    const picture = wanted;
    wanted = undefined;
    await show(picture);
  }
}

async function show(picture: Picture): Promise<void> {
  const many = picture.nodes.length > MANY_NODES && picture !== allowed;
  document.body.classList.toggle("empty", picture.source === "");
  document.body.classList.toggle("many", many);
  if (picture.source === "" || many) {
    drawn = "";
    elements = new Map();
    cables = [];
    content.replaceChildren();
    return;
  }
  const source = turned(picture);
  if (source !== drawn) {
    const svg = await draw(source);
    const { width, height } = sizeOf(svg);
    svg.setAttribute("width", String(width));
    svg.setAttribute("height", String(height));
    content.replaceChildren(svg);
    view.resize(width, height);
    elements = bindNodes(svg, picture.nodes, { reveal, enter });
    cables = findCables(svg, picture.links);
    drawn = source;
  }
  showRunning();
  showSelection();
}

function showRunning(): void {
  showStates(elements, running.nodes);
  showCables(cables, running.links);
}

/** That the picture is an earlier one, that the connection is lost. */
function showNote(): void {
  const text = [last?.note ?? "", running.note].filter((part) => part !== "").join("\n");
  if (note.textContent !== text) note.textContent = text;
}

/** The picture from top to bottom where the page is taller than wide, unless the manifest says how; by hand, the other way. */
function turned({ source, directed }: Picture): string {
  const { height, width } = view.stageSize;
  const horizontal = directed ? /^flowchart (LR|RL)\b/.test(source) : height <= width;
  const direction = horizontal === turnedByHand ? "TB" : "LR";
  return directed && !turnedByHand ? source : source.replace(/^flowchart \w+/, `flowchart ${direction}`);
}

async function render(format: PictureFormat): Promise<void> {
  await drawing;
  const svg = content.querySelector("svg");
  vscode.postMessage({ type: "rendered", format, data: svg === null ? "" : await exported(svg, format) });
}

function failed(error: unknown): void {
  vscode.postMessage({ type: "failed", message: error instanceof Error ? error.message : String(error) });
}

function showSelection(): void {
  for (const [name, element] of elements) element.classList.toggle("selected", name === selected);
}

function reveal(node: string): void {
  selected = node;
  showSelection();
  vscode.postMessage({ type: "reveal", node });
}

/** A double click: the console of a node that is deployed. */
function enter(node: string): void {
  const badge = running.nodes[node];
  if (badge !== undefined && badge.state !== "missing") {
    vscode.postMessage({ type: "do", command: "openConsole", node });
  }
}

function request(picture: Picture): void {
  wanted = picture;
  last = picture;
  showNote();
  drawWanted();
}

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case "picture":
      request(data);
      break;
    case "states":
      running = data;
      showRunning();
      showNote();
      break;
    case "render":
      render(data.format).catch((error: unknown) => {
        failed(error);
        vscode.postMessage({ type: "rendered", format: data.format, data: "" });
      });
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
  themeChanged();
  drawn = "";
  if (last !== undefined) request(last);
});

byId("zoom-in").addEventListener("click", () => view.zoomIn());
byId("zoom-out").addEventListener("click", () => view.zoomOut());
byId("fit").addEventListener("click", () => view.fit());
byId("copy").addEventListener("click", () => vscode.postMessage({ type: "do", command: "copyMermaid" }));
byId("save").addEventListener("click", () => vscode.postMessage({ type: "do", command: "savePicture" }));
byId("many-canvas").addEventListener("click", () => vscode.postMessage({ type: "do", command: "openCanvas" }));
byId("turn").addEventListener("click", () => {
  turnedByHand = !turnedByHand;
  if (last !== undefined) request(last);
});
byId("many-draw").addEventListener("click", () => {
  allowed = last;
  if (last !== undefined) request(last);
});

const { manifest } = document.body.dataset;
vscode.setState({ manifest });
vscode.postMessage({ type: "ready" });

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}`);
  return element;
}
