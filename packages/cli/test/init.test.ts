import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "./run.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "labscape-init-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("labscape init", () => {
  const init = (...argv: string[]) => run(["init", "--hooks", folder, ...argv]);

  it("installs the hooks, says so, and has nothing to do again", async () => {
    const first = await init();
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toContain(`Installed ${folder}/qemu.d/labscape\nInstalled ${folder}/network.d/labscape\n`);
    expect((await init()).stdout).toContain(`There already: ${folder}/qemu.d/labscape`);
  });

  it("is undone by --remove", async () => {
    await init();
    expect(await init("--remove", "--json")).toMatchObject({ code: 0 });
    expect(await readdir(folder)).toEqual([]);
    expect((await init("--remove")).stdout).toBe("Nothing of `labscape init` is on this host.\n");
  });

  it("tells scripts what it did", async () => {
    const { stdout } = await init("--json");
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      hooks: [
        { file: `${folder}/qemu.d/labscape`, action: "installed" },
        { file: `${folder}/network.d/labscape`, action: "installed" },
        { file: `${folder}/network.d/labscape-wires`, action: "installed" },
      ],
    });
  });

  it("leaves a stranger's hook alone and says what to do", async () => {
    await mkdir(path.join(folder, "qemu.d"));
    await writeFile(path.join(folder, "qemu.d/labscape"), "#!/bin/sh\n");
    expect(await init()).toMatchObject({ code: 1, stderr: expect.stringContaining("another name") as unknown });
    expect(await readdir(folder)).toEqual(["qemu.d"]);
  });

  it("takes no folder that depends on where it runs", async () => {
    expect(await run(["init", "--hooks", "hooks"])).toMatchObject({ code: 2 });
  });
});
