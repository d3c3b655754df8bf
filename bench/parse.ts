import { parseToml } from "@labscape/topology";
import { parse as parseWithSmol } from "smol-toml";
import { headerManifest, rowManifest } from "./manifests.js";

const sizes = [100, 1_000, 10_000];
/** Times smol-toml, which keeps no positions, that a full parse of 10,000 nodes may take. */
const budget = 1.5;

/** Median time of a call, in milliseconds, after as many calls to warm up. */
function median(runs: number, call: () => void): number {
  const times: number[] = [];
  for (let run = 0; run < runs * 2; run++) {
    const start = performance.now();
    call();
    if (run >= runs) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? NaN;
}

const rows = [
  { style: "[[nodes]]", make: headerManifest },
  { style: "nodes = [{}]", make: rowManifest },
].flatMap(({ style, make }) =>
  sizes.map((size) => {
    const text = make(size);
    const runs = Math.max(5, 2_000 / size);
    const own = median(runs, () => parseToml(text));
    const peer = median(runs, () => parseWithSmol(text));
    return {
      style,
      nodes: size,
      KiB: Math.round(text.length / 1024),
      "labscape ms": own.toFixed(2),
      "smol-toml ms": peer.toFixed(2),
      ratio: (own / peer).toFixed(2),
      budget: size === 10_000 ? budget : "",
    };
  }),
);
console.table(rows);
