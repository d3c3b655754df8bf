import type { Command } from "commander";
import { labStatus, planDestroy, type Host } from "@labscape/lab";
import { carryOut, exitOf } from "../carry-out.js";
import { Exit, UsageError, type ExitCode } from "../exit.js";
import { withHost, type HostOptions } from "../host.js";
import { colours, print, type Io } from "../io.js";
import { readManifest } from "../manifest.js";
import { connectOption, jsonEventsOption, labOption } from "../options.js";

interface DestroyOptions extends HostOptions {
  readonly lab?: string;
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function addDestroy(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("destroy")
    .description("remove a lab and everything that belongs to it; safe to repeat")
    .argument("[file]", "manifest; the one in this folder when neither it nor --lab is given")
    .addOption(labOption())
    .option("--all", "every lab of yours on the host")
    .option("-y, --yes", "do not ask")
    .addOption(connectOption())
    .addOption(jsonEventsOption())
    .addHelpText("after", "\nExample:\n  labscape destroy --lab two-nodes --yes")
    .action((file: string | undefined, options: DestroyOptions) => run(() => destroy(io, file, options)));
}

async function destroy(io: Io, file: string | undefined, options: DestroyOptions): Promise<ExitCode> {
  if ([file, options.lab, options.all].filter((one) => one !== undefined).length > 1)
    throw new UsageError("name the lab one way: by its manifest, with --lab, or with --all");
  const analysis = options.lab === undefined && options.all === undefined ? await readManifest(io, file) : undefined;
  return withHost(io, options, analysis?.lab.host.uri, async (host) => {
    const names =
      options.all === true
        ? (await labStatus(host)).filter(({ owner }) => owner === host.owner).map(({ name }) => name)
        : [options.lab ?? analysis?.lab.name ?? ""];
    if (names.length === 0 && options.json !== true) print(io, "There is no lab of yours on this host.");
    let worst: ExitCode = Exit.done;
    for (const lab of names) {
      const code = await destroyOne(io, host, lab, options);
      if (code !== Exit.done) worst = code;
      if (code === Exit.cancelled) break;
    }
    return worst;
  });
}

async function destroyOne(io: Io, host: Host, lab: string, options: DestroyOptions): Promise<ExitCode> {
  const plan = await planDestroy(host, { lab });
  if (plan.steps.length === 0 && options.json !== true) {
    print(io, `Lab ${lab} is not on ${host.uri}: nothing to remove.`);
    return Exit.done;
  }
  const outcome = await carryOut(io, plan, host, {
    command: "destroy",
    question: `Destroy ${lab}? Everything stored in its nodes is lost.`,
    yes: options.yes === true,
    json: options.json === true,
    wait: "started",
  });
  if (outcome === undefined) return Exit.cancelled;
  if (options.json !== true) {
    const chalk = colours(io);
    if (outcome.outcome === "done") print(io, chalk.green(`${lab}: removed. Nothing of it is left on the host.`));
    else
      print(
        io,
        chalk.red(
          `${lab}: ${outcome.counts.failed} steps failed; run \`labscape destroy\` again when what is named above is mended.`,
        ),
      );
  }
  return exitOf(outcome);
}
