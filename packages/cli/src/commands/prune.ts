import type { Command } from "commander";
import { findOrphans, planDestroy, type Host, type Orphan } from "@labscape/lab";
import { exitOf, runPlan } from "../carry-out.js";
import { Exit, UsageError, type ExitCode } from "../exit.js";
import { withHost, type HostOptions } from "../host.js";
import { confirm, print, printJsonLine, type Io } from "../io.js";
import { connectOption, jsonOption } from "../options.js";

interface PruneOptions extends HostOptions {
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function addPrune(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("prune")
    .description("remove what Labscape made on the host and no lab needs any more, of your own")
    .option("-y, --yes", "do not ask")
    .addOption(connectOption())
    .addOption(jsonOption("print one JSON event a line, after a line with what was found"))
    .addHelpText("after", "\nExample:\n  labscape prune")
    .action((options: PruneOptions) => run(() => withHost(io, options, undefined, (host) => prune(io, host, options))));
}

async function prune(io: Io, host: Host, { yes = false, json = false }: PruneOptions): Promise<ExitCode> {
  const { labs, copies } = await findOrphans(host.connection);
  const own = labs.filter(({ owner }) => owner === host.owner);
  if (json) printJsonLine(io, { version: 1, orphans: own, copies });
  else {
    for (const name of copies) print(io, `${name} is a copy of a lab's object that somebody made; it is left alone.`);
    for (const orphan of own) print(io, orphanText(orphan));
    if (own.length === 0) print(io, "Nothing of yours is left over on this host.");
  }
  if (own.length === 0) return Exit.done;
  if (!yes) {
    const answer = await confirm(io, "Remove it?");
    if (answer === undefined) {
      throw new UsageError("`prune` asks before it removes anything; there is no terminal to ask on, so give --yes");
    }
    if (!answer) return Exit.cancelled;
  }
  let worst: ExitCode = Exit.done;
  for (const { lab, owner } of own) {
    const code = exitOf(await runPlan(io, await planDestroy(host, { lab, owner }), host, json, { wait: "started" }));
    if (code !== Exit.done) worst = code;
  }
  return worst;
}

function orphanText({ lab, networks, pools }: Orphan): string {
  const what = [...networks.map((name) => `network ${name}`), ...pools.map((name) => `pool ${name} with its files`)];
  return `Lab ${lab} has no nodes, but ${what.join(", ")}.`;
}
