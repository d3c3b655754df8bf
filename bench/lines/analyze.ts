import { builtinCatalogue } from "@labscape/devices";
import { analyze, type Analysis } from "@labscape/topology";
import type { Result } from "../result.js";
import { headerManifest, rowManifest } from "../support/labs.js";
import { timeCalls } from "../support/times.js";

/**
 * What a manifest costs without the protocol: parse, model and checks. First when it is opened, then at each keystroke, when what has
 * not changed is taken over from the analysis before. The resolved lab is made when it is asked for.
 */
export default async function measure(): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const [nodes, runs, budget] of [
    [1_000, 40, 16],
    [10_000, 8, 150],
  ] as const) {
    for (const [style, make] of [
      ["rows", rowManifest],
      ["headers", headerManifest],
    ] as const) {
      const text = make(nodes);
      const lab = `${nodes.toLocaleString("en")} nodes as ${style}`;
      const first = await timeCalls(runs, () => findingsOf(analyzed(text), 0));
      results.push({ what: `analysis of a lab that is opened, ${lab}`, unit: "ms", figure: first.median });

      const typed = text.replace(new RegExp(`(node${nodes / 2}::[a-z]+)1"`), '$1"');
      let previous = analyzed(text);
      const change = await timeCalls(runs, (run) => {
        const wrong = run % 2 === 0;
        previous = analyzed(wrong ? typed : text, previous);
        findingsOf(previous, wrong ? 1 : 0);
      });
      results.push({ what: `analysis after a keystroke, ${lab}`, unit: "ms", figure: change.median, budget });
    }
  }
  return results;
}

function analyzed(text: string, previous?: Analysis): Analysis {
  const options = { file: "bench.lab.toml", catalogue: builtinCatalogue };
  return analyze(text, previous === undefined ? options : { ...options, previous });
}

/** A measurement of a lab that is read wrongly would be worth nothing. */
function findingsOf({ findings }: Analysis, expected: number): void {
  if (findings.length !== expected) throw new Error(`${findings.length} findings: ${findings[0]?.message ?? "none"}`);
}
