import type { Analysis } from "../analysis.js";
import { touches } from "../model/access.js";
import type { EndpointDeclaration, LinkDeclaration } from "../model/index.js";
import { code, table } from "./markdown.js";

/** Both ends of the link whose row an offset is in, with their addresses, and what the link says of itself. */
export function linkMarkdown({ manifest, lab }: Analysis, offset: number): string | undefined {
  const link = manifest.links.find(({ rows }) =>
    rows.some(({ table: { ranges } }) => ranges.some((range) => touches(range, offset))),
  );
  if (link?.src === undefined || link.dst === undefined) return undefined;
  const nodes = new Map(lab.nodes.map((node) => [node.name, node]));
  const rows = [link.src, link.dst].map((end) => {
    const port = end.ref?.role === "data" ? nodes.get(end.node?.value ?? "")?.ports[end.ref.index] : undefined;
    const addresses = [port?.ipv4, port?.ipv6].flatMap((address) => (address === undefined ? [] : [code(address)]));
    const mtu = port?.mtu === undefined ? "" : String(port.mtu);
    return [code(endName(end)), addresses.join(", "), mtu];
  });
  return [table(["end", "address", "MTU"], rows), settings(link, lab)].filter((part) => part !== "").join("\n\n");
}

export function endName({ node, ref, port }: EndpointDeclaration): string {
  return `${node?.value ?? ""}::${ref?.name ?? port?.text ?? ""}`;
}

function settings({ index }: LinkDeclaration, lab: Analysis["lab"]): string {
  const resolved = lab.links.find((each) => each.index === index);
  if (resolved === undefined) return "";
  const { label, type, state, mtu } = resolved;
  const parts = [`Type ${code(type)}`, state === "up" ? "plugged in" : "pulled"];
  if (mtu !== undefined) parts.push(`MTU ${mtu}`);
  if (label !== undefined) parts.push(`label ${code(label)}`);
  return `${parts.join(", ")}.`;
}
