import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  checkWires,
  HOST_HOOKS,
  hookState,
  installHooks,
  removeHooks,
  type HookAnswer,
  type HookPlace,
} from "../../src/hooks/index.js";

let root: string;
let place: HookPlace;
let wire: string;
let bridge: string;
let replug: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "labscape-hooks-"));
  place = { folder: path.join(root, "hooks"), run: path.join(root, "run") };
  wire = path.join(place.folder, "qemu.d/labscape");
  bridge = path.join(place.folder, "network.d/labscape");
  replug = path.join(place.folder, "network.d/labscape-wires");
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
    expect(await states()).toEqual(["absent", "absent", "absent"]);
    expect(actions(await installHooks(place))).toEqual([
      "installed hooks/qemu.d/labscape",
      "installed hooks/network.d/labscape",
      "installed hooks/network.d/labscape-wires",
    ]);
    for (const file of [wire, bridge, replug]) {
      expect((await stat(file)).mode & 0o777).toBe(0o755);
      expect(await readFile(file, "utf8")).toMatch(/^#!\/bin\/sh\n# Installed by `labscape init`/);
    }
    expect(await readdir(path.dirname(wire))).toEqual(["labscape"]);
    expect(await readdir(path.dirname(bridge))).toEqual(["labscape", "labscape-wires"]);
    expect(await states()).toEqual(["installed", "installed", "installed"]);
    expect(actions(await installHooks(place))).toEqual([
      "kept hooks/qemu.d/labscape",
      "kept hooks/network.d/labscape",
      "kept hooks/network.d/labscape-wires",
    ]);
  });

  it("is undone, and what others have there stays", async () => {
    await installHooks(place);
    const theirs = path.join(place.folder, "qemu.d/theirs");
    await writeFile(theirs, "#!/bin/sh\n");
    await writeFile(path.join(place.folder, "qemu"), "#!/bin/sh\n");
    expect(actions(await removeHooks(place))).toEqual([
      "removed hooks/qemu.d/labscape",
      "removed hooks/network.d/labscape",
      "removed hooks/network.d/labscape-wires",
    ]);
    expect((await readdir(place.folder, { recursive: true })).sort()).toEqual(["qemu", "qemu.d", "qemu.d/theirs"]);
    expect(await removeHooks(place)).toEqual([]);
  });

  it("brings another version of its own up to date", async () => {
    await installHooks(place);
    await writeFile(wire, `${await readFile(wire, "utf8")}# earlier\n`);
    expect(await states()).toEqual(["outdated", "installed", "installed"]);
    expect(actions(await installHooks(place))).toEqual([
      "updated hooks/qemu.d/labscape",
      "kept hooks/network.d/labscape",
      "kept hooks/network.d/labscape-wires",
    ]);
    expect(await states()).toEqual(["installed", "installed", "installed"]);
  });

  it("never writes over a stranger's file, nor removes it, and then changes nothing at all", async () => {
    await mkdir(path.dirname(bridge), { recursive: true });
    await writeFile(bridge, "#!/bin/sh\necho mine\n");
    await expect(installHooks(place)).rejects.toMatchObject({
      code: "hook-taken",
      mend: expect.stringContaining("another name") as unknown,
    });
    expect(await states()).toEqual(["absent", "foreign", "absent"]);
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
      "installed hooks/network.d/labscape-wires, restart",
    ]);
    expect(await states()).toEqual(["unseen", "unseen", "unseen"]);
    await daemonStarts(1e9);
    expect(await states()).toEqual(["installed", "installed", "installed"]);
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
      "installed hooks/network.d/labscape-wires, restart",
    ]);
  });
});

describe("links of type wire", () => {
  const host = { mode: "system", local: true, uri: "qemu:///system" } as const;
  const far = { ...host, local: false, uri: "qemu+ssh://far/system" };
  const works: HookAnswer = { wire: "installed", bridge: "installed", failed: [] };
  const check = (where: typeof host | typeof far, answer?: HookAnswer): ReturnType<typeof checkWires> =>
    checkWires(where, () => Promise.resolve(answer), place);
  /** What `init` of a version made that could not re-plug. */
  const initOfOld = async (): Promise<void> => {
    await installHooks(place);
    await rm(replug);
    await writeFile(wire, `${await readFile(wire, "utf8")}# earlier\n`);
  };

  it("are plugged over live where the hooks answer, here and far away", async () => {
    expect(await check(host, works)).toEqual({ replug: true, warnings: [] });
    expect(await check(far, works)).toEqual({ replug: true, warnings: [] });
  });

  it.each<[what: string, prepare: () => Promise<unknown>, message: RegExp, mend: RegExp]>([
    ["without init", () => Promise.resolve(), /is not installed/, /^Install it once: sudo labscape init\. Or use type/],
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
    [
      "where nothing answers and this user may not look",
      async () => {
        await symlink("qemu.d", path.join(root, "hooks"));
        await symlink("hooks", path.join(root, "qemu.d"));
      },
      /do not answer/,
      /sudo labscape init/,
    ],
  ])("are refused %s", async (_, prepare, message, mend) => {
    await prepare();
    await expect(check(host)).rejects.toMatchObject({
      code: "wire-needs-init",
      message: expect.stringMatching(message) as unknown,
      mend: expect.stringMatching(mend) as unknown,
    });
  });

  it.each<[what: string, HookAnswer | undefined, message: RegExp, mend: RegExp]>([
    ["nothing answers", undefined, /on qemu\+ssh:\/\/far\/system: .* do not answer/, /sudo labscape init \(there\)/],
    ["the hook for starts is missing", { ...works, wire: "absent" }, /is not installed/, /sudo labscape init/],
    ["libvirt does not see it", { ...works, wire: "unseen" }, /does not see it/, /^Restart libvirt/],
    ["tc is missing", { ...works, wire: "no-tc" }, /tc, .*, is not installed/, /iproute2/],
  ])("are refused on another machine where %s", async (_, answer, message, mend) => {
    await expect(check(far, answer)).rejects.toMatchObject({
      code: "wire-needs-init",
      message: expect.stringMatching(message) as unknown,
      mend: expect.stringMatching(mend) as unknown,
    });
  });

  it("are refused in session mode, where there are no taps", async () => {
    const session = { ...host, mode: "session" } as const;
    await expect(checkWires(session, () => Promise.resolve(works), place)).rejects.toMatchObject({
      code: "wire-needs-system",
    });
  });

  it.each<[what: string, prepare: () => Promise<unknown>, mend: string]>([
    ["init of an earlier version", initOfOld, "Run it again for live re-plugging: sudo labscape init"],
    [
      "a libvirt that must start anew",
      async () => {
        await initOfOld();
        await daemonStarts(60);
        await utimes(wire, 1_767_225_600, 1_767_225_600);
        await rm(bridge);
        await installHooks(place);
      },
      expect.stringMatching(/^Restart libvirt/),
    ],
  ])("are made, but plugged over by restarts, after %s", async (_, prepare, mend) => {
    await prepare();
    expect(await check(host)).toMatchObject({ replug: false, warnings: [{ code: "wire-needs-restart", mend }] });
  });
});
