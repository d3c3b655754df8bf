import { Option, type Command } from "commander";
import type { Finding } from "@labscape/topology";
import { Exit, type ExitCode } from "../exit.js";
import { colours, print, printJson, type Io } from "../io.js";
import { readManifest, textOf } from "../manifest.js";
import { findingJson, findingsSummary, findingText } from "../output/findings.js";

export function addValidate(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("validate")
    .description("check manifests and print every finding")
    .argument("[file...]", "manifests; the one in this folder when none is named")
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"))
    .option("--json", "the same as --format json")
    .addHelpText("after", "\nExample:\n  labscape validate labs/*.lab.toml")
    .action((files: string[], options: { format: "text" | "json"; json?: boolean }) =>
      run(() => validate(io, files, options.json === true ? "json" : options.format)),
    );
}

async function validate(io: Io, files: readonly string[], format: "text" | "json"): Promise<ExitCode> {
  const analyses = await Promise.all((files.length === 0 ? [undefined] : files).map((file) => readManifest(io, file)));
  const findings: Finding[] = analyses.flatMap((analysis) => [...analysis.findings]);
  if (format === "json") {
    printJson(io, {
      version: 1,
      findings: analyses.flatMap((analysis) =>
        analysis.findings.map((finding) => findingJson(finding, textOf(analysis))),
      ),
    });
  } else {
    const chalk = colours(io);
    for (const analysis of analyses)
      for (const finding of analysis.findings) print(io, findingText(finding, textOf(analysis), chalk, io.cwd));
    print(io, `${analyses.length === 1 ? "1 manifest" : `${analyses.length} manifests`}: ${findingsSummary(findings)}`);
  }
  return findings.some(({ severity }) => severity === "error") ? Exit.failed : Exit.done;
}
