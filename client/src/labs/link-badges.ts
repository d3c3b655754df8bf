import type { LinkStatus } from "@labscape/lab";
import type { CanvasLink } from "@labscape/topology";
import type { LinkBadge } from "./messages.js";

/** What is known of the cables of a picture by what runs, by their ids. */
export function linkBadges(
  cables: readonly CanvasLink<unknown>[],
  running: readonly LinkStatus[],
): Readonly<Record<string, LinkBadge>> {
  const states = new Map(running.flatMap(({ src, dst, state }) => [src, dst].map((end) => [end, state] as const)));
  const badges: Record<string, LinkBadge> = {};
  for (const { id, src } of cables) {
    const state = states.get(`${src.node}::${src.port}`);
    if (state !== undefined) badges[id] = { state };
  }
  return badges;
}
