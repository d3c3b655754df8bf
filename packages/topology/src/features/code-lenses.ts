import type { Analysis } from "../analysis.js";
import type { CodeLens } from "./shapes.js";

const labActions = ["deploy", "plan", "destroy", "preview"] as const;

/** What can be done with the lab, above the first line, and the console of each node that the manifest itself names, above the node. */
export function codeLenses({ lab, file }: Analysis): readonly CodeLens[] {
  if (lab.nodes.length === 0) return [];
  const start = { start: 0, end: 0 };
  const forLab = labActions.map((action): CodeLens => ({ range: start, action }));
  const own = lab.nodes.filter(({ nameAt }) => nameAt.file === file);
  const forNodes = own.map(({ name, nameAt }): CodeLens => ({ range: nameAt.range, action: "console", node: name }));
  return [...forLab, ...forNodes];
}
