import { arch, cpus, platform, totalmem } from "node:os";
import { markdownTable } from "./table.mjs";

/**
 * The page of the benchmarks.
 *
 * @param {readonly import("./table.mjs").Row[]} rows
 * @param {readonly string[]} skipped what could not be measured, and why
 */
export function page(rows, skipped) {
  const [cpu] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const machine = `${platform()} ${arch()}, ${cpus().length} x ${cpu?.model.trim() ?? "unknown processor"}, ${gigabytes} GB`;
  return `<!-- Written by \`npm run bench -- --write\`. -->

# Benchmarks

\`npm run bench\` measures and prints this table; \`npm run bench -- parse keystroke\` measures some lines of it, by the names of
the files in \`bench/lines/\`. A peer is measured in the same run, so that ratios hold on any machine where amounts do not. The
run fails only where a ratio is more than twice its budget.

Measured with Node ${process.versions.node} on ${machine}.

${markdownTable(rows)}
${skipped.length === 0 ? "" : `\nNot measured:\n\n${skipped.map((each) => `- ${each}`).join("\n")}\n`}
How it is measured:

- The lab has one and a half as many links as nodes, and nothing is found in it. "Rows" has an inline table for each node and
  link; "headers" has tables under headers and says more of each node.
- A keystroke is a change of one character in the middle of the document, sent to the language server in a process of its own,
  up to the diagnostics that come back.
- yaml-language-server checks the same topology as a containerlab file against a JSON schema with the keys that it uses
  (\`bench/support/containerlab.schema.json\`, smaller than the one that containerlab publishes). It waits before it looks at a
  change; that time is not counted.
- smol-toml and @iarna/toml keep no positions; toml-eslint-parser does.
`;
}
