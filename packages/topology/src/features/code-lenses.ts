import type { Analysis } from "../analysis.js";
import type { CodeLens } from "./shapes.js";

const labActions = ["deploy", "plan", "destroy", "preview"] as const;

/** What can be done with the lab, above the first line, and the console of each node, above the node. */
export function codeLenses({ lab }: Analysis): readonly CodeLens[] {
  if (lab.nodes.length === 0) return [];
  const start = { start: 0, end: 0 };
  const forLab = labActions.map((action): CodeLens => ({ range: start, action }));
  const forNodes = lab.nodes.map(({ name, nameAt }): CodeLens => ({
    range: nameAt.range,
    action: "console",
    node: name,
  }));
  return [...forLab, ...forNodes];
}
