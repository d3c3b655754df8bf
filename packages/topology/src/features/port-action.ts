import type { Analysis } from "../analysis.js";
import type { Finding } from "../finding.js";
import { touches } from "../model/access.js";
import { locate } from "../model/index.js";
import { allEndpoints } from "../model/references.js";
import { freePorts, PortUsage } from "../model/usage.js";
import type { Range } from "../syntax/index.js";
import type { CodeAction } from "./shapes.js";

/** Moves the end of a cable to the first port of its node that has none; completes an end that names no port yet. */
export function portAction(
  { manifest, sources }: Analysis,
  { start }: Range,
  findings: readonly Finding[],
): readonly CodeAction[] {
  for (const end of allEndpoints(manifest)) {
    const { node, port, declaration, written } = end;
    if (!touches(end.range, start) || declaration === undefined || node === undefined) continue;
    const [free] = freePorts(declaration, new PortUsage(manifest), 1);
    if (free === undefined) return [];
    const title = `Use the next free port, ${free.name}`;
    if (findings.some(({ fixes }) => fixes.some((fix) => fix.title === title))) return [];
    const isComplete = port !== undefined && port.text !== "";
    const at = port?.range ?? { start: node.range.end, end: written?.contents.end ?? node.range.end };
    const newText = port?.number === undefined ? free.name : String(free.index);
    const edit = { ...locate(sources, at), newText: port === undefined ? `::${newText}` : newText };
    const finding = findings.find(({ code }) => code === "unknown-port" || code === "wrong-type");
    return [
      {
        title,
        kind: isComplete ? "refactor.rewrite" : "quickfix",
        edits: [edit],
        preferred: !isComplete,
        ...(finding !== undefined && !isComplete && { finding }),
      },
    ];
  }
  return [];
}
