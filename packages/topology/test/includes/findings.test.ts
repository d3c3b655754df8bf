import { describe, expect, test } from "vitest";
import type { Providers } from "@labscape/topology";
import { analyzeText } from "../support/analyze.js";
import { analyzeFiles, splitFiles } from "../support/files.js";

/** Asserts that the files of a lab have exactly the findings that their caret lines say. */
function check(marked: string, providers: Providers = {}): void {
  const { analysis, files } = analyzeFiles(marked, providers);
  const show = (file: string, { code, start, end }: { code: string; start: number; end: number }) => {
    const text = files.get(file)?.text ?? "";
    return `${file}:${text.slice(0, start).split("\n").length}: ${code} ${JSON.stringify(text.slice(start, end))}`;
  };
  const expected = [...files].flatMap(([file, each]) => each.expected.map((finding) => show(file, finding)));
  const found = analysis.findings.map(({ file, code, range }) => show(file, { code, ...range }));
  expect(found.sort()).toEqual(expected.sort());
}

const two = `[[nodes]]
name = "a"
model = "tiny_linux"
[[nodes]]
name = "b"
model = "tiny_linux"
[[links]]
src = "a::eth1"
dst = "b::eth1"
`;

describe("a file that cannot be included", () => {
  test.each([
    ["is not there", 'include = ["no.toml"]\n#           ^^^^^^^ include-not-found'],
    [
      "is not there for an included file",
      'include = ["a/b.toml"]\n#- a/b.toml\ninclude = ["c.toml"]\n#           ^^^^^^ include-not-found\n#- c.toml\n',
    ],
    ["is the manifest itself", 'include = ["test.lab.toml"]\n#           ^^^^^^^^^^^^^ include-cycle'],
    [
      "includes the manifest",
      'include = ["a.toml"]\n#- a.toml\ninclude = ["b.toml"]\n#- b.toml\ninclude = ["test.lab.toml"]\n#           ^^^^^^^^^^^^^ include-cycle',
    ],
    [
      "is in a circle of included files",
      'include = ["a.toml"]\n#- a.toml\ninclude = ["b.toml"]\n#- b.toml\ninclude = ["./a.toml"]\n#           ^^^^^^^^ include-cycle',
    ],
    ["is no TOML by its name", 'include = ["/etc/shadow"]\n#           ^^^^^^^^^^^ invalid-path'],
    ["is no path", 'include = [""]\n#          ^^ invalid-path'],
    ["is not in a list", 'include = "a.toml"\n#         ^^^^^^^^ wrong-type\n#- a.toml\n'],
  ])("because it %s", (_, marked) => check(`name = "x"\nnodes = []\n${marked}`));

  test("the related places are the way around", () => {
    const { analysis } = analyzeFiles(
      'name = "x"\nnodes = []\ninclude = ["a.toml"]\n#- a.toml\ninclude = ["b.toml"]\n#- b.toml\ninclude = ["a.toml"]\n',
    );
    const [finding] = analysis.findings;
    expect(finding?.message).toBe(
      "These files include one another: `a.toml` → `b.toml` → `a.toml`. Remove one of the includes.",
    );
    expect(finding?.related).toEqual([
      { file: "/labs/a.toml", range: { start: 12, end: 18 }, message: "`a.toml` includes this" },
    ]);
  });

  test("includes that never end are cut off", () => {
    let reads = 0;
    const readInclude = (_path: string, from: string) => {
      reads++;
      return { file: `${from}x`, text: 'include = ["more.toml"]' };
    };
    const { findings, sources } = analyzeText('name = "x"\nnodes = []\ninclude = ["more.toml"]', { readInclude });
    expect(sources).toHaveLength(17);
    expect(reads).toBe(17);
    expect(findings.map(({ code, file }) => [code, file])).toEqual([
      ["out-of-range", `/labs/test.lab.toml${"x".repeat(16)}`],
    ]);
  });

  test("a lab has no endless number of files", () => {
    const readInclude = (path: string) => ({ file: path, text: "" });
    const paths = Array.from({ length: 300 }, (_, index) => `"f${index}.toml"`);
    const { findings, sources } = analyzeText(`name = "x"\nnodes = []\ninclude = [${paths.join()}]`, { readInclude });
    expect(sources).toHaveLength(256);
    expect(findings).toHaveLength(300 - 255);
  });
});

describe("what an included file holds", () => {
  test("is not missing in the manifest", () => check(`include = ["a.toml"]\n#- a.toml\nname = "x"\n${two}`));

  test("need not be a lab", () =>
    check(`name = "x"\ninclude = ["a.toml"]\n${two}#- a.toml\n[defaults]\nmemory = 2048`));

  test("is missing where no file gives it", () => {
    check(
      'include = ["a.toml"]\n#- a.toml\n[defaults]\nmemory = 2048'.replace("inc", "| missing-key\n| missing-key\ninc"),
    );
  });

  test("is checked there, once, however often it is included", () => {
    check(`name = "x"
include = ["a.toml", "b.toml", "a.toml"]
${two}#- a.toml
include = ["c.toml"]
#- b.toml
include = ["c.toml"]
memroy = 5
^^^^^^ unknown-key
#- c.toml
[defaults]
memory = "much"
#        ^^^^^^ wrong-type
[management
^^^^^^^^^^^ toml-syntax`);
  });

  test("can be named elsewhere, nodes and groups alike", () => {
    check(`name = "x"
include = ["a.toml"]
nodes = [{ name = "c", group = "g", depends_on = ["a"] }]
links = [{ src = "c::eth1", dst = "a::eth2" }]
#- a.toml
${two}[groups.g]
model = "tiny_linux"
`);
  });

  test("can name what the manifest has", () => {
    check(`name = "x"
include = ["a.toml"]
${two}#- a.toml
bridges = [{ name = "lan", links = ["a::eth3", "c::eth3"] }]
#                                               ^ unknown-node
`);
  });

  test("clashes with the manifest in both files", () => {
    check(`name = "x"
include = ["a.toml"]
bridges = [{ name = "lan", links = ["a::eth1", "b::eth2"] }]
#                                    ^^^^^^^ port-used-twice
#- a.toml
nodes = [{ name = "a", model = "tiny_linux" }, { name = "b", model = "tiny_linux" }]
links = [{ src = "a::eth1", dst = "b::eth1" }]
#                 ^^^^^^^ port-used-twice
`);
  });

  test("has the same names for the same things; in one file a name stands once", () => {
    check(`name = "x"
include = ["a.toml"]
nodes = [{ name = "a", memory = 4096 }, { name = "a", model = "tiny_linux" }]
#                                                 ^ duplicate-node
bridges = [{ name = "lan", mtu = 9000 }, { name = "lan", mtu = 1500 }]
#                                                  ^^^ duplicate-bridge
#                                                  ^^^ bridge-with-one-port
#- a.toml
bridges = [{ name = "lan", links = ["a::eth2", "b::eth2"] }]
${two}`);
  });

  test("numbers its devices by itself", () =>
    check(`include = ["a.toml"]
id = "1e18b3bfe149"
devices = [{ id = 1, name = "a", device_model = "tiny_linux" }, { id = 2, name = "c", device_model = "tiny_linux" }]
bridges = [{ name = "x", links = ["a::eth1", "b::eth1", "c::eth1", "d::eth1"] }]
#- a.toml
devices = [{ id = 1, name = "b", device_model = "tiny_linux" }, { id = 1, name = "d", device_model = "tiny_linux" }]
#                                                                      ^ duplicate-node
`));

  test("may be of no use for this lab", () => {
    check(`name = "x"
include = ["a.toml"]
${two}[groups.here]
#       ^^^^ unused-group
#- a.toml
[groups.there]
[defaults]
startup_scripts = ["a.sh"]
`);
  });

  test("is in its own dialect", () => {
    check(`name = "x"
include = ["a.toml"]
nodes = [{ name = "a", model = "tiny_linux" }]
#- a.toml
devices = [{ id = 1, name = "b", device_model = "tiny_linux" }]
connections = [{ device_a = "a", interface_a = 0, device_b = "b", interface_b = 0 }]
links = []
^^^^^ mixed-dialects
`);
  });
});

test("a file that nobody can read makes nothing missing", () => {
  check(
    `include = ["a.toml"]
nodes = [{ name = "c", group = "g", depends_on = ["d"] }]
links = [{ src = "c::eth1", dst = "d::eth1" }]
bridges = [{ name = "lan", mtu = 9000 }]`,
    { readInclude: () => undefined },
  );
});

test("splitFiles", () => {
  expect([...splitFiles("a\n#- b/c.toml\nd\n#- e\n")]).toEqual([
    ["/labs/test.lab.toml", "a\n"],
    ["/labs/b/c.toml", "d\n"],
    ["/labs/e", ""],
  ]);
});
