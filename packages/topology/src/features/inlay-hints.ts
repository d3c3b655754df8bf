import type { Analysis } from "../analysis.js";
import { writtenEndpoints } from "../model/references.js";
import type { Range } from "../syntax/index.js";
import type { InlayHint } from "./shapes.js";

/** The name of each port that is given by number, and what all nodes need together. */
export function inlayHints({ manifest, lab }: Analysis, range: Range): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  for (const { port, ref, declaration } of writtenEndpoints(manifest))
    if (port?.number !== undefined && ref !== undefined)
      hints.push({
        offset: port.range.end,
        label: ref.name,
        tooltip: `Port ${port.number} of ${declaration?.model?.title ?? "the device"} is \`${ref.name}\`.`,
      });
  const rows = manifest.root.entries.get("nodes") ?? manifest.root.entries.get("devices");
  if (rows !== undefined && lab.nodes.length > 0) {
    const memory = lab.nodes.reduce((sum, node) => sum + node.memory, 0);
    const cpus = lab.nodes.reduce((sum, node) => sum + node.cpuCount, 0);
    hints.push({
      offset: rows.key.range.end,
      label: `${lab.nodes.length} ${lab.nodes.length === 1 ? "node" : "nodes"}, ${cpus} vCPU, ${formatMemory(memory)}`,
    });
  }
  return hints.filter(({ offset }) => range.start <= offset && offset <= range.end).sort((a, b) => a.offset - b.offset);
}

/** Memory in MiB as people say it. */
export function formatMemory(mebibytes: number): string {
  return mebibytes < 1024 ? `${mebibytes} MiB` : `${Number((mebibytes / 1024).toFixed(1))} GiB`;
}
