import { execFileSync } from "node:child_process";
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtinCatalogue } from "@labscape/devices";
import { writeManifestText } from "@labscape/lab";
import { manifestSchema } from "@labscape/topology";
import { run } from "./run.js";

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), "labscape-files-"));
});
afterEach(() => rm(cwd, { recursive: true }));

const write = async (name: string, text: string): Promise<void> => {
  await mkdir(path.dirname(path.join(cwd, name)), { recursive: true });
  await writeFile(path.join(cwd, name), text);
};
const read = (name: string): Promise<string> => readFile(path.join(cwd, name), "utf8");

const EVEN = 'name = "x" # a lab\n\n[[nodes]]\nname = "a"\n';
const UNEVEN = '\ufeffname="x" # a lab\n[[nodes]]\nname = "a"\n';

describe("labscape fmt", () => {
  it("lays out the manifests of a folder and names those that it changed", async () => {
    await write("a.lab.toml", UNEVEN);
    await write("more/b.lab.toml", EVEN);
    const { code, stdout } = await run(["fmt"], { cwd });
    expect(stdout).toBe("a.lab.toml\n1 of 2 manifests changed\n");
    expect(code).toBe(0);
    expect(await read("a.lab.toml")).toBe(`\ufeff${EVEN}`);
    expect(await run(["fmt"], { cwd })).toMatchObject({ code: 0, stdout: "2 manifests: nothing to change\n" });
  });

  it("--check writes nothing, shows the lines and fails", async () => {
    await write("a.lab.toml", UNEVEN);
    await write("b.lab.toml", EVEN);
    const { code, stdout } = await run(["fmt", "--check", "a.lab.toml", "b.lab.toml"], { cwd });
    expect(stdout.split("\n")).toEqual([
      "a.lab.toml would change:",
      "@@ line 1 @@",
      '-\ufeffname="x" # a lab',
      '+\ufeffname = "x" # a lab',
      "@@ line 2 @@",
      "+",
      "1 of 2 manifests would change",
      "",
    ]);
    expect(code).toBe(1);
    expect(await read("a.lab.toml")).toBe(UNEVEN);
    expect(await run(["fmt", "--check", "b.lab.toml"], { cwd })).toMatchObject({ code: 0 });
  });

  it("prints what comes from standard input", async () => {
    expect(await run(["fmt", "-"], { cwd, stdin: "a=1" })).toMatchObject({ code: 0, stdout: "a = 1\n" });
    expect(await run(["fmt", "-", "--check"], { cwd, stdin: "a=1" })).toMatchObject({ code: 1 });
  });

  it("keeps permissions and symbolic links, and leaves nothing beside the file", async () => {
    await write("labs/a.lab.toml", UNEVEN);
    await chmod(path.join(cwd, "labs/a.lab.toml"), 0o600);
    await symlink("labs/a.lab.toml", path.join(cwd, "b.lab.toml"));
    expect(await run(["fmt", "b.lab.toml"], { cwd })).toMatchObject({ code: 0 });
    expect(await read("labs/a.lab.toml")).toBe(`\ufeff${EVEN}`);
    expect((await lstat(path.join(cwd, "b.lab.toml"))).isSymbolicLink()).toBe(true);
    expect((await lstat(path.join(cwd, "labs/a.lab.toml"))).mode & 0o777).toBe(0o600);
    expect(await readdir(path.join(cwd, "labs"))).toEqual(["a.lab.toml"]);
  });

  it("leaves a file as it was where another one cannot take its place", async () => {
    const name = path.join(cwd, `${"a".repeat(250)}.toml`);
    await writeFile(name, EVEN);
    // The draft beside it would have a longer name than the file system takes.
    await expect(writeManifestText(name, "")).rejects.toMatchObject({ code: "permission-denied" });
    expect(await readFile(name, "utf8")).toBe(EVEN);
  });

  it("does not wait for a pipe", async () => {
    execFileSync("mkfifo", [path.join(cwd, "a.lab.toml")]);
    const { code, stderr } = await run(["validate", "a.lab.toml"], { cwd });
    expect(stderr).toContain("a.lab.toml is no file");
    expect(code).not.toBe(0);
  });

  it("tells what it cannot lay out", async () => {
    await write("a.lab.toml", "a =\nb=1\n");
    const { code, stderr } = await run(["fmt"], { cwd });
    expect(stderr).toBe("a.lab.toml: 1 syntax error; what holds one stays as it is\n");
    expect(code).toBe(0);
    expect(await read("a.lab.toml")).toBe("a =\nb = 1\n");
  });

  it("tells scripts which files change", async () => {
    await write("a.lab.toml", UNEVEN);
    const { stdout } = await run(["fmt", "--check", "--json"], { cwd });
    expect(JSON.parse(stdout)).toEqual({ version: 1, files: [{ file: path.join(cwd, "a.lab.toml"), changed: true }] });
  });
});

const FIRST = `id = "1e18b3bfe149"
devices = [{ id = 1, name = "a", device_model = "tiny_linux" }, { id = 2, name = "b", device_model = "tiny_linux" }]
connections = [{ device_a = "a", interface_a = 0, device_b = "b", interface_b = 0 }] # the cable
`;
const CURRENT = `name = "1e18b3bfe149"
nodes = [{ name = "a", model = "tiny_linux" }, { name = "b", model = "tiny_linux" }]
links = [{ src = "a::eth1", dst = "b::eth1" }] # the cable
`;

describe("labscape convert", () => {
  it("prints the other dialect and leaves the file alone", async () => {
    await write("manifest.toml", FIRST);
    expect(await run(["convert"], { cwd })).toMatchObject({ code: 0, stdout: CURRENT });
    expect(await run(["convert", "manifest.toml", "--to", "first"], { cwd })).toMatchObject({ code: 0, stdout: FIRST });
    expect(await read("manifest.toml")).toBe(FIRST);
    expect(await run(["convert", "-", "--to", "first"], { cwd, stdin: CURRENT })).toMatchObject({ stdout: FIRST });
  });

  it("--write changes the file", async () => {
    await write("manifest.toml", `\ufeff${FIRST}`);
    expect(await run(["convert", "--write"], { cwd })).toMatchObject({ code: 0, stdout: "manifest.toml: converted\n" });
    expect(await read("manifest.toml")).toBe(`\ufeff${CURRENT}`);
    const again = await run(["convert", "--write"], { cwd });
    expect(again).toMatchObject({ code: 0, stdout: "manifest.toml: nothing to convert\n" });
  });

  it("refuses with every reason and its place, and prints no text", async () => {
    await write("manifest.toml", FIRST.replace("interface_a = 0", "interface_a = 99"));
    const { code, stdout, stderr } = await run(["convert"], { cwd });
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^manifest\.toml:3:\d+: error: .* no data port 99/m);
    expect(stderr).toContain("Not converted: 1 place in the way.");
    const json: unknown = JSON.parse((await run(["convert", "--json"], { cwd })).stdout);
    expect(json).toMatchObject({ version: 1, problems: [{ range: { start: { line: 2 } } }] });
  });
});

it("labscape schema prints the JSON schema of the language", async () => {
  const { code, stdout } = await run(["schema"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(manifestSchema(builtinCatalogue))));
});
