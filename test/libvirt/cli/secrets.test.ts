import { randomBytes } from "node:crypto";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runCommand } from "@labscape/cli";
import { guestImage } from "../../guests/index.js";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { reach, type Reach } from "./reach.js";

const reason = await canRunHypervisor();

describe.skipIf(reason !== undefined)(`what nobody else may read${reason === undefined ? "" : ` (${reason})`}`, () => {
  let hypervisor: Hypervisor;
  let lab: Reach;
  /** By what it is. */
  const secrets = new Map<string, string>();
  /** All that could be read by others, by where: outputs, command lines, logs, definitions. */
  const shown = new Map<string, string>();

  const labscape = async (...argv: string[]): Promise<string> => {
    const { code, stdout, stderr } = await lab.labscape(...argv);
    expect(code, stderr).toBe(0);
    shown.set(`output of ${argv.join(" ")}`, stdout + stderr);
    return stdout;
  };
  const virsh = async (...argv: string[]): Promise<string> =>
    (await hypervisor.exec(["virsh", "--quiet", "--readonly", ...argv])).stdout;

  beforeAll(async () => {
    const token = randomBytes(12).toString("hex");
    vi.stubEnv("LABSCAPE_TEST_TOKEN", token);
    secrets.set("value of the environment", token);
    hypervisor = await startHypervisor({
      // All that libvirt would tell somebody who looks for a fault.
      daemonConfiguration: [
        'log_filters = "1:qemu 1:storage 1:network 2:*"',
        'log_outputs = "1:file:/var/log/libvirt/libvirtd.log"',
      ],
    });
    lab = await reach(
      () => hypervisor.uri,
      (folder) =>
        `echo "ssh $*" >>'${folder}/argv'; exec nsenter --target ${hypervisor.pid} --net -- /usr/bin/ssh -o IdentitiesOnly=yes`,
      `defaults = { environment_variables = ["DB_TOKEN=$LABSCAPE_TEST_TOKEN"] }`,
    );
    vi.stubEnv("XDG_STATE_HOME", path.join(lab.folder, "state"));
    const [, privateKey = ""] = /-----\n([^]*?)\n-----/.exec(await readFile(lab.key, "utf8")) ?? [];
    secrets.set("private ssh key", privateKey.split("\n").at(-2) ?? "");
    const { disk } = await guestImage("tiny_linux");
    await labscape("image", "add", disk, "--model", "tiny_linux", "--version", "1.0");
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await hypervisor.stop();
    await rm(lab.folder, { recursive: true });
  });

  it("reaches the nodes, which is what it is for", async () => {
    await labscape("plan", "--json");
    await labscape("up", "--yes", "--json");
    expect(await labscape("exec", "a", "--", "sh", "-lc", "echo $DB_TOKEN")).toContain(
      secrets.get("value of the environment"),
    );
    shown.delete("output of exec a -- sh -lc echo $DB_TOKEN");
    const { stdout } = await lab.labscape("inspect", "--json", "--secrets");
    const { password } = (JSON.parse(stdout) as { lab: { password: string } }).lab;
    secrets.set("password", password);
    const [kept] = await filesOf(hypervisor, ({ name }) => name === "secret.json");
    const { passwordHash } = JSON.parse(kept?.text ?? "{}") as { passwordHash: string };
    secrets.set("password hash", passwordHash);
    expect([...secrets.values()].map((secret) => secret.length >= 12)).toEqual([true, true, true, true]);
    for (const before of ["", "x", "xy"]) {
      const encoded = Buffer.from(`${before}${password}\n`).toString("base64");
      expect(found(encoded)).toEqual(["password"]);
    }
    const seeds = await filesOf(hypervisor, ({ name }) => name.includes("seed"));
    expect(seeds).toHaveLength(2);
    for (const { text } of seeds) expect(found(text)).toEqual(["value of the environment", "password hash"]);
  });

  it("is in no output, definition, command line, log, or file that others can read", async () => {
    await labscape("status", "--json");
    await labscape("list");
    await labscape("inspect");
    shown.set("output of doctor", (await lab.labscape("doctor", "--json")).stdout);
    await labscape("ssh-config");
    await labscape("ssh", "b");
    shown.set("console", await consoleOf("a"));
    for (const kind of ["dumpxml", "net-dumpxml"])
      for (const name of (await virsh(kind === "dumpxml" ? "list" : "net-list", "--all", "--name"))
        .split("\n")
        .filter(Boolean))
        shown.set(`definition of ${name}`, await virsh(kind, name));
    shown.set("command lines of ssh", await readFile(path.join(lab.folder, "argv"), "utf8"));
    const lines = await hypervisor.exec(["sh", "-c", "cat /proc/[0-9]*/cmdline | tr '\\0' ' '"]);
    expect(lines.stdout).toContain("guest=pair.a");
    shown.set("command lines", lines.stdout);
    const logs = await filesOf(hypervisor, ({ file }) => file.startsWith("log/") || file.endsWith(".log"));
    expect(logs.map(({ file }) => file)).toEqual(
      expect.arrayContaining(["log/libvirtd.log", "log/qemu/pair.a.log", expect.stringMatching(/pair\/a.*\.log$/)]),
    );
    for (const { file, text } of logs) shown.set(file, text);
    const open = await filesOf(hypervisor, ({ mode }) => (mode & 0o044) !== 0);
    expect(open.length).toBeGreaterThan(3);
    for (const { file, text } of open) shown.set(`${file}, which others can read`, text);

    expect([...shown].flatMap(([where, text]) => found(text).map((what) => `${what} in ${where}`))).toEqual([]);
  });

  it("is nowhere on the host when the lab is destroyed", async () => {
    const output = await labscape("destroy", "--yes", "--json");
    expect(found(output)).toEqual([]);
    const files = await filesOf(hypervisor, () => true);
    expect(files.flatMap(({ file, text }) => found(text).map((what) => `${what} in ${file}`))).toEqual([]);
  });

  /** Which secrets a text holds, as they are or in base64. */
  function found(text: string): readonly string[] {
    return [...secrets].flatMap(([what, secret]) =>
      formsOf(secret).some((form) => text.includes(form)) ? [what] : [],
    );
  }

  /** What a node's console shows to whoever attaches late. */
  async function consoleOf(node: string): Promise<string> {
    const abort = new AbortController();
    const typed = new PassThrough();
    const stdout = new PassThrough();
    let text = "";
    stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("<7>")) abort.abort();
    });
    typed.write('\recho "<"7">"\r');
    const streams = { stdin: typed, stdout, stderr: new PassThrough().resume(), env: {}, cwd: lab.folder };
    await runCommand(["console", node, "--lab", "pair", "--connect", hypervisor.uri], {
      ...streams,
      signal: abort.signal,
    });
    return text;
  }
});

/** A text, and what base64 makes of it wherever it begins in a longer one. */
function formsOf(secret: string): readonly string[] {
  const encoded = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]).toString("base64");
    // Without the characters that its neighbours take part in.
    return text.slice(Math.ceil((before * 4) / 3), -4);
  });
  return [secret, ...encoded];
}

interface HostFile {
  /** Below the hypervisor's directory. */
  readonly file: string;
  readonly name: string;
  readonly mode: number;
}

/** Files of a hypervisor with their content, one character a byte. */
async function filesOf(
  { directory }: Hypervisor,
  wanted: (file: HostFile) => boolean,
): Promise<readonly (HostFile & { readonly text: string })[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const place = path.join(entry.parentPath, entry.name);
        try {
          const { mode } = await stat(place);
          const one = { file: path.relative(directory, place), name: entry.name, mode };
          return wanted(one) ? [{ ...one, text: await readFile(place, "latin1") }] : [];
        } catch (error) {
          // libvirt has removed it meanwhile.
          if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
          throw error;
        }
      }),
  );
  return files.flat();
}
