import type { Command } from "commander";
import { builtinCatalogue } from "@labscape/devices";
import { manifestSchema } from "@labscape/topology";
import { Exit, type ExitCode } from "../exit.js";
import { printJson, type Io } from "../io.js";

export function addSchema(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("schema")
    .description("print the manifest language as a JSON schema, for editors without a language server")
    .addHelpText("after", "\nExample:\n  labscape schema > manifest.schema.json")
    .action(() =>
      run(() => {
        printJson(io, manifestSchema(builtinCatalogue));
        return Promise.resolve(Exit.done);
      }),
    );
}
