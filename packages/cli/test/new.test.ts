import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtinCatalogue } from "@labscape/devices";
import { analyze, labTemplates } from "@labscape/topology";

import { run } from "./run.js";

describe("labscape new", () => {
  let cwd: string;
  beforeEach(async () => {
    cwd = await mkdtemp(path.join(tmpdir(), "labscape-new-"));
  });
  afterEach(() => rm(cwd, { recursive: true }));

  it.each(labTemplates)("$name is small and has no findings", ({ manifest }) => {
    const text = manifest("mine");
    const { lab, findings } = analyze(text, { file: "/labs/mine.lab.toml", catalogue: builtinCatalogue });
    expect(findings).toEqual([]);
    expect(lab.name).toBe("mine");
    expect(lab.nodes.length).toBeLessThanOrEqual(8);
    expect(text.split("\n").length).toBeLessThan(40);
  });

  it("writes a manifest that validates, and never over another", async () => {
    expect(await run(["new", "leaf-spine", "--name", "fabric"], { cwd })).toMatchObject({ code: 0 });
    expect(await readFile(path.join(cwd, "fabric.lab.toml"), "utf8")).toContain(`name = "fabric"`);
    expect((await run(["validate"], { cwd })).stdout).toContain("no findings");
    expect(await run(["new", "triangle", "--name", "fabric"], { cwd })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("[file-exists]") as unknown,
    });
  });

  it("prints it on request, takes the first template by itself, and refuses names that no lab can have", async () => {
    expect((await run(["new", "--stdout"], { cwd })).stdout).toBe(labTemplates[0].manifest("two-nodes"));
    expect(await run(["new", "cube"], { cwd })).toMatchObject({ code: 2 });
    expect(await run(["new", "--name", "a b"], { cwd })).toMatchObject({ code: 2 });
  });
});
