import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "./run.js";

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), "labscape-validate-"));
});
afterEach(() => rm(cwd, { recursive: true }));

const write = async (name: string, text: string | Uint8Array): Promise<void> => {
  await mkdir(path.dirname(path.join(cwd, name)), { recursive: true });
  await writeFile(path.join(cwd, name), text);
};

const GOOD = `name = "pair"
nodes = [{ name = "a", model = "tiny_linux" }, { name = "b", model = "tiny_linux" }]
links = [{ src = "a::eth1", dst = "b::eth1" }]
`;
const BAD = GOOD.replace("b::eth1", "nobody::eth1");
/** One warning and nothing else. */
const WARNED = `${GOOD}ztp_server = { enable = true }\n`;

describe("what is checked", () => {
  it("without a name every manifest in the folder and those in it", async () => {
    await write("pair.lab.toml", GOOD);
    expect(await run(["validate"], { cwd })).toMatchObject({ code: 0, stdout: "1 manifest: no findings\n" });
    await write("more/lab.toml", BAD);
    const { code, stdout } = await run(["validate"], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`^more${path.sep}lab\\.toml:3:\\d+: error: `, "m"));
    expect(stdout).toContain("2 manifests: 1 error");
  });

  it("files and folders by name, each once", async () => {
    await write("x/a.lab.toml", GOOD);
    await write("x/b.lab.toml", GOOD);
    await write("odd-name.toml", GOOD);
    const { code, stdout } = await run(["validate", "x", "x/a.lab.toml", "odd-name.toml"], { cwd });
    expect(stdout).toBe("3 manifests: no findings\n");
    expect(code).toBe(0);
  });

  it("included files as parts of their lab, with what is wrong in them shown there", async () => {
    await write("pair.lab.toml", `include = ["parts/links.lab.toml"]\n${GOOD.replace(/^links.*\n/m, "")}`);
    await write(
      "more.lab.toml",
      `include = ["parts/links.lab.toml"]\n${GOOD.replace(/^links.*\n/m, "").replace("pair", "more")}`,
    );
    await write("parts/links.lab.toml", 'links = [{ src = "a::eth1", dst = "nobody::eth1" }]\n');
    const { code, stdout } = await run(["validate"], { cwd });
    expect(code).toBe(1);
    const place = path.join("parts", "links.lab.toml");
    expect(stdout.split("\n").filter((line) => line.includes(": error: "))).toEqual([
      `${place}:1:36: error: There is no node \`nobody\`. [unknown-node]`,
    ]);
    expect(stdout).toContain('1 | links = [{ src = "a::eth1", dst = "nobody::eth1" }]\n');
    expect(stdout).toContain("2 manifests: 1 error");
    const alone = await run(["validate", "parts/links.lab.toml"], { cwd });
    expect(alone.stdout).toContain("[missing-key]");
  });

  it("files that can be read; without one nothing is summed up", async () => {
    const { code, stdout, stderr } = await run(["validate", "missing.lab.toml"], { cwd });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("missing.lab.toml");
  });

  it("with one format only", async () => {
    await write("pair.lab.toml", GOOD);
    expect((await run(["validate", "--json", "--format", "sarif"], { cwd })).code).toBe(2);
  });

  it("lines longer than anybody reads, of which the part around the mark is shown", async () => {
    await write("pair.lab.toml", `${GOOD.trimEnd()} # ${"-".repeat(500)}\nx = [${"1, ".repeat(500)}nobody]\n`);
    const { stdout } = await run(["validate"], { cwd });
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThan(200);
    expect(stdout).toMatch(/\| ….*nobody/);
  });

  it("standard input", async () => {
    const { code, stdout } = await run(["validate", "-"], { cwd, stdin: BAD });
    expect(stdout).toMatch(/^<stdin>:3:\d+: error: /m);
    expect(code).toBe(1);
  });

  it("the rest, when a file cannot be read; that one is told and fails", async () => {
    await write("a.lab.toml", new Uint8Array([0xff, 0xfe]));
    await write("b.lab.toml", BAD);
    const { code, stdout, stderr } = await run(["validate", "a.lab.toml", "missing.lab.toml", "b.lab.toml"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("[not-utf8]");
    expect(stderr).toContain("missing.lab.toml");
    expect(stdout).toContain("1 manifest: 1 error");
  });

  it("nothing, which is said, where there is no manifest", async () => {
    const { code, stderr } = await run(["validate"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("[manifest-not-found]");
  });
});

describe("what is printed", () => {
  it("the characters of a finding, marked", async () => {
    await write("pair.lab.toml", BAD);
    const { code, stdout } = await run(["validate", "pair.lab.toml"], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^pair\.lab\.toml:3:\d+: error: .*\[unknown-node\]$/m);
    const lines = stdout.split("\n");
    const [source = "", marks = ""] = lines.slice(lines.findIndex((line) => line.includes("[unknown-node]")) + 1);
    expect(source.slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1)).toBe("nobody");
  });

  it.each([["--format", "json"], ["--json"]])("the promised JSON: %s %s", async (...flags) => {
    await write("pair.lab.toml", BAD);
    const { stdout } = await run(["validate", ...flags.filter((flag) => typeof flag === "string")], { cwd });
    const output = JSON.parse(stdout) as { version: number; findings: { code: string }[] };
    expect(output.version).toBe(1);
    const finding = output.findings.find(({ code }) => code === "unknown-node");
    expect(finding).toMatchObject({
      severity: "error",
      file: path.join(cwd, "pair.lab.toml"),
      range: { start: { line: 2 }, end: { line: 2 } },
    });
  });

  it("only what is as severe as asked for; what decides the exit status stays", async () => {
    await write("pair.lab.toml", WARNED);
    const all = await run(["validate"], { cwd });
    expect(all).toMatchObject({ code: 0 });
    expect(all.stdout).toContain("1 warning");
    const errors = await run(["validate", "--min-severity", "error"], { cwd });
    expect(errors).toMatchObject({ code: 0, stdout: "1 manifest: no findings\n" });
    await write("pair.lab.toml", BAD);
    expect(await run(["validate", "--min-severity", "error"], { cwd })).toMatchObject({ code: 1 });
  });

  it("fails over too many warnings", async () => {
    await write("pair.lab.toml", WARNED);
    expect(await run(["validate", "--max-warnings", "1"], { cwd })).toMatchObject({ code: 0 });
    const { code, stderr } = await run(["validate", "--max-warnings", "0", "--min-severity", "error"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toBe("1 warning, and --max-warnings allows 0.\n");
  });
});
