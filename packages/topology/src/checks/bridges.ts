import type { Range } from "../syntax/tree.js";
import type { CheckContext } from "./context.js";

/** Names and sizes of shared segments. */
export function checkBridges({ manifest, report }: CheckContext): void {
  const names = new Map<string, Range>();
  for (const { name, table, endpoints } of manifest.bridges) {
    const at = name?.range ?? table.nameRange;
    const first = name === undefined ? undefined : names.get(name.value);
    if (name !== undefined && first === undefined) names.set(name.value, name.range);
    if (name !== undefined && first !== undefined)
      report("duplicate-bridge", at, `There is another bridge \`${name.value}\`. Give each bridge a name of its own.`, {
        related: [{ range: first, message: "The first one" }],
      });
    // A bridge of the host has ports of its own.
    if (endpoints.length < 2 && !table.entries.has("external")) {
      const ports = endpoints.length === 0 ? "no port" : "one port";
      report(
        "bridge-with-one-port",
        at,
        `This bridge has ${ports}: nothing passes over it. Add ports to its \`links\`.`,
      );
    }
  }
}
