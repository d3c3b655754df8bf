import type { Command } from "commander";
import { manifestSchema } from "@labscape/topology";
import { Exit, type ExitCode } from "../exit.js";
import { printJson, type Io } from "../io.js";
import { tellModels } from "../models.js";

export function addSchema(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("schema")
    .description("print the manifest language as a JSON schema, for editors without a language server")
    .addHelpText("after", "\nExample:\n  labscape schema > manifest.schema.json")
    .action(() =>
      run(async () => {
        const { catalogue } = await tellModels(io);
        printJson(io, manifestSchema(catalogue));
        return Exit.done;
      }),
    );
}
