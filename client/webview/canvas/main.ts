/** The script of the canvas' page: puts its parts together. */
import type { Picture, ToPage } from "../../src/canvas/messages.js";
import type { LabBadges } from "../../src/labs/badge.js";
import { Actions } from "./actions.js";
import { Cabling } from "./cabling.js";
import { byId, svg } from "./dom.js";
import { Drawing } from "./drawing.js";
import { Gestures } from "./gestures.js";
import { Hands, under } from "./hands.js";
import { Host } from "./host.js";
import { iconSymbols } from "./icons.js";
import { Keyboard } from "./keyboard.js";
import { LAYOUTS } from "./layouts.js";
import { Menus } from "./menus.js";
import { Minimap } from "./minimap.js";
import { Palette } from "./palette.js";
import { Picked } from "./picked.js";
import { Regrouper } from "./regrouping.js";
import { nodeKey, Scene } from "./scene.js";
import { texts } from "./texts.js";
import { Viewport } from "./viewport.js";

const stage = byId("stage", SVGSVGElement);
const world = svg("g", { class: "world" });
const held = byId("held", HTMLElement);
const message = byId("message", HTMLElement);
stage.append(iconSymbols(), world);

let picture: Picture | undefined;
let isHeld = true;
let layOutNext = false;
let running: LabBadges = { nodes: {}, links: {}, note: "" };

const isOpen = (): boolean => !isHeld;
const host = new Host(say);
const scene = new Scene(LAYOUTS.layered);
const drawing = new Drawing(scene, world);
const viewport = new Viewport(
  stage,
  world,
  () => drawing.bounds,
  () => {
    minimap.draw();
    host.keepView(viewport.state);
  },
);
const minimap = new Minimap(byId("minimap", HTMLCanvasElement), scene, viewport, () => drawing.bounds);
const picked = new Picked(scene, drawing, () => cabling.offer(picked.single));
const gestures = new Gestures(host, scene, picked, (keys) => {
  drawing.place(keys);
  minimap.draw();
});
const cabling = new Cabling({
  scene,
  drawing,
  viewport,
  world,
  isOpen,
  announce: say,
  connect: (from, to) => {
    actions.connect(from, to).catch((error: unknown) => host.failed(error));
  },
});
const palette = new Palette({
  panel: byId("palette", HTMLElement),
  search: byId("palette-search", HTMLInputElement),
  list: byId("palette-list", HTMLElement),
  stage,
  add: (offer, at) => actions.add(offer, at),
  leave: focusStage,
});
const actions = new Actions({
  host,
  stage,
  scene,
  picked,
  viewport,
  gestures,
  cabling,
  isOpen,
  running: () => running,
  layOutNext: () => {
    layOutNext = true;
  },
  direction: () => picture?.direction ?? "LR",
  hostBridges: () => picture?.hostBridges ?? [],
});
const menus = new Menus({
  host,
  stage,
  scene,
  picked,
  viewport,
  palette,
  actions,
  isOpen,
  running: () => running,
});
new Keyboard({ stage, host, scene, drawing, picked, viewport, cabling, gestures, palette, actions, menus, isOpen });
new Hands({
  stage,
  scene,
  drawing,
  viewport,
  picked,
  cabling,
  gestures,
  regrouper: new Regrouper({ scene, drawing, announce: say }),
  isOpen,
  enter: (key) => actions.enter(key),
  enterCable: (id) => actions.ports(id),
  rename: (group) => actions.renameGroup(group),
});

function show({ picture: next, held: nextHeld }: Extract<ToPage, { type: "picture" }>): void {
  const isFirst = picture === undefined;
  picture = next;
  isHeld = nextHeld;
  document.body.classList.toggle("held", isHeld);
  document.body.classList.toggle("empty", next.nodes.length + next.bridges.length + next.notes.length === 0);
  sayAbove();
  // Not while somebody types elsewhere: an element keeps its focus within a page that has lost it.
  const hadFocus = document.hasFocus() && stage.contains(document.activeElement);
  scene.update(next);
  if (layOutNext && !isHeld) {
    layOutNext = false;
    scene.layOut(next.direction);
  }
  drawing.update();
  picked.prune();
  // What had it may be drawn anew or gone; the keyboard goes on from there.
  if (hadFocus && !stage.contains(document.activeElement)) focusStage();
  if (isFirst && host.view !== undefined) viewport.restore(host.view);
  else viewport.settle();
  gestures.pickAwaited();
  actions.pictureChanged();
  minimap.draw();
}

/** What lasts: that the text cannot be read, that the connection is lost. */
function sayAbove(): void {
  const text = [isHeld && picture !== undefined ? texts.held : "", running.note]
    .filter((part) => part !== "")
    .join("\n");
  if (held.textContent !== text) held.textContent = text;
}

/** Says something that a screen reader reads too. */
function say(text: string): void {
  message.textContent = text;
}

function focusStage(): void {
  const { singleCable, current } = picked;
  if (singleCable !== undefined) drawing.cableElement(singleCable)?.focus({ preventScroll: true });
  else if (current !== undefined) picked.focus(current);
  else stage.focus();
}

host.listen((received) => {
  switch (received.type) {
    case "picture":
      show(received);
      break;
    case "palette":
      palette.setModels(received.models);
      break;
    case "states":
      running = received;
      drawing.showStates(running.nodes, running.links);
      sayAbove();
      break;
    case "select":
      if (!picked.things.has(nodeKey(received.node))) picked.set([nodeKey(received.node)]);
      break;
  }
});

stage.addEventListener("contextmenu", (event) => {
  event.preventDefault();
  const { left, top } = stage.getBoundingClientRect();
  // The key for menus arrives here too, without a place of its own.
  if (event.button !== 2) return;
  const { key, cable } = under(event);
  if (key === undefined && cable === undefined) picked.set([]);
  menus.open({ x: event.clientX - left, y: event.clientY - top });
});
// What was said is of the moment: the next thing that is done takes it away.
for (const kind of ["pointerdown", "keydown"]) window.addEventListener(kind, () => say(""), { capture: true });

const onClick = (id: string, run: (button: HTMLElement) => void): void => {
  const button = byId(id, HTMLElement);
  button.addEventListener("click", () => run(button));
};
onClick("zoom-in", () => viewport.zoomIn());
onClick("zoom-out", () => viewport.zoomOut());
onClick("fit", () => viewport.fit());
onClick("find", () => actions.find());
onClick("arrange", (button) => menus.openArrange({ x: button.offsetLeft, y: stage.clientHeight }));
onClick("toggle-palette", () => {
  if (palette.isOpen) palette.toggle(false);
  else palette.open();
});
window.addEventListener("error", ({ message: what }) => host.failed(what));
window.addEventListener("unhandledrejection", ({ reason }) => host.failed(reason));
