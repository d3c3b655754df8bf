import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtinCatalogue as catalogue } from "@labscape/devices";
import { findManifest, findManifests, loadManifest } from "@labscape/lab";
import { pathOf } from "../../src/firstboot/node-files.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "labscape-manifest-"));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, text: string | Uint8Array): Promise<void> => writeFile(path.join(folder, name), text);

describe("findManifest", () => {
  it.each(["pair.lab.toml", "lab.toml"])("finds %s by its name", async (name) => {
    await write(name, "");
    await write("pyproject.toml", "[project]\n");
    expect(await findManifest(folder)).toBe(path.join(folder, name));
  });
  it("takes a manifest.toml that describes a lab, and no other", async () => {
    await write("manifest.toml", '[package]\nname = "x"\n');
    await expect(findManifest(folder)).rejects.toMatchObject({ code: "manifest-not-found" });
    await write("manifest.toml", 'devices = [{ name = "a", device_model = "tiny_linux" }]\n');
    expect(await findManifest(folder)).toBe(path.join(folder, "manifest.toml"));
  });
  it("names the candidates where there are several", async () => {
    await write("a.lab.toml", "");
    await write("b.lab.toml", "");
    await expect(findManifest(folder)).rejects.toMatchObject({
      code: "several-manifests",
      mend: expect.stringContaining("a.lab.toml, b.lab.toml") as unknown,
    });
  });
});

describe("findManifests", () => {
  it("looks into folders, but not into hidden ones, those of packages and behind links", async () => {
    for (const name of ["labs/deep", ".git", "node_modules/x"])
      await mkdir(path.join(folder, name), { recursive: true });
    for (const name of ["labs/deep/b.lab.toml", "labs/lab.toml", ".git/x.lab.toml", "node_modules/x/x.lab.toml"])
      await write(name, "");
    await write("pyproject.toml", "");
    await write("manifest.toml", "nodes = []\n");
    await symlink(folder, path.join(folder, "labs/again"));
    const found = await findManifests(folder);
    expect(found.map((file) => path.relative(folder, file))).toEqual([
      "manifest.toml",
      "labs/lab.toml",
      "labs/deep/b.lab.toml",
    ]);
  });
  it("says so where there is none, and where there is no folder", async () => {
    await expect(findManifests(folder)).rejects.toMatchObject({ code: "manifest-not-found" });
    await expect(findManifests(path.join(folder, "none"))).rejects.toMatchObject({ code: "file-not-found" });
  });
});

describe("loadManifest", () => {
  it("knows the files beside the manifest", async () => {
    await mkdir(path.join(folder, "day0"));
    await write("day0/there.cfg", "hostname x\n");
    await write("day0/hollow.cfg", "");
    const node = (name: string, config: string): string =>
      `[[nodes]]\nname = "${name}"\nmodel = "tiny_linux"\nztp_config = "day0/${config}"\n`;
    await write(
      "l.lab.toml",
      `name = "l"\n${node("a", "there.cfg")}${node("b", "hollow.cfg")}${node("c", "missing.cfg")}`,
    );
    const { findings } = await loadManifest(path.join(folder, "l.lab.toml"), { catalogue });
    expect(findings.map(({ code }) => code).filter((code) => code.startsWith("file-"))).toEqual([
      "file-empty",
      "file-not-found",
    ]);
  });
  it("puts a lab together from its files, each path relative to the file that holds it", async () => {
    await mkdir(path.join(folder, "shared/day0"), { recursive: true });
    await write(
      "l.lab.toml",
      `name = "l"
include = ["shared/hosts.toml"]
nodes = [{ name = "a", memory = 512 }, { name = "c", ztp_config = "c.cfg" }]
links = [{ src = "a::eth1", dst = "c::eth1" }]`,
    );
    await write("c.cfg", "hostname c\n");
    await write("shared/hosts.toml", 'include = ["day0/common.toml"]\nnodes = [{ name = "a" }]\n');
    await write("shared/day0/common.toml", 'defaults = { model = "tiny_linux", ztp_config = "all.cfg" }\n');
    await write("shared/day0/all.cfg", "hostname all\n");
    const { lab, findings } = await loadManifest(path.join(folder, "l.lab.toml"), { catalogue });
    expect(findings).toEqual([]);
    expect(lab.nodes.map((node) => [node.name, node.memory, pathOf(node, node.ztpConfig ?? "")])).toEqual([
      ["a", 512, path.join(folder, "shared/day0/all.cfg")],
      ["c", 112, path.join(folder, "c.cfg")],
    ]);
    expect(lab.links).toHaveLength(1);
  });
  it("says where an included file is missing, a folder, or no text", async () => {
    await mkdir(path.join(folder, "shared.toml"));
    await write("latin.toml", Buffer.from('name = "caf\xe9"', "latin1"));
    await write("l.lab.toml", 'name = "l"\nnodes = []\ninclude = ["none.toml", "shared.toml", "latin.toml"]');
    const { findings } = await loadManifest(path.join(folder, "l.lab.toml"), { catalogue });
    expect(findings.map(({ code }) => code)).toEqual(Array(3).fill("include-not-found"));
  });
  it("is not read from a device, which may never end", async () => {
    await write("l.lab.toml", 'name = "l"\nnodes = []\ninclude = ["zero.toml"]');
    await symlink("/dev/zero", path.join(folder, "zero.toml"));
    const { findings } = await loadManifest(path.join(folder, "l.lab.toml"), { catalogue });
    expect(findings.map(({ code }) => code)).toEqual(["include-not-found"]);
  });
  it("is one file under all its names, and be it the manifest itself", async () => {
    await write("l.lab.toml", 'name = "l"\nnodes = []\ninclude = ["me.toml", "part.toml", "twin.toml"]');
    await write("part.toml", '[[nodes]]\nname = "a"\nmodel = "tiny_linux"\n');
    await symlink("l.lab.toml", path.join(folder, "me.toml"));
    await symlink("part.toml", path.join(folder, "twin.toml"));
    const { findings, sources, lab } = await loadManifest(path.join(folder, "l.lab.toml"), { catalogue });
    expect(findings.map(({ code }) => code)).toContain("include-cycle");
    expect(sources.map(({ file }) => path.basename(file))).toEqual(["l.lab.toml", "part.toml"]);
    expect(lab.nodes.map(({ name }) => name)).toEqual(["a"]);
  });
  it("prefers the text that it is given", async () => {
    await write("l.lab.toml", "broken = [");
    const { lab } = await loadManifest(path.join(folder, "l.lab.toml"), { catalogue, text: 'name = "fresh"\n' });
    expect(lab.name).toBe("fresh");
  });
  it.each([
    ["missing.lab.toml", "file-not-found"],
    [".", "file-not-found"],
    ["/dev/null", "file-not-found"],
  ])("says why %s cannot be read", async (name, code) => {
    await expect(loadManifest(path.resolve(folder, name), { catalogue })).rejects.toMatchObject({ code });
  });
  it("refuses what is not UTF-8", async () => {
    await write("latin.lab.toml", Buffer.from('name = "caf\xe9"', "latin1"));
    await expect(loadManifest(path.join(folder, "latin.lab.toml"), { catalogue })).rejects.toMatchObject({
      code: "not-utf8",
    });
  });
});

describe("the size of an image", () => {
  it("is read from the file, without a host", async () => {
    const header = new DataView(new ArrayBuffer(512));
    header.setUint32(0, 0x514649fb);
    header.setBigUint64(24, 10n * 1024n ** 3n);
    await write("ten.qcow2", new Uint8Array(header.buffer));
    const text = (size: number): string =>
      `name = "x"\nnodes = [{ name = "a", model = "debian_linux", image = "./ten.qcow2", boot_disk_size = ${size} }]\n`;
    const codesOf = async (size: number): Promise<readonly string[]> => {
      await write("x.lab.toml", text(size));
      const { findings } = await loadManifest(path.join(folder, "x.lab.toml"), { catalogue });
      return findings.map(({ code }) => code);
    };
    expect(await codesOf(9)).toEqual(["disk-smaller-than-image"]);
    expect(await codesOf(10)).toEqual([]);
  });
});
