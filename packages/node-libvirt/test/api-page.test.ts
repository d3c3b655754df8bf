import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { apiPage } from "../scripts/api.mjs";

it("describes the API as it is", async () => {
  // When this fails: npm run api -w node-libvirt
  expect(await readFile(path.join(import.meta.dirname, "../API.md"), "utf8")).toBe(await apiPage());
});
