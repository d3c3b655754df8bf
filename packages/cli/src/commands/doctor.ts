import type { Command } from "commander";
import { examine, thisMachine, type Check } from "@labscape/lab";
import { Exit, type ExitCode } from "../exit.js";
import { hostUri, type HostOptions } from "../host.js";
import { colours, print, printJson, type Io } from "../io.js";
import { models } from "../models.js";
import { connectOption, jsonOption } from "../options.js";

const SIGNS: Readonly<Record<Check["result"], string>> = { ok: "✔", warning: "!", failed: "✖" };

export function addDoctor(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("doctor")
    .description("say what this host lacks, for what, and how to get it")
    .addOption(connectOption())
    .option("--deep", "also start a guest from the smallest image of the store, and remove it again")
    .addOption(jsonOption())
    .addHelpText("after", "\nExample:\n  labscape doctor")
    .action((options: HostOptions & { deep?: boolean; json?: boolean }) =>
      run(async () => {
        const uri = hostUri(io, options, undefined);
        const checks = await examine({
          machine: thisMachine(io.env["PATH"]),
          ...(uri === undefined ? {} : { uri }),
          signal: io.signal,
          ...(options.deep === true ? { trial: { catalogue: (await models(io)).catalogue, signal: io.signal } } : {}),
        });
        if (options.json === true) printJson(io, { version: 1, checks });
        else print(io, checks.map((check) => checkText(io, check)).join("\n"));
        return checks.some(({ result }) => result === "failed") ? Exit.failed : Exit.done;
      }),
    );
}

function checkText(io: Io, { name, result, message, neededFor, mend }: Check): string {
  const chalk = colours(io);
  const colour = { ok: chalk.green, warning: chalk.yellow, failed: chalk.red }[result];
  const head = `${colour(SIGNS[result])} ${chalk.bold(name.padEnd(11))} ${message}`;
  return result === "ok" ? head : [head, `  needed for ${neededFor}`, ...(mend === "" ? [] : [`  ${mend}`])].join("\n");
}
