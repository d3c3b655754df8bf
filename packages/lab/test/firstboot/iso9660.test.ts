import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileTree, foldersOf } from "../../src/firstboot/file-tree.js";
import { writeIso9660 } from "../../src/firstboot/iso9660.js";
import { isoSets } from "./file-sets.js";
import { comparable, fileSet, filesBelow, missingPrograms, run, scratch } from "../tools.js";

describe("ISO 9660 images", () => {
  it("are the same for the same files, whatever their order", () => {
    const files = fileSet({ b: "2", a: "1", "c/d": "3" });
    const reversed = new Map([...files].reverse());
    const hash = (set: Map<string, Uint8Array>): string =>
      createHash("sha256").update(writeIso9660("cidata", set)).digest("hex");
    expect(hash(files)).toBe(hash(reversed));
    expect(hash(files)).not.toBe(hash(fileSet({ b: "2", a: "1", "c/d": "4" })));
  });

  it("have folders with nothing in them", () => {
    const tree = fileTree(fileSet({ "config/a.txt": "1", "content/": "", "a/b/": "" }));
    expect(foldersOf(tree).map(({ name, entries }) => [name, entries.length])).toEqual([
      ["", 3],
      ["a", 1],
      ["config", 1],
      ["content", 0],
      ["b", 0],
    ]);
  });

  const missing = missingPrograms("xorriso", "blkid");
  describe.skipIf(missing.length > 0)(`as other programs read them (missing: ${missing.join(", ") || "none"})`, () => {
    it.each(isoSets)("%s: Rock Ridge gives every file back", async (_, label, files) => {
      const extracted = await extract(writeIso9660(label, files), []);
      expect(comparable(extracted)).toEqual(comparable(files));
    });

    it.each(isoSets)("%s: Joliet gives every file back", async (_, label, files) => {
      const extracted = await extract(writeIso9660(label, files), ["-read_fs", "norock"]);
      expect(comparable(extracted)).toEqual(comparable(files));
    });

    it.each(isoSets)("%s: the label is found", async (_, label, files) => {
      const image = join(await scratch(), "image.iso");
      await writeFile(image, writeIso9660(label, files));
      const { stdout } = await run("blkid", ["-p", "-o", "export", image]);
      expect(stdout).toContain(`LABEL=${label}\n`);
      expect(stdout).toContain("TYPE=iso9660\n");
    });
  });

  it("names stay recognisable without Rock Ridge and Joliet", () => {
    const files = fileSet({ "iosxe_config.txt": "", "a.b.txt": "", "a-b.txt": "", openstack: "", "dir.d/x": "" });
    const image = Buffer.from(writeIso9660("config", files));
    for (const name of ["IOSXE_CONFIG.TXT;1", "A_B.TXT;1", "A_B1.TXT;1", "OPENSTACK.;1", "DIR_D", "X.;1"]) {
      expect(image.includes(`${String.fromCharCode(name.length)}${name}`), name).toBe(true);
    }
  });

  it.each([
    ["a name of more than 64 characters", "x".repeat(65), "64"],
    ["a name whose UTF-8 does not fit a record", "€".repeat(60), "too long"],
    ["a name that Joliet cannot hold", "what?.txt", "cannot hold"],
    ["folders too deep", "1/2/3/4/5/6/7/8/file", "deep"],
    ["an empty name", "a//b", "empty"],
    ["a relative path", "../b", "relative"],
    ["a control character", "a\nb", "control"],
  ])("refuses %s", (_, path, message) => {
    const write = (): unknown => writeIso9660("cidata", fileSet({ [path]: "" }));
    expect(write).toThrow(message);
    expect(write).toThrow(expect.objectContaining({ code: "invalid-file-name" }));
  });

  it("refuses a file where another has a folder", () => {
    expect(() => writeIso9660("cidata", fileSet({ a: "", "a/b": "" }))).toThrow(
      expect.objectContaining({ code: "invalid-file-name" }),
    );
  });

  it.each(["", "seventeen letters", "has space", "größe"])("refuses the label %j", (label) => {
    expect(() => writeIso9660(label, fileSet({}))).toThrow(expect.objectContaining({ code: "invalid-volume-label" }));
  });
});

async function extract(image: Uint8Array, reading: readonly string[]): Promise<Map<string, Buffer>> {
  const directory = await scratch();
  const file = join(directory, "image.iso");
  await writeFile(file, image);
  // -abort_on WARNING: what xorriso finds odd about an image is a fault of its writer.
  const out = join(directory, "out");
  // xorriso writes names in the charset of the locale, and one that lacks them is worth a warning too.
  await run(
    "xorriso",
    ["-abort_on", "WARNING", "-osirrox", "on", ...reading, "-indev", `stdio:${file}`, "-extract", "/", out],
    { env: { ...process.env, LC_ALL: "C.UTF-8" } },
  );
  return filesBelow(out);
}
