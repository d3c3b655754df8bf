import { savedIn } from "../model/diagram.js";
import { sourceAt } from "../model/index.js";
import type { CheckContext } from "./context.js";
import { removeFix } from "./remove-fix.js";

/** Saved positions of nodes and bridges that are not there. */
export function checkPositions({ manifest, report, nearest }: CheckContext): void {
  // What seems to be missing may stand in a file that is not to be had.
  if (!manifest.isWhole) return;
  const bridges = new Set(manifest.bridges.map(({ name }) => name?.value));
  const isThere = {
    nodes: (name: string) => manifest.nodesByName.has(name),
    bridges: (name: string) => bridges.has(name),
  };
  for (const kind of ["nodes", "bridges"] as const)
    for (const entry of savedIn(manifest, kind)) {
      const { text: name, range } = entry.key;
      // What an included file has for all may serve another lab.
      if (isThere[kind](name) || sourceAt(manifest.sources, range.start) !== manifest.sources[0]) continue;
      const names = kind === "nodes" ? manifest.nodesByName.keys() : [...bridges].flatMap((each) => each ?? []);
      const near = nearest(name, names);
      const thing = kind === "nodes" ? "node" : "bridge";
      report(
        "key-has-no-effect",
        range,
        `\`${name}\` has no effect: there is no ${thing} of this name.${near === undefined ? "" : ` Did you mean \`${near}\`?`}`,
        { fixes: removeFix(entry, manifest.sources), tag: "unnecessary" },
      );
    }
}
