import { renameThing } from "../features/rename.js";
import type { Draft } from "./draft.js";
import { findBridge, findNode } from "./find.js";
import type { Gesture, Selection } from "./gesture.js";
import { checkName } from "./names.js";
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
  const { kind, name } = thing;
  if (kind === "node") findNode(analysis, name);
  if (kind === "bridge") findBridge(analysis, name);
  if (kind !== "group" && to !== name) checkName(to, kind, analysis);
  if (kind === "group" && to !== name && analysis.manifest.groups.has(to))
    throw new Refused("taken", `There is a group called \`${to}\` already.`);
  const result = renameThing(analysis, thing, to);
  if ("problem" in result) throw new Refused("invalid", result.problem);
  for (const { file, range, newText } of result.edits) draft.replace(file, range, newText);
  return kind === "node" ? { nodes: [to] } : kind === "bridge" ? { bridges: [to] } : {};
}
