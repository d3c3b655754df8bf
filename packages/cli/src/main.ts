import { Command, CommanderError } from "commander";
import { LabError } from "@labscape/lab";
import { addConfig } from "./commands/config.js";
import { addConsole } from "./commands/console.js";
import { addConvert } from "./commands/convert.js";
import { addDestroy } from "./commands/destroy.js";
import { addDiagram } from "./commands/diagram.js";
import { addDoctor } from "./commands/doctor.js";
import { addFmt } from "./commands/fmt.js";
import { addImage } from "./commands/image.js";
import { addInit } from "./commands/init.js";
import { addInspect } from "./commands/inspect.js";
import { addLink } from "./commands/link.js";
import { addList } from "./commands/list.js";
import { addSsh } from "./commands/ssh.js";
import { addLsp } from "./commands/lsp.js";
import { addModels } from "./commands/models.js";
import { addNew } from "./commands/new.js";
import { addPrune } from "./commands/prune.js";
import { addPlan } from "./commands/plan.js";
import { addPower } from "./commands/power.js";
import { addSchema } from "./commands/schema.js";
import { addStatus } from "./commands/status.js";
import { addUp } from "./commands/up.js";
import { addValidate } from "./commands/validate.js";
import { Exit, UsageError, type ExitCode } from "./exit.js";
import { colours, printError, type Io } from "./io.js";
import { printProblem } from "./output/problems.js";
import { VERSION } from "./version.js";

/** Runs the command line; resolves with the exit status when everything is written. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  const interrupt = new AbortController();
  const onInterrupt = (): void => {
    // Whoever asks twice does not want to wait for the running steps.
    if (interrupt.signal.aborted) process.exit(Exit.cancelled);
    interrupt.abort();
  };
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onInterrupt);
  try {
    return await runCommand(argv, {
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      env: process.env,
      cwd: process.cwd(),
      signal: interrupt.signal,
    });
  } finally {
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onInterrupt);
  }
}

/** The command line on any streams: what `main` runs and tests call. */
export async function runCommand(argv: readonly string[], streams: Io): Promise<ExitCode> {
  // The commands see the folders of the option, which stands at each of them.
  const modelFolders: string[] = [];
  const io: Io = { ...streams, modelFolders };
  let code: ExitCode = Exit.done;
  const run = async (work: () => Promise<ExitCode>): Promise<void> => {
    code = await work();
  };
  const program = new Command("labscape")
    .description("virtual network labs on KVM, from a TOML manifest")
    .version(VERSION)
    .showHelpAfterError("(--help shows how)")
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .configureOutput({ writeOut: (text) => void io.stdout.write(text), writeErr: (text) => void io.stderr.write(text) })
    .exitOverride();
  for (const add of [
    addValidate,
    addFmt,
    addConvert,
    addPlan,
    addUp,
    addDestroy,
    addPower,
    addStatus,
    addList,
    addInspect,
    addConfig,
    addSsh,
    addLink,
    addNew,
    addDoctor,
    addInit,
    addPrune,
    addConsole,
    addDiagram,
    addModels,
    addImage,
    addSchema,
  ])
    add(program, io, run);
  addLsp(program, run);
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    command.copyInheritedSettings(program).exitOverride();
    if (command.commands.length > 0) continue;
    command.option("--models <folder>", "folder of your own device models; may be given several times", (folder) => {
      modelFolders.push(folder);
    });
  }
  try {
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    return report(error, io);
  }
}

function report(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.done : Exit.usage;
  const chalk = colours(io, "stderr");
  if (error instanceof UsageError) {
    printError(io, `${chalk.red("error:")} ${error.message}`);
    return Exit.usage;
  }
  if (io.signal.aborted) {
    printError(io, "Cancelled.");
    return Exit.cancelled;
  }
  if (error instanceof LabError) {
    printProblem(io, error);
    return Exit.failed;
  }
  printError(
    io,
    `${chalk.red("error:")} ${error instanceof Error ? (io.env["LABSCAPE_DEBUG"] === undefined ? error.message : (error.stack ?? error.message)) : String(error)}`,
  );
  return Exit.failed;
}
