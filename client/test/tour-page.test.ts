import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const page = await readFile(path.join(root, "docs/tour.md"), "utf8");
const folder = path.join(root, "docs/images/tour");
const files = (await readdir(folder)).sort();

/** Names of pictures in what the tests of the window take, by the call that takes them. */
async function takenBy(call: string): Promise<readonly string[]> {
  const tests = path.join(root, "test/vscode");
  const names = (await readdir(tests)).filter((name) => name.endsWith(".test.ts"));
  const texts = await Promise.all(names.map((name) => readFile(path.join(tests, name), "utf8")));
  return texts.flatMap((text) =>
    [...text.matchAll(new RegExp(`\\.${call}\\(\\s*"([\\w-]+)"`, "g"))].map(([, name = ""]) => name),
  );
}

describe("the tour", () => {
  it("shows the pictures that the tests of the window take, each in dark and in light, and no others", async () => {
    const both = (await takenBy("picture")).flatMap((name) => [`${name}-dark.webp`, `${name}-light.webp`]);
    const single = (await takenBy("pictureAsItIs")).map((name) => `${name}.webp`);
    expect(files).toEqual([...both, ...single].sort());
    const shown = [...page.matchAll(/images\/tour\/([\w-]+\.webp)/g)].map(([, file = ""]) => file);
    expect([...new Set(shown)].sort()).toEqual(files);
  });

  it("says under a heading what each picture shows", () => {
    const sections = page.split(/^### /m).slice(1);
    for (const section of sections) expect(section).toMatch(/^[^\n]+\n\n\S[^]*<img [^>]*alt="[^"]{10,}"/);
  });

  it("is small enough for a slow line", async () => {
    const sizes = await Promise.all(files.map(async (file) => (await stat(path.join(folder, file))).size));
    expect(Math.max(...sizes)).toBeLessThan(100 * 1024);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3 * 1024 * 1024);
  });

  it("leads to pages that exist", () => {
    const links = [...page.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link = ""]) => link);
    for (const link of links) expect(existsSync(path.join(root, "docs", link)), link).toBe(true);
  });
});
