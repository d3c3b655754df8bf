import type { Diagram } from "../language/protocol.js";

export interface Shown {
  readonly picture: Diagram;
  /** Whether `picture` is of an earlier text than the newest one. */
  readonly held: boolean;
}

/**
 * Which picture to show when a new one arrives. Half-typed text makes nodes and links disappear for a moment: while it has
 * errors that the shown picture had not, the last picture stays if a node is gone, and if a link is gone with a line that is
 * not TOML yet. A link that is gone for another reason (its node has another name now) is what the text says.
 */
export function choosePicture(shown: Diagram | undefined, next: Diagram): Shown {
  if (shown === undefined || next.errors <= shown.errors) return { picture: next, held: false };
  const held = next.nodes.length < shown.nodes.length || (next.broken && next.links.length < shown.links.length);
  return { picture: held ? shown : next, held };
}
