import { readdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "./run.js";

const examples = path.join(import.meta.dirname, "../../../examples");
const files = (await readdir(examples, { recursive: true })).filter((file) => file.endsWith(".toml"));

describe("examples", () => {
  it("are there", () => {
    expect(files.length).toBeGreaterThan(2);
  });
  it.each(files)("%s has nothing to complain about", async (file) => {
    const { code, stdout } = await run(["validate", path.join(examples, file)]);
    expect(stdout).toBe("1 manifest: no findings\n");
    expect(code).toBe(0);
  });
});
