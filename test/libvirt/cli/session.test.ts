import { execFile } from "node:child_process";
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundledCommand } from "../../../packages/cli/test/bundled.js";
import { readEvents } from "../../../packages/lab/test/event-schema.js";
import { guestImage } from "../../guests/index.js";
import { canRunHypervisor } from "../hypervisor.js";

const run = promisify(execFile);
const root = path.join(import.meta.dirname, "../../..");
/** An ordinary user: no rights of root's, no group. Root becomes it to run these tests. */
const NOBODY = 65534;
const reason = await canRunHypervisor();

describe.skipIf(reason !== undefined)(
  `labscape as an ordinary user, on qemu:///session${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let folder: string;
    let home: string;
    let program: string;
    const asUser = async (...command: string[]): Promise<string> => {
      const { stdout } = await run(
        "setpriv",
        ["--reuid", String(NOBODY), "--regid", String(NOBODY), "--clear-groups", "--no-new-privs", ...command],
        {
          cwd: home,
          env: {
            HOME: home,
            XDG_RUNTIME_DIR: path.join(home, "run"),
            PATH: `${path.join(folder, "bin")}:/usr/bin:/bin:/usr/sbin:/sbin`,
          },
        },
      );
      return stdout;
    };
    const labscape = (...argv: string[]): Promise<string> => asUser(process.execPath, program, ...argv);
    /** The events of a run, whether it went well or not. */
    const events = async (...argv: string[]): Promise<readonly unknown[]> => {
      const stdout = await labscape(...argv, "--json").catch((error: unknown) =>
        error instanceof Error && "stdout" in error ? String(error.stdout) : "",
      );
      return readEvents(stdout);
    };

    beforeAll(async () => {
      // The checkout may be where this user cannot look: it gets a copy of what it runs.
      folder = await mkdtemp(path.join(tmpdir(), "labscape-session-"));
      await chmod(folder, 0o755);
      home = path.join(folder, "home");
      await mkdir(path.join(home, "run"), { recursive: true, mode: 0o700 });
      for (const one of [home, path.join(home, "run")]) await chown(one, NOBODY, NOBODY);
      program = await bundledCommand(folder);
      // OpenSSH looks for keys where the system says that the user lives, not in HOME.
      const key = path.join(home, ".ssh/id_ed25519");
      await mkdir(path.dirname(key));
      await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key]);
      await mkdir(path.join(folder, "bin"));
      await writeFile(path.join(folder, "bin/ssh"), `#!/bin/sh\nexec /usr/bin/ssh -i '${key}' "$@"\n`);
      await cp(path.join(root, "examples/two-nodes/two-nodes.lab.toml"), path.join(folder, "two-nodes.lab.toml"));
      await cp((await guestImage("tiny_linux")).disk, path.join(folder, "disk.qcow2"));
      await run("chmod", ["-R", "a+r", folder]);
      await chmod(path.join(folder, "bin/ssh"), 0o755);
      await run("chown", ["-R", `${NOBODY}:${NOBODY}`, path.dirname(key)]);
      await chmod(key, 0o600);
    });

    afterAll(async () => {
      // The user's daemon ends by itself when idle; here it ends with the test.
      process.kill(Number(await readFile(path.join(home, "run/libvirt/libvirtd.pid"), "utf8")));
      await rm(folder, { recursive: true, force: true });
    });

    it("deploys, reaches its nodes, has nothing to do again, and destroys without a trace", async () => {
      const connect = ["--connect", "qemu:///session"];
      const manifest = path.join(folder, "two-nodes.lab.toml");
      await labscape(
        "image",
        "add",
        path.join(folder, "disk.qcow2"),
        "--model",
        "tiny_linux",
        "--version",
        "1.0",
        ...connect,
      );
      const seen = await events("up", manifest, "--yes", ...connect);
      expect(seen).not.toContainEqual(expect.objectContaining({ error: expect.anything() as unknown }));
      expect(seen.at(-1)).toMatchObject({ type: "finished", outcome: "done", counts: { ready: 2 } });
      expect(JSON.parse(await labscape("plan", manifest, "--json", ...connect))).toMatchObject({ steps: [] });
      expect(JSON.parse(await labscape("status", "--all", "--json", ...connect))).toMatchObject({
        labs: [{ name: "two-nodes", uri: "qemu:///session", nodes: [{ state: "running" }, { state: "running" }] }],
      });
      // Its nodes let in the user's own keys, at ports of this machine's loopback.
      expect(await labscape("exec", "dev2", "--manifest", manifest, ...connect, "--", "echo", "one  two")).toBe(
        "one  two\n",
      );
      const config = path.join(home, "lab.ssh");
      await writeFile(config, await labscape("ssh-config", manifest, ...connect));
      expect(await readFile(config, "utf8")).toMatch(
        /^Host two-nodes\.dev1\n {2}HostName 127\.0\.0\.1\n {2}Port \d+$/m,
      );
      expect(await asUser(path.join(folder, "bin/ssh"), "-F", config, "two-nodes.dev1", "hostname")).toBe("dev1\n");
      const typed = ["sh", "-c", `echo hostname | "$@"`, "-", process.execPath, program];
      expect(await asUser(...typed, "ssh", "dev2", manifest, ...connect)).toBe("dev2\n");
      const gone = await events("destroy", manifest, "--yes", ...connect);
      expect(gone).toContainEqual(expect.objectContaining({ type: "step-progress", unit: "count" }));
      expect(gone.at(-1)).toMatchObject({ type: "finished", outcome: "done" });
      expect(JSON.parse(await labscape("status", "--all", "--json", ...connect))).toMatchObject({ labs: [] });
      expect(await readdir(path.join(home, ".local/share/labscape"))).toEqual(["images"]);
    });
  },
);
