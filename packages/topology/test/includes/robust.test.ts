import { describe, expect, test } from "vitest";
import {
  codeActions,
  complete,
  definition,
  documentHighlights,
  hover,
  references,
  rename,
  sourceAt,
  type Location,
  type Range,
} from "@labscape/topology";
import { analyzeFiles, splitFiles, type MarkedLab } from "../support/files.js";

const lab = `name = "x"
include = ["common.toml", "more/links.toml"]
description = "d"
[groups.leaf]
start_delay = 1
[[nodes]]
name = "a"
memory = 512
interfaces.eth1.mtu = 9000
[[bridges]]
name = "lan"
mtu = 9000
#- common.toml
include = ["more/links.toml"]
[defaults]
memory = 512
[groups.leaf]
user = "me"
[[nodes]]
name = "a"
model = "debian_linux"
group = "leaf"
depends_on = ["b"]
[[nodes]]
name = "b"
model = "debian_linux"
[[bridges]]
name = "lan"
links = ["a::eth2", "b::eth2"]
#- more/links.toml
include = ["../common.toml"]
links = [
  { src = "a::eth1", dst = "b::eth1", mtu = 9000 },
]
`;

/** All that is said with a file beside it, and all that is said in the lab's numbering. */
function ranges({ analysis, offset }: MarkedLab): {
  readonly located: readonly Location[];
  readonly own: readonly Range[];
} {
  const renamed = rename(analysis, offset, "new-name");
  const cursor = { start: offset, end: offset };
  const { nodes, links, bridges } = analysis.lab;
  const found = [
    ...analysis.findings,
    ...analysis.findings.flatMap(({ related, fixes }) => [...related, ...fixes.flatMap(({ edits }) => edits)]),
    ...codeActions(analysis, cursor).flatMap(({ edits }) => edits),
    ...("edits" in renamed ? renamed.edits : []),
    ...definition(analysis, offset),
    ...references(analysis, offset, { declaration: true }),
    ...nodes.flatMap(({ at, nameAt }) => [at, nameAt]),
    ...links.flatMap(({ at, src, dst }) => [at, src.at, dst.at]),
    ...bridges.flatMap(({ at, endpoints }) => [at, ...endpoints.map((end) => end.at)]),
  ];
  const own = [
    ...complete(analysis, offset).map(({ range }) => range),
    ...documentHighlights(analysis, offset).map(({ range }) => range),
    hover(analysis, offset)?.range ?? cursor,
  ];
  return { located: found, own };
}

describe("a lab of several files, each cut and its characters gone", () => {
  // Plain comparisons, as there are so many texts.
  const files = splitFiles(lab);
  test.each([...files.keys()])("%s: ranges lie in their file", (file) => {
    const whole = files.get(file) ?? "";
    // One change at every other place: the tests of the parser try them all.
    for (let index = 0; index <= whole.length; index += 2) {
      const rest = index % 4 === 0 ? whole.slice(index + 1) : "";
      const changed = [...files].map(([name, text]) => {
        const marked = name === file ? `${whole.slice(0, index)}$0${rest}` : text;
        return name === "/labs/test.lab.toml" ? marked : `#- ${name.replace("/labs/", "")}\n${marked}`;
      });
      const marked = analyzeFiles(changed.map((text) => (text.endsWith("\n") ? text : `${text}\n`)).join(""));
      // Where the manifest no longer includes the file there is nothing to ask about.
      if (marked.offset < 0) continue;
      const { located, own } = ranges(marked);
      const where = `${file} cut at ${index}, then ${JSON.stringify(rest.slice(0, 20))}`;
      for (const { file: at, range } of located) {
        const length = marked.files.get(at)?.text.length ?? -1;
        if (!(range.start >= 0 && range.start <= range.end && range.end <= length))
          throw new Error(`${range.start} to ${range.end} of ${at}: ${where}`);
      }
      const { base, text } = sourceAt(marked.analysis.sources, marked.offset);
      for (const { start, end } of own)
        if (!(start >= base && start <= end && end <= base + text.length))
          throw new Error(`${start} to ${end} in the lab: ${where}`);
    }
    expect(whole.length).toBeGreaterThan(50);
  });
});
