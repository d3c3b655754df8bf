import type { Command } from "commander";
import { openConsole, type ConsoleState } from "@labscape/lab";
import { Exit, type ExitCode } from "../exit.js";
import type { HostOptions } from "../host.js";
import { printError, type Io } from "../io.js";
import { withLab } from "../lab.js";
import { deployedLab, nodeNamed } from "../nodes.js";
import { connectOption, labOption } from "../options.js";

interface ConsoleOptions extends HostOptions {
  readonly lab?: string;
  readonly force?: boolean;
  readonly member?: string;
}

/** Ctrl-], as telnet and virsh have it. */
const LEAVE = 0x1d;

/** What is said when the console changes under the viewer. */
const STATES: Readonly<Record<ConsoleState, string>> = {
  attached: "[the console is back]",
  stopped: "[the node is off; its console comes back when it starts; Ctrl-] leaves]",
  "taken-over": "[somebody else has taken the console; Ctrl-] leaves]",
};

export function addConsole(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("console")
    .description("type at a node's console; Ctrl-] leaves")
    .argument("<node>", "name of the node")
    .argument("[file]", "manifest; the one in this folder when neither it nor --lab is given")
    .addOption(labOption())
    .option("-m, --member <name>", "which virtual machine of a device of several; the main one by default")
    .option("-f, --force", "take the console over from whoever has it open")
    .addOption(connectOption())
    .addHelpText("after", "\nExample:\n  labscape console dev1")
    .action((node: string, file: string | undefined, options: ConsoleOptions) =>
      run(() => console(io, node, file, options)),
    );
}

async function console(io: Io, node: string, file: string | undefined, options: ConsoleOptions): Promise<ExitCode> {
  return withLab(io, { ...options, file }, async (host, { name: lab }) => {
    nodeNamed((await deployedLab(host, lab)).nodes, node, lab);
    const viewer = await openConsole(host, {
      lab,
      node,
      force: options.force === true,
      ...(options.member === undefined ? {} : { member: options.member }),
      signal: io.signal,
      onState: (state) => printError(io, STATES[state]),
    });
    if (io.stdin.isTTY === true) printError(io, `Connected to ${node}. Ctrl-] leaves.`);
    io.stdin.setRawMode?.(true);
    try {
      await new Promise<void>((resolve, reject) => {
        io.stdin.on("data", (chunk: Buffer) => {
          const leave = io.stdin.isTTY === true ? chunk.indexOf(LEAVE) : -1;
          viewer.write(leave < 0 ? chunk : chunk.subarray(0, leave));
          if (leave >= 0) resolve();
        });
        viewer.on("data", (chunk: Buffer) => io.stdout.write(chunk));
        viewer.once("end", resolve);
        viewer.once("error", reject);
        io.signal.addEventListener("abort", () => resolve(), { once: true });
      });
    } finally {
      io.stdin.setRawMode?.(false);
      io.stdin.pause();
      viewer.destroy();
    }
    return Exit.done;
  });
}
