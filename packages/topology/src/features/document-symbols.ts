import type { Analysis } from "../analysis.js";
import type { EndpointDeclaration } from "../model/index.js";
import { ownRows } from "../model/own-rows.js";
import { tableRange } from "../model/access.js";
import type { Range, TomlTable } from "../syntax/index.js";
import type { OutlineSymbol } from "./shapes.js";

type Kind = OutlineSymbol["kind"];

/** The outline: nodes, links, bridges and groups in their sections, then the lab's other tables. */
export function documentSymbols({ manifest }: Analysis): readonly OutlineSymbol[] {
  const { dialect, root } = manifest;
  const { nodes, links, bridges, groups } = ownRows(manifest);
  const models = new Map(
    manifest.nodes.flatMap(({ rows, modelName }) => rows.map(({ table }) => [table, modelName?.value])),
  );
  const sections = [
    section(dialect === "first" ? "devices" : "nodes", [
      ...nodes.map(({ table, name }) => symbol("node", name?.value, models.get(table) ?? "", table, name?.range)),
    ]),
    section(dialect === "first" ? "connections" : "links", [
      ...links.map(({ table, src, dst }) => symbol("link", `${endName(src)} — ${endName(dst)}`, "", table)),
    ]),
    section("bridges", [
      ...bridges.map(({ table, name, endpoints }) =>
        symbol("bridge", name?.value, `${endpoints.length} ports`, table, name?.range),
      ),
    ]),
    section("groups", [...groups.map(({ table, name }) => symbol("group", name.value, "", table, name.range))]),
  ].flatMap((each) => each ?? []);
  const tables = ["defaults", "management", "host", "diagram"].flatMap((key): OutlineSymbol[] => {
    const value = root.entries.get(key)?.value;
    if (value?.kind === "table") return [symbol(key === "management" ? "network" : "key", key, "", value)];
    return value?.kind === "inline-table" ? [symbol("key", key, "", value.table)] : [];
  });
  return [...sections, ...tables].sort((a, b) => a.range.start - b.range.start);
}

function section(name: string, children: readonly OutlineSymbol[]): OutlineSymbol | undefined {
  const [first] = children;
  if (first === undefined) return undefined;
  let { start, end } = first.range;
  for (const { range } of children) {
    start = Math.min(start, range.start);
    end = Math.max(end, range.end);
  }
  const detail = String(children.length);
  return { name, detail, kind: "section", range: { start, end }, selectionRange: first.selectionRange, children };
}

function symbol(
  kind: Kind,
  name: string | undefined,
  detail: string,
  table: TomlTable,
  selectionRange: Range = table.nameRange,
): OutlineSymbol {
  const range = tableRange(table);
  const inside = range.start <= selectionRange.start && selectionRange.end <= range.end;
  // Editors refuse symbols without a name.
  const shown = name === undefined || name === "" ? `(${kind} without a name)` : name;
  return { name: shown, detail, kind, range, selectionRange: inside ? selectionRange : range, children: [] };
}

function endName(end: EndpointDeclaration | undefined): string {
  if (end === undefined) return "…";
  return `${end.node?.value ?? "…"}::${end.ref?.name ?? end.port?.text ?? "…"}`;
}
