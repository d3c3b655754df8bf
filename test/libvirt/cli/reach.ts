import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { run, type Ran } from "../../../packages/cli/test/run.js";

const sh = promisify(execFile);

/** A lab whose nodes let a key in, and a folder with an `ssh` that has the key and runs where the lab's host is. */
export interface Reach {
  readonly folder: string;
  /** Of the private key. */
  readonly key: string;
  readonly manifest: string;
  readonly labscape: (...argv: string[]) => Promise<Ran>;
}

/**
 * @param ssh shell text that runs OpenSSH's client; arguments follow it.
 * @param more lines of the manifest.
 */
export async function reach(uri: () => string, ssh: (folder: string) => string, more: string): Promise<Reach> {
  const folder = await mkdtemp(path.join(tmpdir(), "labscape-reach-"));
  const key = path.join(folder, "key");
  await sh("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key]);
  const manifest = path.join(folder, "pair.lab.toml");
  const keys = `ssh_authorized_keys = ["${(await readFile(`${key}.pub`, "utf8")).trim()}"]`;
  const node = (name: string, last: number): string =>
    `{ name = "${name}", model = "tiny_linux", ${keys}, interfaces = { eth1 = { ipv4 = "10.0.0.${last}/24" } } }`;
  await writeFile(
    manifest,
    `name = "pair"\n${more}\nnodes = [${node("a", 1)}, ${node("b", 2)}]\nlinks = [{ src = "a::eth1", dst = "b::eth1" }]\n`,
  );
  await writeFile(path.join(folder, "ssh"), `#!/bin/sh\n${ssh(folder)} -i '${key}' "$@"\n`);
  await chmod(path.join(folder, "ssh"), 0o755);
  const env = { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}` };
  return {
    folder,
    key,
    manifest,
    labscape: (...argv) => {
      const end = argv.indexOf("--");
      const own = end < 0 ? argv : argv.slice(0, end);
      return run([...own, "--connect", uri(), ...(end < 0 ? [] : argv.slice(end))], { cwd: folder, env });
    },
  };
}
