import type { Canvas } from "../language/canvas-protocol.js";
import type { Picture } from "./messages.js";

/**
 * Whether the picture that is shown stays although there is a newer one: half-typed text makes nodes and cables disappear for
 * a moment, and they come back when the line is whole.
 */
export function staysShown(shown: Canvas, next: Canvas): boolean {
  if (!next.broken) return false;
  const names = new Set(next.nodes.map(({ name }) => name));
  const isNodeGone = shown.nodes.some(({ name }) => !names.has(name));
  return isNodeGone || next.links.length < shown.links.length || next.bridges.length < shown.bridges.length;
}

/** What the page draws of it. */
export function pictureOf({
  lab,
  broken,
  direction,
  nodes,
  bridges,
  links,
  groups,
  notes,
  hostBridges,
}: Canvas): Picture {
  const withoutPlace = <T extends { readonly at?: unknown }>(thing: T): Omit<T, "at"> & { at: null } => ({
    ...thing,
    at: null,
  });
  return {
    lab,
    broken,
    direction,
    nodes: nodes.map(withoutPlace),
    bridges: bridges.map(withoutPlace),
    links: links.map(withoutPlace),
    groups: groups.map(withoutPlace),
    notes: notes.map(withoutPlace),
    hostBridges,
  };
}
