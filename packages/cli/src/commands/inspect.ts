import type { Command } from "commander";
import { labDetails, type LabDetails, sshNodes, type SshNode } from "@labscape/lab";
import { Exit, type ExitCode } from "../exit.js";
import { colours, print, printJson, type Io } from "../io.js";
import { withLab, type LabOptions } from "../lab.js";
import { connectOption, jsonOption, labOption } from "../options.js";
import { table } from "../output/table.js";

interface InspectOptions extends LabOptions {
  readonly json?: boolean;
  readonly secrets?: boolean;
}

export function addInspect(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("inspect")
    .description("show all there is of a deployed lab: logins, networks, where its files lie")
    .argument("[file]", "manifest; the one in this folder when neither it nor --lab is given")
    .addOption(labOption())
    .option("--secrets", "with the password of the accounts that first boot made")
    .addOption(connectOption())
    .addOption(jsonOption())
    .addHelpText("after", "\nExample:\n  labscape inspect --secrets")
    .action((file: string | undefined, options: InspectOptions) => run(() => inspect(io, { ...options, file })));
}

async function inspect(io: Io, options: InspectOptions): Promise<ExitCode> {
  return withLab(io, options, async (host, chosen) => {
    const details = await labDetails(host, { lab: chosen.name, secrets: options.secrets === true });
    const logins = sshNodes(details, { lab: chosen.manifest?.lab });
    if (options.json === true) {
      const nodes = details.nodes.map((node, index) => ({ ...node, user: logins[index]?.user }));
      printJson(io, { version: 1, lab: { ...details, nodes } });
    } else print(io, detailsText(io, details, logins, options.secrets === true));
    return Exit.done;
  });
}

function detailsText(io: Io, details: LabDetails, logins: readonly SshNode[], secrets: boolean): string {
  const chalk = colours(io);
  const { name, owner, uri, manifest, pool, nodes, links, networks, password } = details;
  const facts: readonly (readonly [string, string])[] = [
    ["Manifest", manifest],
    ["Files", pool === undefined ? "none" : `${pool.path} (pool ${pool.name}${pool.active ? "" : ", stopped"})`],
    ["Password", password ?? (secrets ? "none: its pool is stopped" : "--secrets shows it")],
  ];
  return [
    `Lab ${chalk.bold(name)} of ${owner} on ${uri}`,
    ...facts.map(([label, value]) => `${chalk.dim(label.padEnd(9))} ${value}`),
    "",
    table(
      chalk,
      ["NODE", "MODEL", "STATE", "READY", "USER", "ADDRESS"],
      nodes.map(({ name: node, model, state, ready, address, forward }, index) => [
        node,
        model,
        state,
        ready ? "yes" : "no",
        logins[index]?.user ?? "",
        forward === undefined ? address : `${forward.host}:${forward.port}`,
      ]),
    ),
    ...section(
      chalk,
      ["LINK", "", "TYPE", "STATE"],
      links.map(({ src, dst, type, state }) => [src, dst, type, state]),
    ),
    ...section(
      chalk,
      ["NETWORK", "ROLE", "SUBNET", "STATE"],
      networks.map(({ name: network, role, subnet, active }) => [network, role, subnet, active ? "active" : "stopped"]),
    ),
  ].join("\n");
}

function section(
  chalk: ReturnType<typeof colours>,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  return rows.length === 0 ? [] : ["", table(chalk, header, rows)];
}
