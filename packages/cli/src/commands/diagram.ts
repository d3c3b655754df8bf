import { Option, type Command } from "commander";
import { mermaidDiagram } from "@labscape/topology";
import { Exit, type ExitCode } from "../exit.js";
import { print, printError, printJson, type Io } from "../io.js";
import { readManifest } from "../manifest.js";
import { counted } from "../output/table.js";

export function addDiagram(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("diagram")
    .description("print the topology as a diagram")
    .argument("[file]", "manifest; the one in this folder when none is named")
    .addOption(new Option("--format <format>", "how to print").choices(["mermaid"]).default("mermaid"))
    .option("--json", "print JSON: the source and which node each diagram id stands for")
    .addHelpText("after", "\nExample:\n  labscape diagram two-nodes.lab.toml > topology.mmd")
    .action((file: string | undefined, options: { json?: boolean }) =>
      run(async () => {
        const { lab, findings } = await readManifest(io, file);
        const errors = findings.filter(({ severity }) => severity === "error").length;
        if (errors > 0)
          printError(
            io,
            `The manifest has ${counted(errors, "error")}; see labscape validate. The picture may lack parts.`,
          );
        const { source, nodes } = mermaidDiagram(lab);
        if (options.json === true)
          printJson(io, { version: 1, lab: lab.name, format: "mermaid", source, nodes: Object.fromEntries(nodes) });
        else print(io, source.trimEnd());
        return Exit.done;
      }),
    );
}
