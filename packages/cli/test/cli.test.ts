import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { VERSION } from "../src/version.js";
import { run } from "./run.js";

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), "labscape-cli-"));
});
afterEach(() => rm(cwd, { recursive: true }));

const GOOD = `name = "pair"
nodes = [{ name = "a", model = "tiny_linux" }, { name = "b", model = "tiny_linux" }]
links = [{ src = "a::eth1", dst = "b::eth1" }]
`;
const BAD = GOOD.replace("b::eth1", "nobody::eth1");

describe("labscape", () => {
  it("has the package's version", async () => {
    const manifest: unknown = JSON.parse(await readFile(path.join(import.meta.dirname, "../package.json"), "utf8"));
    expect(manifest).toMatchObject({ version: VERSION });
    expect(await run(["--version"])).toMatchObject({ code: 0, stdout: `${VERSION}\n` });
  });

  it.each([
    ["validate"],
    ["plan"],
    ["up"],
    ["destroy"],
    ["new"],
    ["doctor"],
    ["init"],
    ["prune"],
    ["list"],
    ["inspect"],
    ["ssh"],
    ["ssh-config"],
    ["exec"],
    ["link"],
    ["down"],
    ["start"],
    ["restart"],
    ["suspend"],
    ["resume"],
    ["autostart"],
    ["status"],
    ["console"],
    ["diagram"],
    ["models"],
    ["fmt"],
    ["convert"],
    ["schema"],
    ["lsp"],
    ["image", "add"],
    ["image", "list"],
    ["image", "remove"],
  ])("%s %s has a help text with an example", async (...command) => {
    const { code, stdout } = await run([...command.filter((word) => typeof word === "string"), "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Example");
  });

  it.each([
    [["frobnicate"]],
    [["up", "--wait", "never"]],
    [["destroy", "x.lab.toml", "--lab", "y"]],
    [["lsp"]],
    [["console"]],
    [["down", "--patience", "soon"]],
    [["start", "--manifest", "x.lab.toml", "--lab", "y"]],
    [["autostart", "maybe"]],
    [["validate", "--format", "xml"]],
    [["validate", "--min-severity", "fatal"]],
    [["validate", "--max-warnings", "some"]],
    [["validate", "-", "x.lab.toml"]],
    [["convert", "-", "--write"]],
    [["convert", "x.lab.toml", "--to", "third"]],
    [["exec", "dev1"]],
    [["link", "dev1::eth1", "sideways"]],
    [["link", "dev1", "up", "--lab", "x"]],
  ])("%j is a usage error", async (argv) => {
    expect((await run(argv, { cwd })).code).toBe(2);
  });
});

describe("labscape diagram", () => {
  it("prints Mermaid", async () => {
    await writeFile(path.join(cwd, "pair.lab.toml"), GOOD);
    const { code, stdout } = await run(["diagram"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^flowchart /m);
    expect(stdout).toContain("eth1 — eth1");
  });
  it("says that parts may be missing where the manifest has errors", async () => {
    await writeFile(path.join(cwd, "pair.lab.toml"), GOOD.replace("b::eth1", "nobody::eth1"));
    const { code, stdout, stderr } = await run(["diagram"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^flowchart /m);
    expect(stderr).toContain("pair.lab.toml has 1 error;");
  });
  it("keeps the diagrams of Markdown documents up to date", async () => {
    await writeFile(path.join(cwd, "pair.lab.toml"), GOOD);
    await writeFile(path.join(cwd, "README.md"), "# Pair\n\n<!-- labscape diagram pair.lab.toml -->\n\nText.\n");
    const update = ["diagram", "--update", "README.md"];
    expect(await run([...update, "--check"], { cwd })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("1 not of today") as unknown,
    });
    expect(await run(update, { cwd })).toMatchObject({ code: 0, stdout: "README.md: 1 diagram, 1 updated\n" });
    const text = await readFile(path.join(cwd, "README.md"), "utf8");
    expect(text).toMatch(/pair\.lab\.toml -->\n```mermaid\nflowchart [^]*eth1 — eth1[^]*\n```\n\nText\.\n$/);
    expect(await run([...update, "--check"], { cwd })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("up to date") as unknown,
    });
  });
  it("says what to do about a document without a diagram, and one that names no manifest", async () => {
    await writeFile(path.join(cwd, "README.md"), "# Pair\n");
    const update = ["diagram", "--update", "README.md"];
    expect(await run(update, { cwd })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("<!-- labscape diagram") as unknown,
    });
    await writeFile(path.join(cwd, "README.md"), "<!-- labscape diagram nobody.lab.toml -->\n");
    expect(await run(update, { cwd })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("nobody.lab.toml") as unknown,
    });
    expect(await run(["diagram", "--check"], { cwd })).toMatchObject({ code: 2 });
  });
});

describe("labscape models", () => {
  it("lists the catalogue, and shows one model by its alias", async () => {
    expect((await run(["models"])).stdout).toMatch(/^tiny_linux /m);
    expect((await run(["models", "cumulus_linux"])).stdout).toMatch(/^nvidia_cumulus /);
    const output: unknown = JSON.parse((await run(["models", "--json"])).stdout);
    expect(output).toMatchObject({
      version: 1,
      models: expect.arrayContaining([expect.objectContaining({ name: "tiny_linux" })]) as unknown,
    });
  });
  it("names what to do about an unknown model", async () => {
    const { code, stderr } = await run(["models", "nonsense"]);
    expect(code).toBe(1);
    expect(stderr).toContain("labscape models");
  });
});

describe("labscape up", () => {
  it("refuses a manifest with errors before it looks for a host", async () => {
    await writeFile(path.join(cwd, "pair.lab.toml"), BAD);
    const { code, stderr } = await run(["up", "--yes", "--connect", "qemu+unix:///system?socket=/nonexistent"], {
      cwd,
    });
    expect(code).toBe(1);
    expect(stderr).toContain("unknown-node");
    expect(stderr).not.toContain("libvirt");
  });
  it("is called deploy as well, which is what the editor calls it", async () => {
    await writeFile(path.join(cwd, "pair.lab.toml"), BAD);
    const { code, stderr } = await run(["deploy", "--yes"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("unknown-node");
  });
  it("says what to do when libvirt is not there", async () => {
    await writeFile(path.join(cwd, "pair.lab.toml"), GOOD);
    const { code, stderr } = await run(["up", "--yes", "--connect", "qemu+unix:///system?socket=/nonexistent"], {
      cwd,
    });
    expect(code).toBe(1);
    expect(stderr).toContain("[libvirt-unreachable]");
  });
});
