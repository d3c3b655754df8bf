import { totalSize } from "@labscape/devices";
import type { Analysis } from "../analysis.js";
import { touches } from "../model/access.js";
import { formatMemory } from "../model/format-memory.js";
import { sourceAt } from "../model/index.js";
import { plannedAddresses } from "../model/management.js";
import { writtenEndpoints } from "../model/references.js";
import type { Range } from "../syntax/index.js";
import type { InlayHint } from "./shapes.js";

/** The name of each port that is given by number, the address of each node, and what all nodes need together. */
export function inlayHints(analysis: Analysis, range: Range): readonly InlayHint[] {
  return [...portHints(analysis), ...addressHints(analysis), ...needsHint(analysis, range)]
    .filter(({ offset }) => touches(range, offset))
    .sort((a, b) => a.offset - b.offset);
}

function portHints({ manifest }: Analysis): readonly InlayHint[] {
  return [...writtenEndpoints(manifest)].flatMap(({ port, ref, declaration }) => {
    if (port?.number === undefined || ref === undefined) return [];
    const tooltip = `Port ${port.number} of ${declaration?.model?.title ?? "the device"} is \`${ref.name}\`.`;
    return [{ offset: port.range.end, label: ref.name, tooltip }];
  });
}

/** Addresses that nobody has written. A lab that runs keeps those that it has. */
function addressHints({ manifest, lab }: Analysis): readonly InlayHint[] {
  const planned = plannedAddresses(lab);
  const written = new Set(lab.nodes.flatMap(({ name, ipv4Address }) => (ipv4Address === undefined ? [] : [name])));
  return [...manifest.nodesByName].flatMap(([name, node]) => {
    const address = planned.get(name);
    if (address === undefined || node.name === undefined || written.has(name)) return [];
    // Behind the closing quote.
    return [{ offset: node.name.range.end + 1, label: address, tooltip: "Management address at the first deploy." }];
  });
}

/** Behind the bracket or header that opens the nodes of the file that is shown. */
function needsHint({ lab, sources }: Analysis, range: Range): readonly InlayHint[] {
  const { statements } = sourceAt(sources, range.start).syntax;
  const rows = statements.find(({ key }) => ["nodes", "devices"].includes(key.parts[0]?.text ?? ""));
  if (rows === undefined || lab.nodes.length === 0) return [];
  const sizes = lab.nodes.map((node) => totalSize(node.model, node));
  const memory = sizes.reduce((sum, size) => sum + size.memory, 0);
  const cpus = sizes.reduce((sum, size) => sum + size.cpuCount, 0);
  const label = `${lab.nodes.length} ${lab.nodes.length === 1 ? "node" : "nodes"}, ${cpus} vCPU, ${formatMemory(memory)}`;
  return [{ offset: rows.kind === "table-header" ? rows.range.end : rows.value.range.start + 1, label }];
}
