import { Option, type Command } from "commander";
import { labServices, planLab, type Outcome } from "@labscape/lab";
import { carryOut, exitOf } from "../carry-out.js";
import { Exit, type ExitCode } from "../exit.js";
import { withHost, type HostOptions } from "../host.js";
import { colours, print, type Io } from "../io.js";
import { checkOnHost, deployableManifest } from "../manifest.js";
import { connectOption, jsonEventsOption } from "../options.js";

interface UpOptions extends HostOptions {
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly rollback?: boolean;
  readonly refreshKeys?: boolean;
  readonly wait: "ready" | "started";
}

export function addUp(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("up")
    .alias("deploy")
    .description("make the host match the manifest: shows the plan, asks, deploys")
    .argument("[file]", "manifest; the one in this folder when none is named")
    .option("-y, --yes", "do not ask")
    .addOption(connectOption())
    .option("--rollback", "remove what this run made when a step fails")
    .option("--refresh-keys", "give the nodes your ssh keys of now, which restarts them")
    .addOption(new Option("--wait <until>", "when to return").choices(["ready", "started"]).default("ready"))
    .addOption(jsonEventsOption())
    .addHelpText("after", "\nExample:\n  labscape up two-nodes.lab.toml --yes")
    .action((file: string | undefined, options: UpOptions) => run(() => up(io, file, options)));
}

async function up(io: Io, file: string | undefined, options: UpOptions): Promise<ExitCode> {
  const analysis = await deployableManifest(io, file);
  const { lab, file: manifest } = analysis;
  return withHost(io, options, lab.host.uri, async (host) => {
    await checkOnHost(io, analysis, host);
    const plan = await planLab(lab, host, {
      manifest,
      services: labServices(host),
      refreshKeys: options.refreshKeys === true,
      signal: io.signal,
    });
    const outcome = await carryOut(io, plan, host, {
      command: "up",
      question: "Deploy?",
      yes: options.yes === true,
      json: options.json === true,
      wait: options.wait,
      rollback: options.rollback === true,
    });
    if (outcome === undefined) return Exit.cancelled;
    if (options.json !== true) print(io, upSummary(outcome, lab.name, options.wait, io));
    return exitOf(outcome);
  });
}

function upSummary({ outcome, counts }: Outcome, lab: string, wait: "ready" | "started", io: Io): string {
  const chalk = colours(io);
  switch (outcome) {
    case "done":
      if (wait === "started") return chalk.green(`${lab}: all nodes started.`);
      return (
        chalk.green(`${lab}: ${counts.ready} of ${counts.nodes} nodes ready.`) +
        chalk.dim(` Try: labscape console NODE`)
      );
    case "failed":
      return (
        chalk.red(
          `${lab}: ${counts.failed} failed, ${counts.skipped} skipped, ${counts.ready} of ${counts.nodes} nodes ready.`,
        ) + " Mend what is named above and run `labscape up` again, or `labscape destroy`."
      );
    case "cancelled":
      return (
        chalk.yellow(`${lab}: cancelled after ${counts.done} steps.`) +
        " `labscape up` goes on from here, `labscape destroy` removes what was made."
      );
  }
}
