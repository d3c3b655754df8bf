import type { Command } from "commander";
import { Exit, UsageError, type ExitCode } from "../exit.js";

export function addLsp(program: Command, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("lsp")
    .description("the language server, for any editor")
    .option("--stdio", "speak over standard input and output")
    .addHelpText(
      "after",
      '\nExample (Helix):\n  language-server.labscape = { command = "labscape", args = ["lsp", "--stdio"] }',
    )
    .action((options: { stdio?: boolean }) =>
      run(async () => {
        if (options.stdio !== true)
          throw new UsageError("give --stdio: it is the only way the server speaks from the command line");
        // It takes standard input over and ends the process when the client says so.
        await import("@labscape/server/node");
        await new Promise<never>(() => undefined);
        return Exit.done;
      }),
    );
}
