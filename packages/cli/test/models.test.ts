import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "./run.js";

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), "labscape-cli-"));
  await mkdir(path.join(cwd, "mine"));
});
afterEach(() => rm(cwd, { recursive: true }));

const ACME = 'name = "acme"\nextends = "tiny_linux"\ntitle = "ACME"\n';
const LAB = `name = "pair"
nodes = [{ name = "a", model = "acme" }, { name = "b", model = "acme" }]
links = [{ src = "a::eth1", dst = "b::eth1" }]
`;

describe("the sheet of a model", () => {
  it("tells where the vendor publishes the image, what the file is called, and the command that adds it", async () => {
    const { stdout } = await run(["models", "debian"], { cwd });
    expect(stdout).toContain("Image from   Take the file debian-12-genericcloud-amd64.qcow2");
    expect(stdout).toContain("https://cloud.debian.org/images/cloud/");
    expect(stdout).toContain("Add it with  labscape image add FILE --model debian_linux --version VERSION");
    expect(stdout).toContain("First boot   cloud-init");
  });

  it("tells what to type into a device that takes no configuration at boot", async () => {
    const { stdout } = await run(["models", "veos"], { cwd });
    expect(stdout).toContain("First boot   by hand: labscape config NODE");
    expect(stdout).toMatch(/Before that +EOS takes its first configuration from its flash/);
  });
});

it("a misspelt model is answered with the one that is meant", async () => {
  const { code, stderr } = await run(["models", "tiny_linu"], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain("Did you mean tiny_linux?");
});

describe("users' device models", () => {
  it("are found with --models, and `labscape models` says where they came from", async () => {
    await writeFile(path.join(cwd, "mine/acme.toml"), ACME);
    expect((await run(["models", "acme"], { cwd })).code).toBe(1);
    const { stdout, code } = await run(["models", "acme", "--models", "mine"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^acme {2}ACME/);
    expect(stdout).toContain(`Defined in   ${path.join("mine", "acme.toml")}`);
    expect((await run(["models", "--models", "mine"], { cwd })).stdout).toMatch(/^acme .*mine\/acme\.toml$/m);
  });

  it("are found beside the manifest, in LABSCAPE_MODELS and with --models", async () => {
    await writeFile(path.join(cwd, "mine/acme.toml"), ACME);
    await writeFile(path.join(cwd, "pair.lab.toml"), LAB);
    expect((await run(["validate"], { cwd })).code).toBe(1);
    expect((await run(["validate", "--models", "mine"], { cwd })).code).toBe(0);
    expect((await run(["validate"], { cwd, env: { LABSCAPE_MODELS: path.join(cwd, "mine") } })).code).toBe(0);
    await mkdir(path.join(cwd, ".labscape/models"), { recursive: true });
    await writeFile(path.join(cwd, ".labscape/models/acme.toml"), ACME);
    expect((await run(["validate"], { cwd })).code).toBe(0);
  });

  it("report what is wrong in their files once, with file and line", async () => {
    await writeFile(path.join(cwd, "mine/acme.toml"), `${ACME}vender = "x"\n`);
    await writeFile(path.join(cwd, "pair.lab.toml"), LAB);
    await writeFile(path.join(cwd, "two.lab.toml"), LAB);
    const { stdout, code } = await run(["validate", "pair.lab.toml", "two.lab.toml", "--models", "mine"], { cwd });
    expect(
      stdout.match(/acme\.toml:4:1: error: Unknown key "vender"; did you mean "vendor"\? \[unknown-key\]/g),
    ).toHaveLength(1);
    expect(code).toBe(1);
    const listed = await run(["models", "--models", "mine"], { cwd });
    expect(listed.stderr).toContain("acme.toml:4:1");
    expect(listed.code).toBe(0);
  });

  it("show why a model is unknown to `up`", async () => {
    await writeFile(path.join(cwd, "mine/acme.toml"), `${ACME}role = "bridge"\n`);
    await writeFile(path.join(cwd, "pair.lab.toml"), LAB);
    const { stderr, code } = await run(["plan", "--models", "mine"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("acme.toml:4:9");
    expect(stderr).toContain("[unknown-model]");
  });
});
