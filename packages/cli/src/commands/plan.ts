import { labServices, planLab } from "@labscape/lab";
import type { Command } from "commander";
import { Exit, type ExitCode } from "../exit.js";
import { withHost, type HostOptions } from "../host.js";
import { colours, print, printJson, type Io } from "../io.js";
import { checkOnHost, deployableManifest } from "../manifest.js";
import { connectOption, jsonOption } from "../options.js";
import { planText } from "../output/plan.js";

export function addPlan(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("plan")
    .description("show what `up` would change, and change nothing")
    .argument("[file]", "manifest; the one in this folder when none is named")
    .addOption(connectOption())
    .addOption(jsonOption())
    .addHelpText("after", "\nExample:\n  labscape plan two-nodes.lab.toml")
    .action((file: string | undefined, options: HostOptions & { json?: boolean }) =>
      run(async () => {
        const analysis = await deployableManifest(io, file);
        const { lab, file: manifest } = analysis;
        const plan = await withHost(io, options, lab.host.uri, async (host) => {
          await checkOnHost(io, analysis, host);
          return planLab(lab, host, { manifest, services: labServices(host), signal: io.signal });
        });
        if (options.json === true) {
          const steps = plan.steps.map(({ action, resource, name, reason }) => ({ action, resource, name, reason }));
          printJson(io, { version: 1, lab: plan.lab, uri: plan.uri, steps, warnings: plan.warnings });
        } else print(io, planText(plan, colours(io)));
        return Exit.done;
      }),
    );
}
