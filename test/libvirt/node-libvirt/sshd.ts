import { execFile, spawn } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { Hypervisor } from "../hypervisor.js";
import { freePort } from "./loopback.js";

const run = promisify(execFile);

/** An OpenSSH server in a hypervisor, and the configuration of a client that it lets in. */
export interface SshServer {
  readonly port: number;
  /** A program for `command=`: ssh with a configuration of its own. It knows `hypervisor`, and `inner` behind `hypervisor`. */
  readonly client: string;
  /** Like `client`, but it has never seen the server's key. */
  readonly stranger: string;
}

/**
 * Starts sshd on loopback with its own host key; it ends with the hypervisor.
 * @param remotePath folders where the remote side finds programs
 */
export async function startSshServer(hypervisor: Hypervisor, folder: string, remotePath: string): Promise<SshServer> {
  await mkdir(folder, { recursive: true });
  const file = (name: string): string => path.join(folder, name);
  for (const key of ["host-key", "user-key"])
    await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file(key)]);
  const port = await freePort();
  const hostKey = (await readFile(file("host-key.pub"), "utf8")).trim();
  await writeFile(file("known_hosts"), `[127.0.0.1]:${port} ${hostKey}\n`);
  await writeFile(
    file("sshd_config"),
    [
      "ListenAddress 127.0.0.1",
      `Port ${port}`,
      `HostKey ${file("host-key")}`,
      `AuthorizedKeysFile ${file("user-key.pub")}`,
      "PermitRootLogin prohibit-password",
      "StrictModes no",
      "UsePAM no",
      "PidFile none",
      `SetEnv PATH=${remotePath}`,
      "",
    ].join("\n"),
  );
  const client = await clientOf("client", file("known_hosts"));
  const stranger = await clientOf("stranger", "/dev/null");
  await hypervisor.exec(["mkdir", "-p", "/run/sshd"]);
  const server = spawn(
    "nsenter",
    ["--target", String(hypervisor.pid), "--mount", "--pid", "--", "/usr/sbin/sshd", "-D", "-e"].concat([
      "-f",
      file("sshd_config"),
    ]),
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  for await (const chunk of server.stderr as AsyncIterable<Buffer>) {
    said += chunk.toString();
    if (said.includes("Server listening")) break;
  }
  if (server.exitCode !== null) throw new Error(`sshd did not start: ${said}`);
  return { port, client, stranger };

  async function clientOf(name: string, knownHosts: string): Promise<string> {
    const place = [
      "  HostName 127.0.0.1",
      `  Port ${port}`,
      "  User root",
      `  IdentityFile ${file("user-key")}`,
      "  IdentitiesOnly yes",
      `  UserKnownHostsFile ${knownHosts}`,
      "  StrictHostKeyChecking yes",
    ];
    const config = ["Host hypervisor", ...place, "Host inner", ...place, "  ProxyJump hypervisor", ""];
    await writeFile(file(`${name}-config`), config.join("\n"));
    await writeFile(file(name), `#!/bin/sh\nexec ssh -F '${file(`${name}-config`)}' "$@"\n`);
    await chmod(file(name), 0o755);
    return file(name);
  }
}

/** The processes of a hypervisor with this name, by their id in there. */
export async function processesNamed(hypervisor: Hypervisor, name: string): Promise<readonly string[]> {
  const { stdout } = await hypervisor.exec(["sh", "-c", "grep -H '' /proc/[0-9]*/comm 2>/dev/null || true"]);
  return stdout.split("\n").flatMap((line) => {
    const [, pid, comm] = /^\/proc\/(\d+)\/comm:(.*)$/.exec(line) ?? [];
    return pid !== undefined && comm === name ? [pid] : [];
  });
}
