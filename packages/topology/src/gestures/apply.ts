import type { Analysis } from "../analysis.js";
import { addBridge, addNode } from "./add.js";
import { deleteThings } from "./delete.js";
import { Draft } from "./draft.js";
import { duplicate } from "./duplicate.js";
import { setExternal } from "./external.js";
import type { Gesture, GestureResult, Selection } from "./gesture.js";
import { regroup, setGroups } from "./groups.js";
import { addLink, setPort } from "./links.js";
import { setNote } from "./notes.js";
import { clearPositions, move } from "./positions.js";
import { rename } from "./rename.js";
import { Refused, unreadable } from "./refused.js";
import { doesAsSaid } from "./sound.js";

/**
 * The edits that make a lab as a gesture wants it: only in the lines that it concerns, in the files that declare what it changes,
 * in the form in which these are written. New things are written in the manifest itself. What the edits come to is looked at
 * before they are given: where half-typed text would take them for something else the gesture is refused.
 */
export function applyGesture(analysis: Analysis, gesture: Gesture): GestureResult {
  try {
    const draft = new Draft(analysis);
    const made: Selection = { nodes: [], bridges: [], links: [], notes: [], ...act(draft, gesture) };
    const edits = draft.edits();
    if (!doesAsSaid(analysis, edits, gesture, made)) throw unreadable();
    return { edits, made };
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal };
    throw error;
  }
}

function act(draft: Draft, gesture: Gesture): Partial<Selection> {
  switch (gesture.kind) {
    case "add-node":
      return addNode(draft, gesture);
    case "add-bridge":
      return addBridge(draft, gesture);
    case "set-external":
      return setExternal(draft, gesture);
    case "add-link":
      return addLink(draft, gesture);
    case "set-port":
      return setPort(draft, gesture);
    case "move":
      return move(draft, gesture);
    case "rename":
      return rename(draft, gesture);
    case "delete":
      return deleteThings(draft, gesture);
    case "duplicate":
      return duplicate(draft, gesture);
    case "set-note":
      return setNote(draft, gesture);
    case "set-groups":
      return setGroups(draft, gesture);
    case "regroup":
      return regroup(draft, gesture);
    case "clear-positions":
      return clearPositions(draft);
  }
}
