import { isBuiltin } from "node:module";
import { expect, it } from "vitest";
import { bundleForBrowser, foreignImports } from "../../test/browser-bundle.js";

it("the extension for a browser is one file that needs only VS Code, and nothing of the engine is in it", async () => {
  const bundle = await bundleForBrowser("client/src/main.browser.ts", ["vscode"]);
  expect(foreignImports(bundle, isBuiltin)).toEqual(["vscode"]);
  const inputs = Object.keys(bundle.metafile.inputs);
  expect(inputs).toContain("client/src/canvas/canvas.ts");
  expect(inputs.filter((input) => /^packages\/(lab|node-libvirt)\/|languageclient\/lib\/node/.test(input))).toEqual([]);
  expect(inputs.filter((input) => /^client\/src\/(engine|deploy|console|operate|doctor)\//.test(input))).toEqual([]);
});
