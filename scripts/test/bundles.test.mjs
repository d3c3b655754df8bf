import { build } from "esbuild";
import { expect, it } from "vitest";
import { bundles } from "../bundles.mjs";

const KB = 1024;

it.each([
  ["client.cjs", 200],
  ["client.browser.cjs", 500],
  ["server.browser.js", 800],
])("%s, which is loaded before anything is asked for, stays below %i KB", async (name, limit) => {
  const options = bundles.find(({ outfile }) => outfile === `dist/${name}`);
  const { outputFiles } = await build({ ...options, minify: true, write: false });
  expect(outputFiles[0].contents.length).toBeLessThan(limit * KB);
});
