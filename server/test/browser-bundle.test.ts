import { isBuiltin } from "node:module";
import { expect, it } from "vitest";
import { bundleForBrowser, foreignImports } from "../../test/browser-bundle.js";

it("the server for a browser needs no module of Node, and nothing beside itself", async () => {
  const bundle = await bundleForBrowser("server/src/main.browser.ts");
  expect(foreignImports(bundle, isBuiltin)).toEqual([]);
  const inputs = Object.keys(bundle.metafile.inputs);
  expect(inputs).toContain("packages/topology/src/analyze.ts");
  expect(inputs.filter((input) => /^server\/src\/(node\/|main\.node)|languageserver\/lib\/node/.test(input))).toEqual(
    [],
  );
});
