import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { linkChecks } from "../../src/doctor/links.js";
import { hookFile, hookNamed, installHooks, type HookAnswer, type HookPlace } from "../../src/hooks/index.js";
import { machine } from "./machine.js";

let root: string;
let place: HookPlace;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "labscape-doctor-"));
  place = { folder: path.join(root, "hooks"), run: root };
});
afterEach(() => rm(root, { recursive: true }));

const works: HookAnswer = { wire: "installed", bridge: "installed", failed: [] };

async function found(mode: "system" | "session" = "system", tc = true): Promise<readonly string[]> {
  const host = { mode, local: true, uri: `qemu:///${mode}` };
  const asked = { place, ask: () => Promise.resolve(works) };
  const checks = await linkChecks(machine({ has: () => Promise.resolve(tc) }), host, asked);
  return checks.map(({ name, result, message, mend }) => `${name} ${result}: ${message}; ${mend}`);
}

describe("the doctor on links", () => {
  it("says what is missing without init, for each type that misses it", async () => {
    expect(await found()).toEqual([
      expect.stringMatching(/^link-wire warning: .* is not installed; Install it once: sudo labscape init$/),
      expect.stringMatching(/^link-bridge warning: .* is not installed; Install it once: sudo labscape init$/),
    ]);
  });

  it("says what works after it", async () => {
    await installHooks(place);
    expect(await found()).toEqual([
      "link-wire ok: links of type wire work; ",
      "link-bridge ok: LLDP and 802.1X pass bridges; ",
    ]);
  });

  it("looks for tc, which the hook for wires runs", async () => {
    await installHooks(place);
    expect(await found("system", false)).toEqual([
      "link-wire warning: tc, which joins them, is not installed; apt install iproute2",
      expect.stringMatching(/^link-bridge ok/),
    ]);
  });

  it("says when libvirt must start anew", async () => {
    const pid = path.join(root, "libvirtd.pid");
    await writeFile(pid, "1");
    await utimes(pid, 0, 0);
    await installHooks(place);
    for (const line of await found()) expect(line).toMatch(/warning: libvirt has run since before .*; Restart libvirt/);
  });

  it("says that cables are plugged over by restarts after init of an earlier version", async () => {
    await installHooks(place);
    await rm(hookFile(hookNamed("replug"), place));
    expect(await found()).toEqual([
      expect.stringMatching(
        /^link-wire warning: links of type wire work, but moving one restarts .*; For live re-plugging: .* sudo labscape init$/,
      ),
      expect.stringMatching(/^link-bridge ok/),
    ]);
  });

  it.each<[what: string, HookAnswer | undefined, expected: readonly RegExp[]]>([
    ["has all", works, [/^link-wire ok/, /^link-bridge ok/]],
    [
      "does not answer",
      undefined,
      [
        /^link-wire warning: .* do not answer on qemu\+ssh:\/\/far.*; Run there: sudo labscape init$/,
        /^link-bridge warning/,
      ],
    ],
    ["lacks tc", { ...works, wire: "no-tc" }, [/^link-wire warning: tc/, /^link-bridge ok/]],
    [
      "lacks the hook for bridges",
      { ...works, bridge: "absent" },
      [/^link-wire ok/, /^link-bridge warning: .* is not installed on/],
    ],
  ])("asks the hooks of another machine, which %s", async (_, answer, expected) => {
    const host = { mode: "system", local: false, uri: "qemu+ssh://far/system" } as const;
    const checks = await linkChecks(machine({}), host, { place, ask: () => Promise.resolve(answer) });
    checks.forEach(({ name, result, message, mend }, index) =>
      expect(`${name} ${result}: ${message}; ${mend}`).toMatch(expected[index] ?? /$^/),
    );
    expect(checks).toHaveLength(expected.length);
  });

  it("sends a session to the system's libvirt", async () => {
    await installHooks(place);
    for (const line of await found("session")) expect(line).toMatch(/ warning: .*; Use qemu:\/\/\/system/);
  });
});
