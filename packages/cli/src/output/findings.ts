import type { Finding, Severity } from "@labscape/topology";
import { LineIndex } from "@labscape/topology";
import type { ChalkInstance } from "chalk";
import path from "node:path";
import { counted } from "./table.js";

/** Text of a file that findings point into. */
export type TextOf = (file: string) => string;

/** One finding for a terminal: place, what, and the line with the characters marked. */
export function findingText(finding: Finding, textOf: TextOf, chalk: ChalkInstance, cwd: string): string {
  const text = textOf(finding.file);
  const lines = new LineIndex(text);
  const start = lines.positionAt(finding.range.start);
  const end = lines.positionAt(finding.range.end);
  const source = text.split(/\r\n|\n/)[start.line] ?? "";
  const width = Math.max(
    1,
    end.line === start.line ? end.character - start.character : source.length - start.character,
  );
  const place = `${path.relative(cwd, finding.file) || finding.file}:${start.line + 1}:${start.character + 1}`;
  const margin = String(start.line + 1);
  const gap = " ".repeat(margin.length);
  // Tabs before the mark keep their width only as tabs.
  const indent = source.slice(0, start.character).replace(/[^\t]/g, " ");
  return [
    `${chalk.bold(place)}: ${severityColour(chalk, finding.severity)(finding.severity)}: ${finding.message} ${chalk.dim(`[${finding.code}]`)}`,
    `${chalk.dim(`${margin} |`)} ${source}`,
    `${chalk.dim(`${gap} |`)} ${indent}${severityColour(chalk, finding.severity)("^".repeat(width))}`,
    ...finding.related.map((related) => relatedText(related, textOf, chalk, cwd, gap)),
  ].join("\n");
}

function relatedText(
  related: Finding["related"][number],
  textOf: TextOf,
  chalk: ChalkInstance,
  cwd: string,
  gap: string,
): string {
  const { line, character } = new LineIndex(textOf(related.file)).positionAt(related.range.start);
  return chalk.dim(
    `${gap} = ${related.message}: ${path.relative(cwd, related.file) || related.file}:${line + 1}:${character + 1}`,
  );
}

function severityColour(chalk: ChalkInstance, severity: Severity): ChalkInstance {
  switch (severity) {
    case "error":
      return chalk.red;
    case "warning":
      return chalk.yellow;
    case "information":
      return chalk.blue;
    case "hint":
      return chalk.dim;
  }
}

/** "2 errors, 1 warning", or "no findings". */
export function findingsSummary(findings: readonly Finding[]): string {
  const parts = (["error", "warning", "information", "hint"] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity, severity === "information" ? "information" : undefined)];
  });
  return parts.length === 0 ? "no findings" : parts.join(", ");
}

/** The shape that `validate --format json` promises: lines and UTF-16 characters from 0, as LSP counts. */
export function findingJson(finding: Finding, textOf: TextOf): object {
  const rangeJson = (file: string, range: Finding["range"]): object => {
    const lines = new LineIndex(textOf(file));
    return { start: lines.positionAt(range.start), end: lines.positionAt(range.end) };
  };
  return {
    file: finding.file,
    severity: finding.severity,
    code: finding.code,
    message: finding.message,
    range: rangeJson(finding.file, finding.range),
    related: finding.related.map(({ file, range, message }) => ({ file, message, range: rangeJson(file, range) })),
  };
}
