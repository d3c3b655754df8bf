import path from "node:path";
import type { Command } from "commander";
import { readManifestText, writeManifestText } from "@labscape/lab";
import { applyEdits, formatManifest, parseToml } from "@labscape/topology";
import { Exit, type ExitCode } from "../exit.js";
import { manifestInputs } from "../inputs.js";
import { colours, print, printError, printJson, type Io } from "../io.js";
import { jsonOption } from "../options.js";
import { lineChanges } from "../output/line-changes.js";
import { counted } from "../output/table.js";

interface FmtOptions {
  readonly check?: boolean;
  readonly json?: boolean;
}

export function addFmt(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("fmt")
    .description("lay manifests out evenly; only blanks and line breaks change")
    .argument("[files...]", "manifests, folders of manifests, or - for standard input; this folder when none is named")
    .option("--check", "write nothing; show what would change, and fail when there is something")
    .addOption(jsonOption("print JSON: each file, and whether it changes"))
    .addHelpText(
      "after",
      `
Examples:
  labscape fmt
  labscape fmt --check labs/
  labscape fmt - < draft.lab.toml`,
    )
    .action((files: string[], options: FmtOptions) => run(() => fmt(io, files, options)));
}

async function fmt(io: Io, names: readonly string[], { check = false, json = false }: FmtOptions): Promise<ExitCode> {
  const files: { readonly file: string; readonly changed: boolean }[] = [];
  for (const { file, text: given } of await manifestInputs(io, names)) {
    const text = given ?? (await readManifestText(file, { byteOrderMark: "keep" }));
    const document = parseToml(text);
    const edits = formatManifest(document, { file });
    const broken = document.errors.filter(({ code }) => code === "toml-syntax").length;
    if (broken > 0)
      printError(
        io,
        `${path.relative(io.cwd, file)}: ${counted(broken, "syntax error")}; what holds one stays as it is`,
      );
    const changed = edits.length > 0;
    files.push({ file, changed });
    if (given !== undefined && !check) {
      io.stdout.write(applyEdits(text, edits));
      return Exit.done;
    }
    if (!changed) continue;
    const name = path.relative(io.cwd, file);
    if (!check) await writeManifestText(file, applyEdits(text, edits));
    if (json) continue;
    print(io, check ? `${name} would change:\n${lineChanges(text, edits, colours(io))}` : name);
  }
  const count = files.filter(({ changed }) => changed).length;
  if (json) printJson(io, { version: 1, files });
  else if (count === 0) print(io, `${counted(files.length, "manifest")}: nothing to change`);
  else print(io, `${count} of ${counted(files.length, "manifest")} ${check ? "would change" : "changed"}`);
  return check && count > 0 ? Exit.failed : Exit.done;
}
