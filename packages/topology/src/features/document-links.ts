import type { Analysis } from "../analysis.js";
import { walkFile } from "../model/walk.js";
import type { DocumentLink } from "./shapes.js";

/** The files that a manifest names. */
export function documentLinks({ syntax }: Analysis): readonly DocumentLink[] {
  const links: DocumentLink[] = [];
  walkFile(syntax.root, {
    entry: (_, spec) => spec.status === undefined,
    value: (value, type) => {
      if (value.kind === "string" && type.kind === "string" && type.format === "path" && value.value.trim() !== "")
        links.push({ range: value.contents, path: value.value });
    },
  });
  return links.sort((a, b) => a.range.start - b.range.start);
}
