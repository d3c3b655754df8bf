import path from "node:path";
import { Option, type Command } from "commander";
import { loadManifest, readManifestText, writeManifestText } from "@labscape/lab";
import { applyEdits, convertDialect, type ConversionProblem, type Dialect } from "@labscape/topology";
import { Exit, UsageError, type ExitCode } from "../exit.js";
import { manifestInputs } from "../inputs.js";
import { colours, print, printError, printJson, type Io } from "../io.js";
import { manifestPath } from "../manifest.js";
import { models } from "../models.js";
import { jsonOption } from "../options.js";
import { fileText, markedText, rangeJson } from "../output/findings.js";
import { counted } from "../output/table.js";

interface ConvertOptions {
  readonly to: Dialect;
  readonly write?: boolean;
  readonly json?: boolean;
}

export function addConvert(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("convert")
    .description("write a manifest in the other dialect; comments, order and layout stay")
    .argument("[file]", "manifest, or - for standard input; the one in this folder when none is named")
    .addOption(new Option("--to <dialect>", "dialect to write").choices(["current", "first"]).default("current"))
    .option("-w, --write", "change the file instead of printing it")
    .addOption(jsonOption("print JSON: the text, or why it cannot be converted"))
    .addHelpText(
      "after",
      `
Examples:
  labscape convert manifest.toml > new.lab.toml
  labscape convert manifest.toml --to first
  labscape convert manifest.toml --write`,
    )
    .action((file: string | undefined, options: ConvertOptions) => run(() => convert(io, file, options)));
}

async function convert(io: Io, name: string | undefined, { to, write, json }: ConvertOptions): Promise<ExitCode> {
  if (name === "-" && write === true) throw new UsageError("standard input cannot be changed; leave out --write");
  const { file, text } = await readInput(io, name);
  const { catalogue } = await models(io, path.dirname(file));
  const result = convertDialect(await loadManifest(file, { catalogue, text }), to);
  if ("problems" in result) {
    printProblems(io, text, result.problems, json === true);
    return Exit.failed;
  }
  const converted = applyEdits(text, result.edits);
  if (write === true && result.edits.length > 0) await writeManifestText(file, converted);
  if (json === true) printJson(io, { version: 1, file, to, changed: result.edits.length > 0, text: converted });
  else if (write !== true) io.stdout.write(converted);
  else {
    const relative = path.relative(io.cwd, file);
    print(io, result.edits.length > 0 ? `${relative}: converted` : `${relative}: nothing to convert`);
  }
  return Exit.done;
}

async function readInput(io: Io, name: string | undefined): Promise<{ readonly file: string; readonly text: string }> {
  if (name === "-")
    for (const { file, text } of await manifestInputs(io, [name])) if (text !== undefined) return { file, text };
  const file = await manifestPath(io, name);
  return { file, text: await readManifestText(file, { byteOrderMark: "keep" }) };
}

function printProblems(io: Io, text: string, problems: readonly ConversionProblem[], json: boolean): void {
  const source = fileText(text);
  if (json) {
    const told = problems.map(({ file, range, message }) => ({ file, message, range: rangeJson(source, range) }));
    printJson(io, { version: 1, problems: told });
    return;
  }
  const chalk = colours(io, "stderr");
  const style = { chalk, colour: chalk.red, cwd: io.cwd };
  for (const problem of problems)
    printError(io, markedText(problem, `${chalk.red("error")}: ${problem.message}`, source, style));
  const them = problems.length === 1 ? "it" : "them";
  printError(io, `Not converted: ${counted(problems.length, "place")} in the way. Change ${them}, and convert again.`);
}
