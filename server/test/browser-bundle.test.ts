import { isBuiltin } from "node:module";
import { expect, it } from "vitest";
import { bundleForBrowser } from "./browser-bundle.js";

it("the server for a browser needs no module of Node, and nothing beside itself", async () => {
  const { metafile } = await bundleForBrowser();
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  expect(imports.filter(({ path, external }) => external === true || isBuiltin(path))).toEqual([]);
  const inputs = Object.keys(metafile.inputs);
  expect(inputs).toContain("packages/topology/src/analyze.ts");
  expect(inputs.filter((input) => /^server\/src\/(node\/|main\.node)|languageserver\/lib\/node/.test(input))).toEqual(
    [],
  );
});
