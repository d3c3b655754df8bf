import path from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import { LabError, loadManifest } from "@labscape/lab";
import type { Finding, Severity } from "@labscape/topology";
import { Exit, type ExitCode } from "../exit.js";
import { manifestInputs, type Input } from "../inputs.js";
import { colours, print, printError, printJson, type Io } from "../io.js";
import { textOf, withModels, type ReadManifest } from "../manifest.js";
import { models } from "../models.js";
import { findingJson, findingsSummary, findingText, type TextOf } from "../output/findings.js";
import { printProblem } from "../output/problems.js";
import { sarifLog } from "../output/sarif.js";
import { counted } from "../output/table.js";

type Format = "text" | "json" | "sarif";

interface ValidateOptions {
  readonly format: Format;
  readonly json?: boolean;
  readonly minSeverity: Severity;
  readonly maxWarnings?: number;
}

/** The most severe first. */
const severities: readonly Severity[] = ["error", "warning", "information", "hint"];

export function addValidate(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("validate")
    .description("check manifests and print every finding; fails when there is an error")
    .argument("[files...]", "manifests, folders of manifests, or - for standard input; this folder when none is named")
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json", "sarif"]).default("text"))
    .addOption(new Option("--json", "the same as --format json").conflicts("format"))
    .addOption(
      new Option("--min-severity <severity>", "print only findings of this severity and worse")
        .choices(severities)
        .default("hint"),
    )
    .option("--max-warnings <count>", "fail when there are more warnings than this", wholeNumber)
    .addHelpText(
      "after",
      `
Examples:
  labscape validate
  labscape validate labs/ --min-severity warning --max-warnings 0
  labscape validate --format sarif > labscape.sarif
  git show HEAD:lab.toml | labscape validate -`,
    )
    .action((files: string[], options: ValidateOptions) => run(() => validate(io, files, options)));
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("Give a whole number.");
  return Number(text);
}

async function validate(io: Io, names: readonly string[], options: ValidateOptions): Promise<ExitCode> {
  const { analyses, problems } = await analyzeInputs(io, await manifestInputs(io, names));
  const all = distinct(analyses);
  const worst = severities.indexOf(options.minSeverity);
  const shown = all.filter(({ finding }) => severities.indexOf(finding.severity) <= worst);
  for (const problem of problems) printProblem(io, problem);
  printFindings(io, options.json === true ? "json" : options.format, analyses, shown, problems);
  const warnings = all.filter(({ finding }) => finding.severity === "warning").length;
  const tooMany = options.maxWarnings !== undefined && warnings > options.maxWarnings;
  if (tooMany) printError(io, `${counted(warnings, "warning")}, and --max-warnings allows ${options.maxWarnings}.`);
  const failed = problems.length > 0 || tooMany || all.some(({ finding }) => finding.severity === "error");
  return failed ? Exit.failed : Exit.done;
}

interface Analyzed {
  readonly analyses: readonly ReadManifest[];
  /** Files that cannot be read. The others are checked all the same. */
  readonly problems: readonly LabError[];
}

async function analyzeInputs(io: Io, inputs: readonly Input[]): Promise<Analyzed> {
  const analyses: { readonly input: Input; readonly analysis: ReadManifest }[] = [];
  const problems: LabError[] = [];
  for (const input of inputs) {
    if (io.signal.aborted) throw io.signal.reason;
    const text = input.text === undefined ? {} : { text: input.text };
    try {
      const loaded = await models(io, path.dirname(path.resolve(io.cwd, input.file)));
      const analysis = await loadManifest(input.file, { catalogue: loaded.catalogue, ...text });
      analyses.push({ input, analysis: withModels(analysis, loaded) });
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      problems.push(error);
    }
  }
  // What another manifest includes is part of that one and most likely no lab by itself.
  const included = new Set(analyses.flatMap(({ analysis }) => analysis.sources.slice(1).map(({ file }) => file)));
  const labs = analyses.filter(({ input }) => !(input.found && included.has(input.file)));
  return { analyses: labs.map(({ analysis }) => analysis), problems };
}

/** A finding, and the texts of the files that it points into. */
interface Told {
  readonly finding: Finding;
  readonly textOf: TextOf;
}

/** All findings, those of a file that several manifests include or take a device model from once. */
function distinct(analyses: readonly ReadManifest[]): readonly Told[] {
  const told = new Map<string, Told>();
  for (const analysis of analyses) {
    const texts = textOf(analysis);
    for (const finding of [...analysis.models.findings, ...analysis.findings]) {
      const { file, code, range, message } = finding;
      const key = JSON.stringify([file, code, range.start, range.end, message]);
      if (!told.has(key)) told.set(key, { finding, textOf: texts });
    }
  }
  return [...told.values()];
}

function printFindings(
  io: Io,
  format: Format,
  analyses: readonly ReadManifest[],
  told: readonly Told[],
  problems: readonly LabError[],
): void {
  if (format === "json")
    printJson(io, { version: 1, findings: told.map(({ finding, textOf }) => findingJson(finding, textOf)) });
  else if (format === "sarif") printJson(io, sarifLog(told, problems, io.cwd));
  else {
    const chalk = colours(io);
    for (const { finding, textOf } of told) print(io, findingText(finding, textOf, chalk, io.cwd));
    const summary = findingsSummary(told.map(({ finding }) => finding));
    // Where nothing could be read there is nothing to sum up.
    if (analyses.length > 0 || problems.length === 0) print(io, `${counted(analyses.length, "manifest")}: ${summary}`);
  }
}
