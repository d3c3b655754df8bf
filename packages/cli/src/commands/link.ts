import { Argument, type Command } from "commander";
import { planLink } from "@labscape/lab";
import { exitOf, runPlan } from "../carry-out.js";
import { UsageError, type ExitCode } from "../exit.js";
import { print, type Io } from "../io.js";
import { withLab, type LabOptions } from "../lab.js";
import { models } from "../models.js";
import { connectOption, jsonEventsOption, labOption } from "../options.js";

interface LinkOptions extends LabOptions {
  readonly json?: boolean;
}

export function addLink(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("link")
    .description("pull a cable, or plug it in again; the guests at both ends see it")
    .argument("<end>", "one end of the cable: NODE::PORT")
    .addArgument(new Argument("<state>").choices(["up", "down"]))
    .argument("[file]", "manifest; the one in this folder when neither it nor --lab is given")
    .addOption(labOption())
    .addOption(connectOption())
    .addOption(jsonEventsOption())
    .addHelpText("after", "\nExample:\n  labscape link dev1::eth1 down")
    .action((endpoint: string, state: "up" | "down", file: string | undefined, options: LinkOptions) =>
      run(() => link(io, endpoint, state, { ...options, file })),
    );
}

async function link(io: Io, endpoint: string, state: "up" | "down", options: LinkOptions): Promise<ExitCode> {
  if (!/^[^:]+::.+$/.test(endpoint)) throw new UsageError(`"${endpoint}" is not an end of a cable: write NODE::PORT`);
  return withLab(io, options, async (host, { name: lab, manifest }) => {
    const { catalogue } = manifest ?? (await models(io));
    const plan = await planLink(host, { lab, endpoint, state, catalogue });
    const json = options.json === true;
    const outcome = await runPlan(io, plan, host, json, {});
    if (!json && outcome.outcome === "done") {
      print(io, `The cable at ${endpoint} is ${state}${plan.steps.length === 0 ? ", as before" : ""}.`);
    }
    return exitOf(outcome);
  });
}
