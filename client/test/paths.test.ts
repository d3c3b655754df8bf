import { expect, it } from "vitest";
import { baseName, relativePath } from "../src/paths.js";

it.each([
  ["/labs/a.md", "/labs/b.lab.toml", "b.lab.toml"],
  ["/labs/docs/a.md", "/labs/b.lab.toml", "../b.lab.toml"],
  ["/labs/a.md", "/labs/parts/b.lab.toml", "parts/b.lab.toml"],
  ["/labs/docs/en/a.md", "/labs/parts/b.lab.toml", "../../parts/b.lab.toml"],
  ["/a.md", "/b.lab.toml", "b.lab.toml"],
  ["/labs/b/a.md", "/labs/b", "../b"],
])("from %s to %s it is %s", (from, to, path) => expect(relativePath(from, to)).toBe(path));

it.each([
  ["/labs/b.lab.toml", "b.lab.toml"],
  ["Untitled-1", "Untitled-1"],
])("the last part of %s is %s", (path, name) => expect(baseName(path)).toBe(name));
