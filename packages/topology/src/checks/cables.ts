import type { EndpointDeclaration, LinkDeclaration } from "../model/index.js";
import type { CheckContext } from "./context.js";
import { nextFree } from "./endpoints.js";

/** How many other places a finding names; more would make the list quadratic. */
const RELATED_LIMIT = 5;

/** One cable a port, and two different nodes at each cable. */
export function checkCables(context: CheckContext): void {
  const { manifest, report } = context;
  const pairs = new Map<number, LinkDeclaration>();
  for (const link of manifest.links) {
    const { src, dst } = link;
    if (src?.declaration === undefined || dst?.declaration === undefined) continue;
    if (src.declaration === dst.declaration) {
      const name = dst.node?.value ?? "";
      report(
        "self-link",
        dst.range,
        `Both ends of this link are at \`${name}\`. Name another node, or join two ports of one node by a bridge.`,
        {
          related: [{ range: src.range, message: "The other end" }],
        },
      );
      continue;
    }
    const [one, other] = [src.declaration.index, dst.declaration.index];
    const pair = Math.min(one, other) * manifest.nodes.length + Math.max(one, other);
    const first = pairs.get(pair);
    if (first === undefined) pairs.set(pair, link);
    else
      report(
        "link-to-same-pair",
        src.range,
        `Another link joins \`${src.node?.value ?? ""}\` and \`${dst.node?.value ?? ""}\` as well.`,
        {
          related: [{ range: first.src?.range ?? first.table.nameRange, message: "The first one" }],
        },
      );
  }
  for (const ends of context.usage.several) checkUses(ends, context);
}

function checkUses(ends: readonly EndpointDeclaration[], context: CheckContext): void {
  const [first] = ends;
  const node = first?.declaration;
  const port = `${node?.name?.value ?? ""}::${first?.ref?.name ?? ""}`;
  for (const end of ends) {
    const others = ends.filter((other) => other !== end).slice(0, RELATED_LIMIT);
    context.report("port-used-twice", end.range, `Another cable ends at \`${port}\` too. A port takes one cable.`, {
      related: others.map(({ range }) => ({ range, message: "The other cable" })),
      // The first use keeps the port.
      fixes: end === first || node === undefined ? [] : nextFree(end, node, context),
    });
  }
}
