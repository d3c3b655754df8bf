import { renameThing } from "../features/rename.js";
import type { Draft } from "./draft.js";
import { findBridge, findNode } from "./find.js";
import type { Gesture, Selection } from "./gesture.js";
import { Refused } from "./refused.js";

/** Changes a name wherever the lab's files say it. */
export function rename(draft: Draft, gesture: Extract<Gesture, { kind: "rename" }>): Partial<Selection> {
  const { analysis } = draft;
  const { to } = gesture;
  const thing =
    "node" in gesture
      ? { kind: "node" as const, name: gesture.node }
      : "bridge" in gesture
        ? { kind: "bridge" as const, name: gesture.bridge }
        : { kind: "group" as const, name: gesture.group };
  if (thing.kind === "node") findNode(analysis, thing.name);
  if (thing.kind === "bridge") findBridge(analysis, thing.name);
  const result = renameThing(analysis, thing, to);
  if ("problem" in result) throw new Refused(result.problem.endsWith("already.") ? "taken" : "invalid", result.problem);
  for (const { file, range, newText } of result.edits) draft.replace(file, range, newText);
  return thing.kind === "node" ? { nodes: [to] } : thing.kind === "bridge" ? { bridges: [to] } : {};
}
