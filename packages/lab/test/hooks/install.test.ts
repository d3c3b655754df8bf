import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkWires, HOST_HOOKS, hookState, installHooks, removeHooks, type HookPlace } from "../../src/hooks/index.js";

let root: string;
let place: HookPlace;
let wire: string;
let bridge: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "labscape-hooks-"));
  place = { folder: path.join(root, "hooks"), run: path.join(root, "run") };
  wire = path.join(place.folder, "qemu.d/labscape");
  bridge = path.join(place.folder, "network.d/labscape");
  await mkdir(place.run);
});
afterEach(() => rm(root, { recursive: true }));

/** The daemon starts, so many seconds after 2026 began. */
async function daemonStarts(seconds: number): Promise<void> {
  const file = path.join(place.run, "libvirtd.pid");
  await writeFile(file, "1");
  await utimes(file, 1_767_225_600 + seconds, 1_767_225_600 + seconds);
}
const states = () => Promise.all(HOST_HOOKS.map((hook) => hookState(hook, place)));
const actions = (changes: Awaited<ReturnType<typeof installHooks>>): readonly string[] =>
  changes.map(({ file, action, restart }) => `${action} ${path.relative(root, file)}${restart ? ", restart" : ""}`);

describe("init", () => {
  it("installs programs that libvirt runs, once", async () => {
    expect(await states()).toEqual(["absent", "absent"]);
    expect(actions(await installHooks(place))).toEqual([
      "installed hooks/qemu.d/labscape",
      "installed hooks/network.d/labscape",
    ]);
    for (const file of [wire, bridge]) {
      expect((await stat(file)).mode & 0o777).toBe(0o755);
      expect(await readFile(file, "utf8")).toMatch(/^#!\/bin\/sh\n# Installed by `labscape init`/);
      expect(await readdir(path.dirname(file))).toEqual(["labscape"]);
    }
    expect(await states()).toEqual(["installed", "installed"]);
    expect(actions(await installHooks(place))).toEqual(["kept hooks/qemu.d/labscape", "kept hooks/network.d/labscape"]);
  });

  it("is undone, and what others have there stays", async () => {
    await installHooks(place);
    const theirs = path.join(place.folder, "qemu.d/theirs");
    await writeFile(theirs, "#!/bin/sh\n");
    await writeFile(path.join(place.folder, "qemu"), "#!/bin/sh\n");
    expect(actions(await removeHooks(place))).toEqual([
      "removed hooks/qemu.d/labscape",
      "removed hooks/network.d/labscape",
    ]);
    expect((await readdir(place.folder, { recursive: true })).sort()).toEqual(["qemu", "qemu.d", "qemu.d/theirs"]);
    expect(await removeHooks(place)).toEqual([]);
  });

  it("brings another version of its own up to date", async () => {
    await installHooks(place);
    await writeFile(wire, `${await readFile(wire, "utf8")}# earlier\n`);
    expect(await states()).toEqual(["outdated", "installed"]);
    expect(actions(await installHooks(place))).toEqual([
      "updated hooks/qemu.d/labscape",
      "kept hooks/network.d/labscape",
    ]);
    expect(await states()).toEqual(["installed", "installed"]);
  });

  it("never writes over a stranger's file, nor removes it, and then changes nothing at all", async () => {
    await mkdir(path.dirname(bridge), { recursive: true });
    await writeFile(bridge, "#!/bin/sh\necho mine\n");
    await expect(installHooks(place)).rejects.toMatchObject({
      code: "hook-taken",
      mend: expect.stringContaining("another name") as unknown,
    });
    expect(await states()).toEqual(["absent", "foreign"]);
    expect(await removeHooks(place)).toEqual([]);
    expect(await readFile(bridge, "utf8")).toBe("#!/bin/sh\necho mine\n");
  });

  it("says how to get the permission that it lacks", async () => {
    await writeFile(place.folder, "no folder");
    await expect(installHooks(place)).rejects.toMatchObject({ code: "permission-denied", mend: "sudo labscape init" });
  });

  it("knows whether libvirt must start anew, which looks for hooks when it starts", async () => {
    await daemonStarts(0);
    expect(actions(await installHooks(place))).toEqual([
      "installed hooks/qemu.d/labscape, restart",
      "installed hooks/network.d/labscape, restart",
    ]);
    expect(await states()).toEqual(["unseen", "unseen"]);
    await daemonStarts(1e9);
    expect(await states()).toEqual(["installed", "installed"]);
    // What libvirt has seen once it runs in every version.
    await writeFile(wire, `${await readFile(wire, "utf8")}# earlier\n`);
    await utimes(wire, 1_767_225_600, 1_767_225_600);
    await daemonStarts(60);
    expect(actions(await installHooks(place))).toContain("updated hooks/qemu.d/labscape");
  });

  it("needs no new start where libvirt has seen a hook of the user's", async () => {
    await mkdir(place.folder);
    const own = path.join(place.folder, "qemu");
    await writeFile(own, "#!/bin/sh\n");
    await utimes(own, 1_767_225_600, 1_767_225_600);
    await daemonStarts(60);
    expect(actions(await installHooks(place))).toEqual([
      "installed hooks/qemu.d/labscape",
      "installed hooks/network.d/labscape, restart",
    ]);
  });
});

describe("links of type wire", () => {
  const host = { mode: "system", local: true, uri: "qemu:///system" } as const;

  it.each<[what: string, prepare: () => Promise<unknown>, message: RegExp, mend: RegExp]>([
    ["without init", () => Promise.resolve(), /is not installed/, /^Install it once: sudo labscape init\. Or use type/],
    [
      "with the hook of another version",
      async () => {
        await installHooks(place);
        await writeFile(wire, `${await readFile(wire, "utf8")}# earlier\n`);
      },
      /of another version/,
      /sudo labscape init/,
    ],
    [
      "with a stranger's hook in its place",
      async () => {
        await mkdir(path.dirname(wire), { recursive: true });
        await writeFile(wire, "#!/bin/sh\n");
      },
      /is not Labscape's/,
      /another name/,
    ],
    [
      "while libvirt does not see the hook",
      async () => {
        await daemonStarts(0);
        await installHooks(place);
      },
      /does not see it/,
      /^Restart libvirt/,
    ],
  ])("are refused %s", async (_, prepare, message, mend) => {
    await prepare();
    await expect(checkWires(host, place)).rejects.toMatchObject({
      code: "wire-needs-init",
      message: expect.stringMatching(message) as unknown,
      mend: expect.stringMatching(mend) as unknown,
    });
  });

  it("are refused in session mode, where there are no taps", async () => {
    await installHooks(place);
    await expect(checkWires({ ...host, mode: "session" }, place)).rejects.toMatchObject({ code: "wire-needs-system" });
  });

  it("are made after init", async () => {
    await installHooks(place);
    expect(await checkWires(host, place)).toEqual([]);
  });

  it.each([
    ["another machine", { ...host, local: false, uri: "qemu+ssh://far/system" }],
    ["a socket that may be another machine's", { ...host, uri: "qemu+unix:///system?socket=/run/far.sock" }],
  ])("are made on %s with a word of warning", async (_, other) => {
    expect(await checkWires(other, place)).toMatchObject([
      { code: "wire-unchecked", mend: "Run `labscape doctor` there." },
    ]);
  });

  it("are made with a word of warning where this user may not look", async () => {
    await symlink("qemu.d", path.join(root, "hooks"));
    await symlink("hooks", path.join(root, "qemu.d"));
    expect(await checkWires(host, place)).toMatchObject([{ code: "wire-unchecked" }]);
  });
});
