import { describe, expect, it } from "vitest";
import { canonicalUri, fileNameOf, movedUri, relativePath, resolvePath } from "../src/uri.js";

describe("URIs", () => {
  it.each([
    ["file:///labs/a.toml", "file:///labs/a.toml"],
    ["file:///C:/labs/a.toml", "file:///c%3A/labs/a.toml"],
    ["file:///c%3a/labs/a.toml", "file:///c%3A/labs/a.toml"],
    ["file:///labs/a@b (1).toml", "file:///labs/a%40b%20%281%29.toml"],
    ["file:///labs/caf%C3%A9.toml", "file:///labs/caf%C3%A9.toml"],
    ["file:///labs/café.toml", "file:///labs/caf%C3%A9.toml"],
    ["file:///labs/100%.toml", "file:///labs/100%25.toml"],
    ["FILE:///labs/a.toml?x#y", "file:///labs/a.toml"],
    ["untitled:Untitled-1", "untitled:Untitled-1"],
    ["no uri", "no uri"],
  ])("%s is %s", (uri, canonical) => {
    expect(canonicalUri(uri)).toBe(canonical);
    expect(canonicalUri(canonical)).toBe(canonical);
  });

  it("have a file name", () => expect(fileNameOf("file:///labs/caf%C3%A9.lab.toml")).toBe("café.lab.toml"));

  const from = "file:///labs/my%20lab/x.lab.toml";
  it.each([
    ["a.sh", "file:///labs/my%20lab/a.sh"],
    ["./a.sh", "file:///labs/my%20lab/a.sh"],
    ["../b/a@.sh", "file:///labs/b/a%40.sh"],
    ["../../../a.sh", "file:///a.sh"],
    ["/etc/a.sh", "file:///etc/a.sh"],
    ["", "file:///labs/my%20lab"],
    ["~/a.sh", undefined],
  ])("the path %j leads to %s", (path, target) => expect(resolvePath(path, from)).toBe(target));

  it("a document without a place has no paths", () => expect(resolvePath("a", "untitled:Untitled-1")).toBeUndefined());

  it.each([
    ["file:///labs/my%20lab/a.sh", "a.sh"],
    ["file:///labs/my%20lab/sub/a.sh", "sub/a.sh"],
    ["file:///labs/a%40.sh", "../a@.sh"],
    ["file:///a.sh", "../../a.sh"],
    ["vscode-vfs://github/a.sh", undefined],
  ])("%s is %s from the manifest", (target, path) => {
    expect(relativePath(from, target)).toBe(path);
    if (path !== undefined) expect(resolvePath(path, from)).toBe(target);
  });

  it.each([
    ["file:///labs", "file:///new/x/a.sh"],
    ["file:///labs/x", "file:///new/a.sh"],
    ["file:///lab", undefined],
    ["file:///labs/x/a.sh", "file:///new"],
  ])("when %s moves to file:///new, a file below it becomes %s", (moved, target) =>
    expect(movedUri("file:///labs/x/a.sh", moved, "file:///new")).toBe(target),
  );
});
