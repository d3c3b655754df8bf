import type { EndpointDeclaration, LinkDeclaration, NodeDeclaration } from "../model/index.js";
import type { CheckContext } from "./context.js";
import { nextFree } from "./endpoints.js";

/** How many other places a finding names; more would make the list quadratic. */
const RELATED_LIMIT = 5;

/** One cable a port, and two different nodes at each cable. */
export function checkCables(context: CheckContext): void {
  const { manifest, report } = context;
  const pairs = new Map<string, LinkDeclaration>();
  const selfLinks = new Set<EndpointDeclaration>();
  for (const link of manifest.links) {
    const { src, dst } = link;
    if (src?.declaration === undefined || dst?.declaration === undefined) continue;
    if (src.declaration === dst.declaration) {
      selfLinks.add(dst);
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
    const pair = [src.declaration.index, dst.declaration.index].sort((a, b) => a - b).join(" ");
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
  for (const [node, ports] of context.usage) for (const ends of ports.values()) checkUses(node, ends, context);
}

function checkUses(node: NodeDeclaration, ends: readonly EndpointDeclaration[], context: CheckContext): void {
  if (ends.length < 2) return;
  const port = `${node.name?.value ?? ""}::${ends[0]?.ref?.name ?? ""}`;
  for (const end of ends) {
    const others = ends.filter((other) => other !== end).slice(0, RELATED_LIMIT);
    context.report("port-used-twice", end.range, `Another cable ends at \`${port}\` too. A port takes one cable.`, {
      related: others.map(({ range }) => ({ range, message: "The other cable" })),
      // The first use keeps the port.
      fixes: end === ends[0] ? [] : nextFree(end, node, context),
    });
  }
}
