import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { builtinCatalogue } from "@labscape/devices";
import { LabError } from "@labscape/lab";
import { analyze, labTemplates } from "@labscape/topology";
import { Exit, UsageError, type ExitCode } from "../exit.js";
import { print, type Io } from "../io.js";

const LIST = labTemplates.map(({ name, description }) => `  ${name.padEnd(12)}${description}`).join("\n");

export function addNew(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("new")
    .description("write a manifest to begin with")
    .argument("[template]", "one of those below", labTemplates[0].name)
    .option("-n, --name <name>", "name of the lab; by default the template's")
    .option("--stdout", "print the manifest instead of writing a file")
    .addHelpText("after", `\nTemplates:\n${LIST}\n\nExample:\n  labscape new leaf-spine --name fabric`)
    .action((template: string, options: { name?: string; stdout?: boolean }) =>
      run(() => create(io, template, options)),
    );
}

async function create(
  io: Io,
  wanted: string,
  { name, stdout = false }: { readonly name?: string; readonly stdout?: boolean },
): Promise<ExitCode> {
  const template = labTemplates.find((one) => one.name === wanted);
  if (template === undefined) throw new UsageError(`there is no template "${wanted}". There are:\n${LIST}`);
  const lab = name ?? template.name;
  const file = path.join(io.cwd, `${lab}.lab.toml`);
  const text = template.manifest(lab);
  const [finding] = analyze(text, { file, catalogue: builtinCatalogue }).findings;
  if (finding !== undefined) throw new UsageError(`a lab cannot be called "${lab}": ${finding.message}`);
  if (stdout) {
    io.stdout.write(text);
    return Exit.done;
  }
  try {
    await writeFile(file, text, { flag: "wx" });
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST")) throw cause;
    throw new LabError("file-exists", `there is a file ${file} already`, "Choose another name with --name.", { cause });
  }
  print(io, `Wrote ${path.basename(file)}. Deploy it with: labscape up ${path.basename(file)}`);
  return Exit.done;
}
