import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hasProgram, run } from "../setup/commands.mjs";
import { copyExamples } from "../setup/examples.mjs";
import { openKvm } from "../setup/libvirt.mjs";
import { SetupError, step, together } from "../setup/progress.mjs";
import { describeSkips, unlistedSkips } from "../setup/skips.mjs";

let folder;
let printed;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "labscape-setup-"));
  printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += text;
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe("examples", () => {
  it("are copied, but never over what somebody has changed", async () => {
    const examples = join(folder, "examples");
    const labs = join(folder, "labs");
    mkdirSync(join(examples, "two"), { recursive: true });
    writeFileSync(join(examples, "two/a.lab.toml"), "original");
    await copyExamples(labs, examples);
    expect(readFileSync(join(labs, "two/a.lab.toml"), "utf8")).toBe("original");

    writeFileSync(join(labs, "two/a.lab.toml"), "changed");
    writeFileSync(join(examples, "two/b.lab.toml"), "new");
    await copyExamples(labs, examples);
    expect(readFileSync(join(labs, "two/a.lab.toml"), "utf8")).toBe("changed");
    expect(readFileSync(join(labs, "two/b.lab.toml"), "utf8")).toBe("new");
  });
});

describe("a step", () => {
  it("says how long it took, or what it found", async () => {
    await step("first", () => undefined);
    await step("second", () => ({ note: "up to date" }));
    expect(printed).toMatch(/✓ first: \d+\.\d s\n/);
    expect(printed).toMatch(/✓ second: up to date\n$/);
  });

  it("that fails is marked, and the failure goes on", async () => {
    await expect(step("third", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(printed).toMatch(/✗ third: failed after/);
  });
});

describe("steps together", () => {
  it("all come to their end, and the first failure is told", async () => {
    const ended = [];
    const slow = async () => {
      await Promise.resolve();
      await Promise.resolve();
      ended.push("slow");
    };
    await expect(together(() => Promise.reject(new Error("early")), slow)).rejects.toThrow("early");
    expect(ended).toEqual(["slow"]);
  });
});

describe("a program", () => {
  it("that fails is reported with its words and the next step", async () => {
    const failure = run(process.execPath, ["--eval", "console.error('disk is full'); process.exit(3)"], {
      next: "make room",
    });
    await expect(failure).rejects.toThrow(/failed \(3\):\ndisk is full/);
    await expect(failure).rejects.toSatisfy((error) => error instanceof SetupError && error.next === "make room");
  });

  it("that does not exist is reported too", async () => {
    await expect(run("labscape-absent", [])).rejects.toThrow(/ENOENT/);
    expect(hasProgram("labscape-absent")).toBe(false);
  });
});

describe.skipIf(process.getuid() !== 0)("the KVM device (needs root to make one)", () => {
  it.each([
    { what: "root's alone is given to the group", mode: 0o600, groups: "kvm:x:104:\n", after: [104, 0o660] },
    { what: "opened to all stays", mode: 0o666, groups: "kvm:x:104:\n", after: [0, 0o666] },
    { what: "stays where there is no such group", mode: 0o600, groups: "root:x:0:\n", after: [0, 0o600] },
  ])("$what", ({ mode, groups, after }) => {
    const device = join(folder, "kvm");
    writeFileSync(device, "");
    chmodSync(device, mode);
    writeFileSync(join(folder, "group"), groups);
    openKvm(device, join(folder, "group"));
    const now = statSync(device);
    expect([now.gid, now.mode & 0o777]).toEqual(after);
  });
});

describe("skipped tests in continuous integration", () => {
  const netem = { group: "libvirt: links (no netem)", test: "links (no netem) delay" };
  const kvm = { group: "libvirt: accelerator (no KVM)", test: "accelerator (no KVM) is used" };

  it.each([
    { skipped: [], unlisted: [] },
    { skipped: [netem], unlisted: [] },
    { skipped: [kvm, netem], unlisted: [kvm] },
  ])("$skipped leave $unlisted", ({ skipped, unlisted }) => {
    expect(unlistedSkips(skipped, [{ test: /netem/, because: "the kernel has none" }])).toEqual(unlisted);
  });

  it("are counted by the reason", () => {
    expect(describeSkips([kvm, netem, netem])).toEqual([
      "libvirt: accelerator (no KVM): 1 skipped",
      "libvirt: links (no netem): 2 skipped",
    ]);
  });
});
