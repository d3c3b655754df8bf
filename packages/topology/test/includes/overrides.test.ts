import { describe, expect, test } from "vitest";
import { analyzeFiles, splitFiles } from "../support/files.js";
import { applyEdits } from "../support/features.js";

const common = `#- common.toml
description = "two hosts"
[defaults]
memory = 512
startup_scripts = ["a.sh"]
[groups.g]
start_delay = 3
[management]
mode = "nat"
dns = { a = "10.0.0.1" }
[[nodes]]
name = "a"
model = "debian_linux"
cpu_count = 2
commands = ["true"]
interfaces.eth1.mtu = 9000
[[nodes]]
name = "b"
model = "debian_linux"
group = "g"
[[links]]
src = "a::eth1"
dst = "b::eth1"
label = "core"
[[bridges]]
name = "lan"
links = ["a::eth2", "b::eth2"]
`;

/** The keys that are reported, with the text after each fix is applied alone. */
function overrides(manifest: string) {
  const text = `name = "x"\ninclude = ["common.toml"]\n${manifest}${common}`;
  const { analysis, files } = analyzeFiles(text);
  return analysis.findings
    .filter(({ code }) => code === "override-without-effect")
    .map(({ file, range, related, fixes }) => {
      const own = files.get(file)?.text ?? "";
      const [weaker] = related;
      return {
        key: own.slice(range.start, range.end),
        weaker: weaker && (files.get(weaker.file)?.text ?? "").slice(weaker.range.start, weaker.range.end),
        after: applyEdits(own, fixes[0]?.edits ?? [])
          .split("\n")
          .slice(2)
          .join("\n"),
      };
    });
}

describe("override-without-effect", () => {
  test.each([
    ["of a node", '[[nodes]]\nname = "a"\ncpu_count = 2\n', "cpu_count", '[[nodes]]\nname = "a"\n'],
    [
      "of a node's port",
      'nodes = [{ name = "a", interfaces = { eth1 = { mtu = 9000 } } }]\n',
      "mtu",
      'nodes = [{ name = "a", interfaces = { eth1 = {  } } }]\n',
    ],
    [
      "that a node has from the defaults of a weaker file",
      'nodes = [{ name = "a", memory = 512, user = "u" }]\n',
      "memory",
      'nodes = [{ name = "a", user = "u" }]\n',
    ],
    [
      "that a node has from a group of a weaker file",
      '[[nodes]]\nname = "b"\nstart_delay = 3\n',
      "start_delay",
      '[[nodes]]\nname = "b"\n',
    ],
    ["of a list", 'defaults = { startup_scripts = ["a.sh"] }\n', "startup_scripts", "defaults = {  }\n"],
    ["of a group", "groups.g.start_delay = 3 # kept\n", "start_delay", "# kept\n"],
    ["of a table of settings", '[management]\nmode = "nat"\n', "mode", "[management]\n"],
    ["at the top", 'description = "two hosts"\n', "description", ""],
    [
      "of a link",
      'links = [{ src = "b::eth1", dst = "a::eth1", label = "core" }]\n',
      "label",
      'links = [{ src = "b::eth1", dst = "a::eth1" }]\n',
    ],
    [
      "of a bridge",
      'bridges = [{ name = "lan", links = ["a::eth2", "b::eth2"] }]\n',
      "links",
      'bridges = [{ name = "lan" }]\n',
    ],
  ])("a value %s", (_, manifest, key, after) => {
    expect(overrides(manifest)).toEqual([{ key, weaker: key, after }]);
  });

  test.each([
    ["another value", '[[nodes]]\nname = "a"\ncpu_count = 3\n'],
    ["the same value over another one in this file", 'defaults.memory = 1024\n[[nodes]]\nname = "a"\nmemory = 512\n'],
    ["the same value as in this file", 'groups.g = { user = "u" }\nnodes = [{ name = "b", user = "u" }]\n'],
    ["what tells rows apart", 'links = [{ src = "a::eth1", dst = "b::eth1", mtu = 9000 }]\n'],
    ["a value of the wrong kind", '[[nodes]]\nname = "a"\ncpu_count = "2"\n'],
    ["what does not act", '[[nodes]]\nname = "a"\ncommands = ["true"]\n'],
  ])("not %s", (_, manifest) => expect(overrides(manifest)).toEqual([]));

  test("not the same path in another folder", () => {
    const lab = (folder: string) => `name = "x"
include = ["${folder}f.toml"]
defaults.startup_scripts = ["a.sh"]
#- ${folder}f.toml
defaults.startup_scripts = ["a.sh"]
nodes = [{ name = "n", model = "debian_linux" }]`;
    const codes = (folder: string) => analyzeFiles(lab(folder)).analysis.findings.map(({ code }) => code);
    expect(codes("")).toEqual(["override-without-effect"]);
    expect(codes("shared/")).toEqual([]);
  });

  test("the mend of an included file is an edit of that file", () => {
    const text = `name = "x"
include = ["a.toml"]
#- a.toml
include = ["b.toml"]
nodes = [{ name = "n", memory = 512, cpu_count = 2 }]
#- b.toml
nodes = [{ name = "n", model = "tiny_linux", memory = 512 }]`;
    const [finding, ...others] = analyzeFiles(text).analysis.findings;
    expect(others).toEqual([]);
    expect([finding?.file, finding?.related[0]?.file]).toEqual(["/labs/a.toml", "/labs/b.toml"]);
    const edits = finding?.fixes[0]?.edits ?? [];
    expect(edits.map(({ file }) => file)).toEqual(["/labs/a.toml"]);
    expect(applyEdits(splitFiles(text).get("/labs/a.toml") ?? "", edits)).toBe(
      'include = ["b.toml"]\nnodes = [{ name = "n", cpu_count = 2 }]\n',
    );
  });
});
