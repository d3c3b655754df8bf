import { chown, copyFile, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guestCommandLine, guestImage } from "../../guests/index.js";
import type { Task } from "./child.js";
import { buildProgram, type Program, type RunOptions } from "./run-child.js";
import { ring } from "./support.js";

/** The user "nobody" of Debian and Ubuntu: no group, no rights. */
const NOBODY = 65_534;
const obstacle = process.getuid?.() === 0 ? undefined : "becoming an ordinary user needs root";

describe.skipIf(obstacle)(
  `an ordinary user on qemu:///session${obstacle === undefined ? "" : ` (${obstacle})`}`,
  () => {
    let home: string;
    let program: Program;
    let options: RunOptions;
    let task: Omit<Task, "purpose">;

    beforeAll(async () => {
      home = await mkdtemp(join(tmpdir(), "labscape-home-"));
      const folders = ["run", "share"].map((name) => join(home, name));
      for (const folder of folders) await mkdir(folder, { mode: 0o700 });
      for (const path of [home, ...folders]) await chown(path, NOBODY, NOBODY);
      program = await buildProgram();
      const [run = "", share = ""] = folders;
      options = {
        uid: NOBODY,
        gid: NOBODY,
        directory: home,
        env: { PATH: process.env["PATH"], HOME: home, XDG_RUNTIME_DIR: run, XDG_DATA_HOME: share },
      };
      // The checkout may be where this user cannot look.
      const image = await guestImage("tiny_linux");
      const [kernel, initrd] = [join(home, "vmlinuz"), join(home, "initrd")];
      await copyFile(image.kernel, kernel);
      await copyFile(image.initrd, initrd);
      task = {
        uri: "qemu:///session",
        lab: "quarry",
        manifest: ring("quarry", 2),
        image: { kernel, initrd, cmdline: guestCommandLine },
        wait: "ready",
      };
    });
    afterAll(async () => {
      // The user's own daemons, started on demand: libvirtd by the first connection, virtlogd by libvirtd.
      for (const name of ["libvirtd.pid", "virtlogd.pid"]) await end(join(home, "run/libvirt", name));
      await program.remove();
      await rm(home, { recursive: true, force: true });
    });

    it("deploys two nodes, pings across their cable, and reaches ssh by a forwarded port", async () => {
      const report = await program.run(
        { ...task, purpose: "up", run: { node: "n1", command: "ping -c 2 -W 5 10.0.1.2" }, connect: true },
        options,
      );
      expect(report?.outcome).toMatchObject({ outcome: "done", problems: [], counts: { ready: 2 } });
      expect(report?.exitStatus).toBe(0);
      expect(report?.stepsLeft).toEqual([]);
      const nodes = report?.status[0]?.nodes ?? [];
      expect(nodes.map(({ state, ready, address }) => ({ state, ready, address }))).toEqual(
        Array(2).fill({ state: "running", ready: true, address: "" }),
      );
      expect(new Set(nodes.map(({ forward }) => forward?.port)).size).toBe(2);
      expect(report?.greetings).toEqual([expect.stringMatching(/^SSH-2\.0/), expect.stringMatching(/^SSH-2\.0/)]);
    });

    it("leaves nothing when destroyed", async () => {
      const report = await program.run({ ...task, purpose: "destroy" }, options);
      expect(report?.outcome).toMatchObject({ outcome: "done", problems: [] });
      expect(report?.status).toEqual([]);
      expect(await readdir(join(home, "share/labscape"))).toEqual([]);
    });
  },
);

async function end(pidFile: string): Promise<void> {
  let pid: number;
  try {
    pid = Number(await readFile(pidFile, "utf8"));
  } catch {
    return; // It was not started.
  }
  if (pid > 0) process.kill(pid, "SIGTERM");
}
