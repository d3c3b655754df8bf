import { expect, it } from "vitest";
import type { Progress } from "../../src/apply/progress.js";
import { piecesOf } from "../../src/apply/volumes.js";

const MIB = 1024 ** 2;

it.each([
  ["nothing", 0, []],
  ["what is small", MIB, []],
  ["what is large", 2.5 * MIB, [MIB, 2 * MIB]],
])("an upload of %s goes on byte by byte, and says how far it is", (_, total, told) => {
  const bytes = new Uint8Array(total).map((_byte, index) => index % 251);
  const seen: Progress[] = [];
  const pieces = [...piecesOf(bytes, (progress) => seen.push(progress))];
  expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
  expect(seen).toEqual(told.map((done) => ({ done, total, unit: "bytes" })));
});
