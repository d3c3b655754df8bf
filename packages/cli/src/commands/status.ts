import type { Command } from "commander";
import { findManifest, labStatus, LabError, type LabStatus } from "@labscape/lab";
import { Exit, type ExitCode } from "../exit.js";
import { withHost, type HostOptions } from "../host.js";
import { colours, print, printJson, type Io } from "../io.js";
import { readManifest } from "../manifest.js";
import { measured, type MeasuredLab } from "../measure.js";
import { connectOption, jsonOption, labOption } from "../options.js";
import { NOT_COUNTED, RATES, ratesText } from "../output/rates.js";
import { table } from "../output/table.js";

interface StatusOptions extends HostOptions {
  readonly lab?: string;
  readonly all?: boolean;
  readonly rates?: boolean;
  readonly json?: boolean;
}

export function addStatus(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("status")
    .description("show what runs")
    .argument("[file]", "manifest; the one in this folder when there is one, else every lab on the host")
    .addOption(labOption())
    .option("--all", "every lab on the host")
    .option("--rates", "also what passes each link, measured for a second")
    .addOption(connectOption())
    .addOption(jsonOption())
    .addHelpText("after", "\nExample:\n  labscape status --json")
    .action((file: string | undefined, options: StatusOptions) =>
      run(async () => {
        const analysis = options.lab === undefined && options.all !== true ? await chosen(io, file) : undefined;
        const name = options.lab ?? analysis?.lab.name;
        const labs = await withHost(io, options, analysis?.lab.host.uri, (host) =>
          options.rates === true
            ? measured(host, name, io.signal)
            : labStatus(host, name === undefined ? {} : { lab: name }),
        );
        if (options.json === true) printJson(io, { version: 1, labs });
        else print(io, statusText(io, labs, name, options.rates === true));
        return Exit.done;
      }),
    );
}

/** A named manifest must be readable; without a name, a folder without one manifest means all labs. */
async function chosen(io: Io, file: string | undefined) {
  if (file !== undefined) return readManifest(io, file);
  let found: string;
  try {
    found = await findManifest(io.cwd);
  } catch (error) {
    if (error instanceof LabError) return undefined;
    throw error;
  }
  return readManifest(io, found);
}

/** Of a device of several virtual machines, which of them is in the state where not all are. */
function stateText({ state, members = [] }: LabStatus["nodes"][number]): string {
  const bad = members.filter((member) => member.state === state).map(({ name }) => name);
  return bad.length === members.length ? state : `${state} (${bad.join(", ")})`;
}

function statusText(io: Io, labs: readonly MeasuredLab[], name: string | undefined, rates: boolean): string {
  const chalk = colours(io);
  if (labs.length === 0)
    return name === undefined
      ? "No lab on this host. Deploy one with `labscape up`."
      : `Lab ${name} is not deployed. Deploy it with \`labscape up\`.`;
  return labs
    .map((lab) => {
      const nodes = table(
        chalk,
        ["NODE", "MODEL", "STATE", "READY", "ADDRESS"],
        lab.nodes.map((node) => [node.name, node.model, stateText(node), node.ready ? "yes" : "no", node.address]),
      );
      const links = table(
        chalk,
        ["LINK", "", "TYPE", "STATE", ...(rates ? RATES : [])],
        lab.links.map((link) => [link.src, link.dst, link.type, link.state, ...(rates ? ratesText(link) : [])]),
      );
      const isUncounted = rates && lab.links.some(({ type }) => type === "udp");
      return [
        `Lab ${chalk.bold(lab.name)} of ${lab.owner} on ${lab.uri}`,
        nodes,
        ...(lab.links.length === 0 ? [] : ["", links]),
        ...(isUncounted ? ["", NOT_COUNTED] : []),
      ].join("\n");
    })
    .join("\n\n");
}
