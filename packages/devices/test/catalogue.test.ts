import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { builtinCatalogue, builtinModelFile, createCatalogue, readModel, templates } from "@labscape/devices";
import { generate } from "../scripts/generate.mjs";

describe("createCatalogue", () => {
  it("finds nothing in an empty catalogue", () => {
    expect(createCatalogue([]).find("tiny_linux")).toBeUndefined();
  });

  it("lets a later model replace an earlier one", () => {
    const { model } = readModel({ ...valid, name: "tiny_linux", title: "Mine" }, () => undefined);
    const catalogue = createCatalogue([...builtinCatalogue.models, ...(model === undefined ? [] : [model])]);
    expect(catalogue.find("tiny_linux")?.model.title).toBe("Mine");
  });
});

const valid = {
  name: "mine",
  title: "Mine",
  vendor: "Me",
  role: "host",
  hardware: { memory: 64 },
  ports: { pattern: "eth{n}", default_count: 1 },
};

describe("built-in catalogue", () => {
  it("is what the model files and templates say", async () => {
    for (const [file, text] of await generate()) {
      expect(await readFile(file, "utf8"), "stale: npm run generate -w packages/devices").toBe(text);
    }
  });

  it("finds models by name and alias, without case", () => {
    expect(builtinCatalogue.find("cumulus_linux")).toMatchObject({ alias: true, model: { name: "nvidia_cumulus" } });
    expect(builtinCatalogue.find("NVIDIA_Cumulus")).toMatchObject({ alias: false, model: { name: "nvidia_cumulus" } });
  });

  it("uses no name and no alias twice", () => {
    const names = builtinCatalogue.models.flatMap((model) => [model.name, ...model.aliases]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  describe.each(builtinCatalogue.models.map((model) => [model.name, model] as const))("%s", (name, model) => {
    it("reads without a problem and stands in the file of its name", () => {
      expect(readModel(builtinModelFile(name), builtinModelFile)).toEqual({ model, problems: [] });
    });

    it("says where its values come from and how to get the image", () => {
      expect(model.sources).not.toEqual([]);
      expect(model.image.howTo).not.toBe("");
      expect(model.image.licence).not.toBe("");
    });

    it("claims no more proof than there is: booted by test/libvirt, or generated files checked", () => {
      const proof = ["tiny_linux", "frr_linux", "debian_linux"].includes(name)
        ? "booted"
        : model.firstBoot.files.length > 0
          ? "golden"
          : "facts";
      expect(model.proof).toBe(proof);
    });

    it("names templates that exist", () => {
      for (const file of model.firstBoot.files) expect(Object.keys(templates)).toContain(file.template);
    });

    it("captures the version in each file name pattern", () => {
      for (const pattern of model.image.fileNames) expect(pattern).toContain("(?<version>");
    });
  });
});
