import type { Analysis } from "../analysis.js";
import { ownRows } from "../model/own-rows.js";
import { walkFile } from "../model/walk.js";
import { sameRange, type Range } from "../syntax/index.js";
import type { SemanticToken } from "./shapes.js";

/** What the texts of a manifest mean: models, nodes, ports, groups and words. In the order of the text, without overlaps. */
export function semanticTokens({ manifest, catalogue, text, syntax }: Analysis): readonly SemanticToken[] {
  const tokens: SemanticToken[] = [];
  const add = (range: Range | undefined, type: SemanticToken["type"], ...modifiers: SemanticToken["modifiers"]) => {
    // Editors take tokens of one line only.
    if (range !== undefined && range.start < range.end && !text.slice(range.start, range.end).includes("\n"))
      tokens.push({ range, type, modifiers });
  };
  const { nodes, bridges, groups, links } = ownRows(manifest);
  for (const { name } of [...nodes, ...bridges]) add(name?.range, "variable", "declaration");
  for (const { name } of groups) add(name.range, "namespace", "declaration");
  const ends = [...links.flatMap(({ src, dst }) => [src, dst]), ...bridges.flatMap(({ endpoints }) => endpoints)];
  for (const { node, port, written } of ends.flatMap((end) => end ?? [])) {
    add(node?.range, "variable");
    if (port?.number !== undefined) add(port.range, "number");
    else if (port !== undefined && !(written && sameRange(port.range, written.contents))) add(port.range, "property");
  }
  walkFile(syntax.root, {
    value: (value, type) => {
      if (value.kind !== "string") return;
      if (type.kind === "enum") add(value.contents, "enumMember");
      else if (type.kind !== "string") return;
      else if (type.format === "group") add(value.contents, "namespace");
      else if (type.format === "node") add(value.contents, "variable");
      else if (type.format === "model") {
        const alias = catalogue.find(value.value)?.alias === true;
        add(value.contents, "class", ...(alias ? (["deprecated"] as const) : []));
      }
    },
  });
  return withoutOverlaps(tokens);
}

function withoutOverlaps(tokens: readonly SemanticToken[]): readonly SemanticToken[] {
  const sorted = [...tokens].sort((a, b) => a.range.start - b.range.start || b.modifiers.length - a.modifiers.length);
  let end = 0;
  return sorted.filter(({ range }) => {
    if (range.start < end) return false;
    end = range.end;
    return true;
  });
}
