import { parse as parseWithIarna } from "@iarna/toml";
import { parseToml } from "@labscape/topology";
import { parse as parseWithSmol } from "smol-toml";
import { parseTOML } from "toml-eslint-parser";
import type { Result } from "../result.js";
import { headerManifest, rowManifest } from "../support/labs.js";
import { timeRivals } from "../support/times.js";

const nodes = 10_000;

/** A full parse against parsers that keep no positions, and one that does. */
export default function measure(): readonly Result[] {
  return [["rows", rowManifest(nodes)] as const, ["headers", headerManifest(nodes)] as const].map(
    ([style, text]): Result => {
      const [own, smol, iarna] = timeRivals(8, [
        () => parseToml(text),
        () => parseWithSmol(text),
        () => parseWithIarna(text),
      ]);
      // Takes so long that it would disturb the others.
      const [eslint] = timeRivals(1, [() => parseTOML(text)]);
      return {
        what: `full parse, 10,000 nodes as ${style}`,
        unit: "ms",
        figure: own?.median ?? NaN,
        timesPeer: 1.5,
        peers: [
          { name: "smol-toml", figure: smol?.median ?? NaN },
          { name: "@iarna/toml", figure: iarna?.median ?? NaN },
          { name: "toml-eslint-parser", figure: eslint?.median ?? NaN },
        ],
      };
    },
  );
}
