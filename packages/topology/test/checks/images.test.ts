import { describe, expect, test } from "vitest";
import type { Providers } from "@labscape/topology";
import { analyzeText } from "../support/analyze.js";
import { check } from "../support/check.js";

describe("an image by its name", () => {
  const text = (image: string) => `name = "x"\nnodes = [{ name = "a", model = "debian_linux", image = "${image}" }]`;
  const beside: Providers = { fileState: (path) => (/^(\.\/)?disk.qcow2$/.test(path) ? "present" : "absent") };

  test.each([
    ["a file by its path", "./disk.qcow2", []],
    ["no file", "./other.qcow2", ["image-missing"]],
    ["a volume of the image store, of which nothing is known here", "other.qcow2", []],
    ["a file written as if it were a volume", "disk.qcow2", ["image-missing"]],
  ])("%s", (_, image, codes) => {
    expect(analyzeText(text(image), beside).findings.map(({ code }) => code)).toEqual(codes);
  });
});

describe("providers", () => {
  const text = 'name = "x"\nnodes = [{ name = "a", model = "nvidia_cumulus", version = "5.8", ztp_config = "no.cfg" }]';

  test("without them nothing is said of files and images", () => check(text));

  test("what they do not know is not reported", () => {
    check(text, { fileState: () => undefined, imageVersions: () => undefined });
  });

  test("the command that adds an image", () => {
    const { findings } = analyzeText(text, { imageVersions: () => [] });
    expect(findings[0]?.code).toBe("image-not-found-in-store");
    expect(findings[0]?.message).toContain("`labscape image add FILE --model nvidia_cumulus --version 5.8`");
  });
});
