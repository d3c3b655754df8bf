import type { Command } from "commander";
import { labServices, nodeConfiguration } from "@labscape/lab";
import { Exit, type ExitCode } from "../exit.js";
import { withHost, type HostOptions } from "../host.js";
import { print, printError, printJson, type Io } from "../io.js";
import { readManifest } from "../manifest.js";

interface ConfigOptions extends HostOptions {
  readonly json?: boolean;
}

export function addConfig(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("config")
    .description("print the day-0 configuration of a deployed node, with its password")
    .argument("<node>", "name of the node")
    .argument("[file]", "manifest; the one in this folder when none is named")
    .option("-c, --connect <uri>", "libvirt URI, for instance qemu:///session")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  labscape config leaf1")
    .action((node: string, file: string | undefined, options: ConfigOptions) =>
      run(() => config(io, node, file, options)),
    );
}

async function config(io: Io, node: string, file: string | undefined, options: ConfigOptions): Promise<ExitCode> {
  const { lab, file: manifest } = await readManifest(io, file);
  return withHost(io, options, lab.host.uri, async (host) => {
    const files = await nodeConfiguration(lab, host, { manifest, services: labServices(host), node });
    const model = lab.nodes.find(({ name }) => name === node)?.model;
    const { byHand } = model?.firstBoot ?? {};
    if (options.json === true) printJson(io, { version: 1, node, files, ...(byHand === undefined ? {} : { byHand }) });
    else if (files.length === 0) printError(io, `${model?.title ?? node} has no day-0 configuration.`);
    else {
      // What to do first is no part of what is to be typed.
      if (byHand !== undefined) printError(io, `${byHand}\n`);
      const [only] = files.length === 1 ? files : [];
      print(
        io,
        only?.text.trimEnd() ??
          files
            .map(({ name, text }) => `==> ${name} <==\n${text}`)
            .join("\n")
            .trimEnd(),
      );
    }
    return Exit.done;
  });
}
