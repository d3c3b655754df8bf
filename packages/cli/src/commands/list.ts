import type { Command } from "commander";
import { labStatus, type LabStatus } from "@labscape/lab";
import { Exit, type ExitCode } from "../exit.js";
import { withHost, type HostOptions } from "../host.js";
import { colours, print, printJson, type Io } from "../io.js";
import { connectOption, jsonOption } from "../options.js";
import { table } from "../output/table.js";

export function addList(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("list")
    .description("show the labs on a host, of all owners")
    .addOption(connectOption())
    .addOption(jsonOption())
    .addHelpText("after", "\nExample:\n  labscape list")
    .action((options: HostOptions & { json?: boolean }) =>
      run(async () => {
        const labs = await withHost(io, options, undefined, (host) => labStatus(host));
        if (options.json === true) printJson(io, { version: 1, labs: labs.map(summary) });
        else if (labs.length === 0) print(io, "No lab on this host. Deploy one with `labscape up`.");
        else {
          const rows = labs
            .map(summary)
            .map(({ name, owner, nodes, running, ready, manifest }) => [
              name,
              owner,
              ...[nodes, running, ready].map(String),
              manifest,
            ]);
          print(io, table(colours(io), ["LAB", "OWNER", "NODES", "RUNNING", "READY", "MANIFEST"], rows));
        }
        return Exit.done;
      }),
    );
}

function summary({ name, owner, uri, manifest, nodes }: LabStatus) {
  return {
    name,
    owner,
    uri,
    manifest,
    nodes: nodes.length,
    running: nodes.filter(({ state }) => state === "running").length,
    ready: nodes.filter(({ ready }) => ready).length,
  };
}
