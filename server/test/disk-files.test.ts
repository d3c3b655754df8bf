import { expect, it } from "vitest";
import { diskFiles } from "../src/node/files.js";

it("reads no device, which may never end", async () => {
  expect(await diskFiles.read("file:///dev/zero")).toBeUndefined();
});
