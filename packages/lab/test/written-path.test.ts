import { homedir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { writtenPath } from "../src/written-path.js";

it.each([
  ["a.cfg", "/labs/one/lab.toml", "/labs/one/a.cfg"],
  ["../a.cfg", "/labs/one/lab.toml", "/labs/a.cfg"],
  ["a.cfg", "file:///labs/my%20lab/lab.toml", "/labs/my lab/a.cfg"],
  ["/etc/a.cfg", "/labs/one/lab.toml", "/etc/a.cfg"],
  ["~/a.cfg", "/labs/one/lab.toml", path.join(homedir(), "a.cfg")],
  ["~a.cfg", "/labs/one/lab.toml", "/labs/one/~a.cfg"],
])("%s in %s leads to %s", (written, file, leads) => {
  expect(writtenPath(written, file)).toBe(leads);
});
