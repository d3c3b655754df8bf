import { builtinCatalogue } from "@labscape/devices";
import { analyze } from "@labscape/topology";
import type { Result } from "../result.js";
import { headerManifest, rowManifest } from "../support/labs.js";
import { timeCalls } from "../support/times.js";

/** All that a keystroke costs without the protocol: parse, model and checks. The resolved lab is made when it is asked for. */
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
      const { findings } = analyze(text, { file: "bench.lab.toml", catalogue: builtinCatalogue });
      if (findings.length > 0) throw new Error(`The lab to measure is not sound: ${findings[0]?.message ?? ""}`);
      const { median } = await timeCalls(runs, () =>
        analyze(text, { file: "bench.lab.toml", catalogue: builtinCatalogue }),
      );
      results.push({
        what: `analysis alone, ${nodes.toLocaleString("en")} nodes as ${style}`,
        unit: "ms",
        figure: median,
        budget,
      });
    }
  }
  return results;
}
