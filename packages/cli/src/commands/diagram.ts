import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Option, type Command } from "commander";
import { LabError } from "@labscape/lab";
import { applyEdits, diagramEdits, diagramPlaces, mermaidDiagram, type Analysis } from "@labscape/topology";
import { Exit, UsageError, type ExitCode } from "../exit.js";
import { print, printError, printJson, type Io } from "../io.js";
import { readManifest } from "../manifest.js";
import { jsonOption } from "../options.js";
import { counted } from "../output/table.js";

interface DiagramOptions {
  readonly json?: boolean;
  readonly update?: readonly string[];
  readonly check?: boolean;
}

export function addDiagram(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("diagram")
    .description("print the topology as a diagram, or keep the diagrams in Markdown documents up to date")
    .argument("[file]", "manifest; the one in this folder when none is named")
    .addOption(new Option("--format <format>", "how to print").choices(["mermaid"]).default("mermaid"))
    .addOption(jsonOption("print JSON: the source and which node each diagram id stands for"))
    .option(
      "--update <documents...>",
      "write the diagrams of Markdown documents anew, each by the manifest that it names",
    )
    .option("--check", "with --update: write nothing, and fail where a diagram is not of today")
    .addHelpText(
      "after",
      `
A document names the manifest in a comment, with a path from its own folder; the diagram stands below it:
  <!-- labscape diagram two-nodes.lab.toml -->

Examples:
  labscape diagram two-nodes.lab.toml > topology.mmd
  labscape diagram --update README.md docs/lab.md
  labscape diagram --update README.md --check`,
    )
    .action((file: string | undefined, options: DiagramOptions) =>
      run(() => {
        const { update, check = false } = options;
        if (update === undefined) {
          if (check) throw new UsageError("--check needs --update and the documents to look at");
          return printDiagram(io, file, options.json === true);
        }
        if (file !== undefined) throw new UsageError("with --update the documents name their manifests; leave it out");
        return updateDocuments(io, update, check);
      }),
    );
}

async function printDiagram(io: Io, file: string | undefined, json: boolean): Promise<ExitCode> {
  const analysis = await readManifest(io, file);
  tellErrors(io, analysis);
  const { source, nodes } = mermaidDiagram(analysis.lab);
  if (json) {
    printJson(io, {
      version: 1,
      lab: analysis.lab.name,
      format: "mermaid",
      source,
      nodes: Object.fromEntries(nodes),
    });
  } else print(io, source.trimEnd());
  return Exit.done;
}

function tellErrors(io: Io, { findings, file }: Analysis): void {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  if (errors === 0) return;
  const name = path.basename(file);
  printError(io, `${name} has ${counted(errors, "error")}; see labscape validate. The picture may lack parts.`);
}

async function updateDocuments(io: Io, names: readonly string[], check: boolean): Promise<ExitCode> {
  let old = 0;
  for (const name of names) {
    const document = path.resolve(io.cwd, name);
    const text = await readDocument(document);
    const sources = await sourcesOf(io, document, text);
    const edits = diagramEdits(text, (manifest) => sources.get(manifest));
    old += edits.length;
    if (edits.length > 0 && !check) await writeFile(document, applyEdits(text, edits));
    const state =
      edits.length === 0 ? "up to date" : check ? `${edits.length} not of today` : `${edits.length} updated`;
    print(io, `${name}: ${counted(sources.size, "diagram")}, ${state}`);
  }
  return check && old > 0 ? Exit.failed : Exit.done;
}

/** The pictures of all manifests that a document names. @throws LabError where one cannot be read. */
async function sourcesOf(io: Io, document: string, text: string): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>();
  const places = diagramPlaces(text);
  if (places.length === 0) {
    throw new LabError(
      "no-diagram",
      `${path.basename(document)} shows no diagram`,
      "Name a manifest where one should be: <!-- labscape diagram two-nodes.lab.toml -->",
    );
  }
  for (const { manifest } of places) {
    if (sources.has(manifest)) continue;
    const analysis = await readManifest(io, path.resolve(path.dirname(document), manifest));
    tellErrors(io, analysis);
    sources.set(manifest, mermaidDiagram(analysis.lab).source);
  }
  return sources;
}

async function readDocument(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new LabError("file-not-found", `${file} cannot be read`, "Check its path and permissions.", { cause });
  }
}
