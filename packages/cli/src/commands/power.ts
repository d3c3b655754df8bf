import { Argument, InvalidArgumentError, Option, type Command } from "commander";
import { labServices, planPower, type Outcome, type PowerAction } from "@labscape/lab";
import { exitOf, runPlan } from "../carry-out.js";
import type { ExitCode } from "../exit.js";
import { colours, print, type Io } from "../io.js";
import { withLab, type LabOptions } from "../lab.js";
import { connectOption, jsonEventsOption, labOption } from "../options.js";

type Run = (work: () => Promise<ExitCode>) => Promise<void>;

interface PowerOptions extends Omit<LabOptions, "file"> {
  readonly manifest?: string;
  readonly json?: boolean;
  readonly force?: boolean;
  readonly patience?: number;
  readonly wait?: "ready" | "started";
}

interface PowerCommand {
  readonly action: PowerAction;
  readonly description: string;
  readonly example: string;
  /** What it has done to its nodes. */
  readonly done: string;
  readonly stops?: boolean;
  readonly starts?: boolean;
}

const COMMANDS: Readonly<Record<string, PowerCommand>> = {
  down: {
    action: "down",
    description: "shut nodes down, and power off those that do not listen; what they store stays",
    example: "labscape down leaf1 leaf2",
    done: "off",
    stops: true,
  },
  start: {
    action: "start",
    description: "start nodes that are off, also after a restart of the host",
    example: "labscape start",
    done: "running",
    starts: true,
  },
  restart: {
    action: "restart",
    description: "shut nodes down and start them again",
    example: "labscape restart leaf1 --force",
    done: "running again",
    stops: true,
    starts: true,
  },
  suspend: {
    action: "suspend",
    description: "halt nodes where they are; they keep their memory",
    example: "labscape suspend --lab two-nodes",
    done: "suspended",
  },
  resume: {
    action: "resume",
    description: "let suspended nodes go on",
    example: "labscape resume leaf1",
    done: "running",
  },
};

export function addPower(program: Command, io: Io, run: Run): void {
  for (const [name, command] of Object.entries(COMMANDS)) {
    const added = withLabOptions(program.command(name).description(command.description)).argument(
      "[node...]",
      "names of nodes; all nodes of the lab when none is named",
    );
    if (command.stops === true) {
      added
        .option("-f, --force", "power off at once, without asking the guests")
        .option("--patience <seconds>", "how long a guest may take to shut itself down", seconds, 30);
    }
    if (command.starts === true) {
      added.addOption(new Option("--wait <until>", "when to return").choices(["ready", "started"]).default("ready"));
    }
    added
      .addHelpText("after", `\nExample:\n  ${command.example}`)
      .action((nodes: string[], options: PowerOptions) => run(() => power(io, command, nodes, options)));
  }
  withLabOptions(program.command("autostart").description("start nodes with the host, or no longer"))
    .addArgument(new Argument("<switch>").choices(["on", "off"]))
    .argument("[node...]", "names of nodes; all nodes of the lab when none is named")
    .addHelpText("after", "\nExample:\n  labscape autostart on")
    .action((to: "on" | "off", nodes: string[], options: PowerOptions) => {
      const done = to === "on" ? "starting with the host" : "no longer starting with the host";
      return run(() => power(io, { action: `autostart ${to}`, done }, nodes, options));
    });
}

function withLabOptions(command: Command): Command {
  return command
    .option("-m, --manifest <file>", "manifest; the one in this folder when neither it nor --lab is given")
    .addOption(labOption())
    .addOption(connectOption())
    .addOption(jsonEventsOption());
}

async function power(
  io: Io,
  { action, done }: Pick<PowerCommand, "action" | "done">,
  nodes: readonly string[],
  options: PowerOptions,
): Promise<ExitCode> {
  const { manifest: file, json = false, force = false, patience, wait = "ready" } = options;
  return withLab(io, { ...options, file }, async (host, { name, manifest }) => {
    const plan = await planPower(host, {
      lab: name,
      action,
      nodes,
      ...(force ? { patience: 0 } : patience === undefined ? {} : { patience }),
      ...(manifest === undefined ? {} : { manifest: { lab: manifest.lab, services: labServices(host) } }),
    });
    const outcome = await runPlan(io, plan, host, json, { wait });
    if (!json) print(io, summary(outcome, name, nodes, done, io));
    return exitOf(outcome);
  });
}

function summary({ outcome, counts }: Outcome, lab: string, nodes: readonly string[], done: string, io: Io): string {
  const chalk = colours(io);
  const who = nodes.length === 0 ? "all nodes" : nodes.join(", ");
  switch (outcome) {
    case "done":
      return chalk.green(`${lab}: ${who} ${done}${counts.done === 0 ? ", as before" : ""}.`);
    case "failed":
      return chalk.red(
        `${lab}: not all went well; what failed is named above. Run the command again when it is mended.`,
      );
    case "cancelled":
      return chalk.yellow(`${lab}: cancelled after ${counts.done} steps. The same command goes on from here.`);
  }
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError("Give a number of seconds.");
  return value;
}
