import { LineIndex, type Finding, type Location, type Range, type Severity } from "@labscape/topology";
import type { ChalkInstance } from "chalk";
import path from "node:path";
import { counted } from "./table.js";

/** A text whose lines are counted. */
export interface FileText {
  readonly text: string;
  readonly lines: LineIndex;
}

/** Text of a file that findings point into. */
export type TextOf = (file: string) => FileText;

/** Looks texts up by their files, and counts the lines of each only once. */
export function textLookup(read: (file: string) => string): TextOf {
  const known = new Map<string, FileText>();
  return (file) => {
    const found = known.get(file) ?? fileText(read(file));
    known.set(file, found);
    return found;
  };
}

export function fileText(text: string): FileText {
  return { text, lines: new LineIndex(text) };
}

/** One finding for a terminal: place, what, and the line with the characters marked. */
export function findingText(finding: Finding, textOf: TextOf, chalk: ChalkInstance, cwd: string): string {
  const { code, severity, message, related } = finding;
  const colour = severityColour(chalk, severity);
  const said = `${colour(severity)}: ${message} ${chalk.dim(`[${code}]`)}`;
  const text = textOf(finding.file);
  const gap = " ".repeat(String(text.lines.positionAt(finding.range.start).line + 1).length);
  return [
    markedText(finding, said, text, { chalk, colour, cwd }),
    ...related.map((each) => relatedText(each, textOf, chalk, cwd, gap)),
  ].join("\n");
}

/** Characters of a line that are shown. */
const maxExcerpt = 160;

interface MarkStyle {
  readonly chalk: ChalkInstance;
  readonly colour: ChalkInstance;
  readonly cwd: string;
}

/** What is said of a place for a terminal, and below it the line with the characters marked. */
export function markedText(at: Location, said: string, file: FileText, { chalk, colour, cwd }: MarkStyle): string {
  const { text, lines } = file;
  const start = lines.positionAt(at.range.start);
  const end = lines.positionAt(at.range.end);
  const source = text.slice(lines.lineStart(start.line), lines.lineEnd(start.line));
  const width = Math.max(
    1,
    end.line === start.line ? end.character - start.character : source.length - start.character,
  );
  const place = `${path.relative(cwd, at.file) || at.file}:${start.line + 1}:${start.character + 1}`;
  const margin = String(start.line + 1);
  // Of a line that is longer than anybody reads, the part around the mark.
  const from = source.length <= maxExcerpt ? 0 : Math.max(0, start.character - maxExcerpt / 2);
  const shown = source.slice(from, from + maxExcerpt);
  // Tabs before the mark keep their width only as tabs.
  const indent = source.slice(from, start.character).replace(/[^\t]/g, " ");
  const marked = Math.min(width, Math.max(1, shown.length - indent.length));
  const [before, behind] = [from > 0 ? "…" : "", from + shown.length < source.length ? "…" : ""];
  return [
    `${chalk.bold(place)}: ${said}`,
    `${chalk.dim(`${margin} |`)} ${before}${shown}${behind}`,
    `${chalk.dim(`${" ".repeat(margin.length)} |`)} ${before && " "}${indent}${colour("^".repeat(marked))}`,
  ].join("\n");
}

function relatedText(
  related: Finding["related"][number],
  textOf: TextOf,
  chalk: ChalkInstance,
  cwd: string,
  gap: string,
): string {
  const { line, character } = textOf(related.file).lines.positionAt(related.range.start);
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
  return {
    file: finding.file,
    severity: finding.severity,
    code: finding.code,
    message: finding.message,
    range: rangeJson(textOf(finding.file), finding.range),
    related: finding.related.map(({ file, range, message }) => ({
      file,
      message,
      range: rangeJson(textOf(file), range),
    })),
  };
}

export function rangeJson({ lines }: FileText, { start, end }: Range): object {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}
