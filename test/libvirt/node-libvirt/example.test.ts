import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";

const reason = await canRunHypervisor();
const packageFolder = path.join(import.meta.dirname, "../../../packages/node-libvirt");

describe.skipIf(reason !== undefined)(`the README's example${reason === undefined ? "" : ` (${reason})`}`, () => {
  let hypervisor: Hypervisor;
  let folder: string;
  beforeAll(async () => {
    hypervisor = await startHypervisor();
    // Inside the package, so that it finds the package by its own name.
    folder = await mkdtemp(path.join(packageFolder, "test/.example-"));
  });
  afterAll(async () => {
    await hypervisor.stop();
    await rm(folder, { recursive: true });
  });

  it("lists, defines, starts, watches, opens the console of and removes a domain in thirty lines", async () => {
    const readme = await readFile(path.join(packageFolder, "README.md"), "utf8");
    const [, code = ""] = /```js\n([^]*?)```/.exec(readme) ?? [];
    expect(code.trim().split("\n").length).toBeLessThanOrEqual(35);
    const file = path.join(folder, "example.js");
    await writeFile(file, code);
    const loaded: unknown = await import(pathToFileURL(file).href);
    expect(isExample(loaded)).toBe(true);
    if (!isExample(loaded)) return;
    const said: string[] = [];
    await loaded.example(hypervisor.uri, (line) => said.push(line));
    expect(said).toContain("hello: event 2");
    expect(said).toContain("gone");
    expect(said.some((line) => line.startsWith("the console says"))).toBe(true);
  });
});

function isExample(value: unknown): value is { example: (uri: string, log: (line: string) => void) => Promise<void> } {
  return typeof value === "object" && value !== null && "example" in value && typeof value.example === "function";
}
