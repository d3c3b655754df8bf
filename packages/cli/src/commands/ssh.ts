import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { knownHostsFile, LabError, sshArguments, sshConfig, sshNodes } from "@labscape/lab";
import { Exit, type ExitCode } from "../exit.js";
import { type Io } from "../io.js";
import { withLab, type LabOptions } from "../lab.js";
import { deployedLab, nodeNamed } from "../nodes.js";
import { connectOption, labOption } from "../options.js";

type Run = (work: () => Promise<ExitCode>) => Promise<void>;

interface SshOptions extends LabOptions {
  readonly user?: string;
}

export function addSsh(program: Command, io: Io, run: Run): void {
  withUser(program.command("ssh").description("log in to a node; no address, port or jump host to look up"))
    .argument("<node>", "name of the node")
    .argument("[file]", "manifest; the one in this folder when neither it nor --lab is given")
    .addHelpText("after", "\nExample:\n  labscape ssh dev1")
    .action((node: string, file: string | undefined, options: SshOptions) =>
      run(() => ssh(io, node, [], { ...options, file })),
    );
  withUser(program.command("exec").description("run a command on a node; ends with its exit status"))
    .argument("<node>", "name of the node")
    .argument("<command...>", "command and arguments, after --; they arrive as they are")
    .option("-m, --manifest <file>", "manifest; the one in this folder when neither it nor --lab is given")
    .addHelpText("after", "\nExample:\n  labscape exec dev1 -- ping -c 3 10.0.0.2")
    .action((node: string, command: string[], { manifest, ...options }: SshOptions & { manifest?: string }) =>
      run(() => ssh(io, node, command, { ...options, file: manifest })),
    );
  withUser(program.command("ssh-config").description("print a configuration for OpenSSH that knows the lab's nodes"))
    .argument("[file]", "manifest; the one in this folder when neither it nor --lab is given")
    .addHelpText("after", "\nExample:\n  labscape ssh-config > lab.ssh && ssh -F lab.ssh two-nodes.dev1")
    .action((file: string | undefined, options: SshOptions) =>
      run(() =>
        withLab(io, { ...options, file }, async (host, lab) => {
          const status = await deployedLab(host, lab.name);
          await mkdir(path.dirname(knownHostsFile(status)), { recursive: true });
          io.stdout.write(sshConfig(status, sshNodes(status, { lab: lab.manifest?.lab, user: options.user })));
          return Exit.done;
        }),
      ),
    );
}

function withUser(command: Command): Command {
  return command
    .addOption(labOption())
    .option("-u, --user <name>", "account on the node; by default the manifest's or the model's")
    .addOption(connectOption());
}

async function ssh(io: Io, name: string, command: readonly string[], options: SshOptions): Promise<ExitCode> {
  const argv = await withLab(io, options, async (host, lab) => {
    const status = await deployedLab(host, lab.name);
    const node = nodeNamed(sshNodes(status, { lab: lab.manifest?.lab, user: options.user }), name, lab.name);
    const knownHosts = knownHostsFile(status);
    await mkdir(path.dirname(knownHosts), { recursive: true });
    return sshArguments(status, node, command, knownHosts);
  });
  return runSsh(io, argv);
}

/** Runs OpenSSH's client on these streams; resolves with its exit status, which is that of the remote command. */
function runSsh(io: Io, argv: readonly string[]): Promise<ExitCode> {
  const own = io.stdin === process.stdin && io.stdout === process.stdout && io.stderr === process.stderr;
  const child = spawn("ssh", argv, { stdio: own ? "inherit" : "pipe", env: io.env });
  const onAbort = (): void => void child.kill("SIGTERM");
  io.signal.addEventListener("abort", onAbort, { once: true });
  if (child.stdin !== null) io.stdin.pipe(child.stdin).on("error", () => undefined); // The node need not read it all.
  child.stdout?.on("data", (chunk: Buffer) => io.stdout.write(chunk));
  child.stderr?.on("data", (chunk: Buffer) => io.stderr.write(chunk));
  return new Promise<ExitCode>((resolve, reject) => {
    child.once("error", (cause) =>
      reject(
        new LabError("ssh-missing", `OpenSSH's client cannot be run: ${cause.message}`, "apt install openssh-client", {
          cause,
        }),
      ),
    );
    child.once("close", (status) => resolve(io.signal.aborted ? Exit.cancelled : (status ?? Exit.failed)));
  }).finally(() => io.signal.removeEventListener("abort", onAbort));
}
