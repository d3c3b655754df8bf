import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeFat } from "../../src/firstboot/fat.js";
import { fatSets } from "./file-sets.js";
import { comparable, fileSet, filesBelow, missingPrograms, run, scratch } from "../tools.js";

const kinds = [
  ["whole disk", false],
  ["partition", true],
] as const;

describe("FAT images", () => {
  it("are the same for the same files, whatever their order", () => {
    const files = fileSet({ b: "2", a: "1", "c/d": "3" });
    const image = writeFat("X", files, { partitioned: false });
    expect(Buffer.compare(image, writeFat("X", new Map([...files].reverse()), { partitioned: false }))).toBe(0);
  });

  it("have the size of a floppy disk where the files fit on one", () => {
    expect(writeFat("X", fileSet({ a: "1" }), { partitioned: false })).toHaveLength(1_474_560);
  });

  it("of one partition begin at 1 MiB and stay small", () => {
    expect(writeFat("X", fileSet({ a: "1" }), { partitioned: true }).length).toBeLessThan(4 * 1024 * 1024);
  });

  const missing = missingPrograms("fsck.fat", "mcopy", "blkid", "sfdisk");
  describe.skipIf(missing.length > 0)(`as other programs read them (missing: ${missing.join(", ") || "none"})`, () => {
    describe.each(kinds)("%s", (_, partitioned) => {
      it.each(fatSets)("%s: fsck.fat finds nothing", async (_name, label, files) => {
        const image = join(await scratch(), "image");
        const bytes = writeFat(label, files, { partitioned });
        await writeFile(image, partitioned ? bytes.subarray(1024 * 1024) : bytes);
        const { stdout } = await run("fsck.fat", ["-n", image]);
        const lines = stdout.trim().split("\n");
        expect(lines, stdout).toHaveLength(2); // Version, then "image: N files, A/B clusters".
      });

      it.each(fatSets)("%s: mtools gives every file back", async (_name, label, files) => {
        const directory = await scratch();
        const image = join(directory, "image");
        await writeFile(image, writeFat(label, files, { partitioned }));
        const out = join(directory, "out");
        await mkdir(out);
        const drive = partitioned ? `${image}@@1M` : image;
        if (files.size > 0) {
          const environment = { ...process.env, LC_ALL: "C.UTF-8" };
          await run("mcopy", ["-s", "-b", "-i", drive, "::*", out], { env: environment });
        }
        expect(comparable(await filesBelow(out))).toEqual(comparable(files));
      });
    });

    it.each(fatSets.filter(([, label]) => label !== ""))(
      "%s: the label is found as it was given",
      async (_, label, files) => {
        const image = join(await scratch(), "image");
        await writeFile(image, writeFat(label, files, { partitioned: false }));
        const { stdout } = await run("blkid", ["-p", "-o", "export", image]);
        expect(stdout).toContain(`LABEL=${label}\n`);
        expect(stdout).toContain("TYPE=vfat\n");
      },
    );

    it("partition tables are read as one partition that holds the file system", async () => {
      const image = join(await scratch(), "image");
      const bytes = writeFat("CONFIG", fileSet({ a: "1" }), { partitioned: true });
      await writeFile(image, bytes);
      const table: unknown = JSON.parse((await run("sfdisk", ["--json", image])).stdout);
      expect(table).toMatchObject({
        partitiontable: { label: "dos", partitions: [{ start: 2048, size: bytes.length / 512 - 2048, type: "4" }] },
      });
    });
  });

  it.each([
    ["a character that FAT cannot hold", "a:b"],
    ["a name that ends with a dot", "a."],
    ["a name of more than 255 characters", "x".repeat(256)],
    ["an empty name", "a//b"],
  ])("refuses %s", (_, path) => {
    expect(() => writeFat("X", fileSet({ [path]: "" }), { partitioned: false })).toThrow(
      expect.objectContaining({ code: "invalid-file-name" }),
    );
  });

  it("refuses names that differ in case only", () => {
    expect(() => writeFat("X", fileSet({ a: "", A: "" }), { partitioned: false })).toThrow(
      expect.objectContaining({ code: "invalid-file-name" }),
    );
  });

  it.each(["twelve chars", "a*b", "größe"])("refuses the label %j", (label) => {
    expect(() => writeFat(label, fileSet({}), { partitioned: false })).toThrow(
      expect.objectContaining({ code: "invalid-volume-label" }),
    );
  });
});
