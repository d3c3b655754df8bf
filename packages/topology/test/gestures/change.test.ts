import { describe, expect, test } from "vitest";
import type { Gesture } from "@labscape/topology";
import { after, afterInFiles, gestureOn } from "./gesture-on.js";
import { bridged, first, headers, lines, rows } from "./samples.js";

describe("move", () => {
  const to = (x: number, y: number): Gesture => ({ kind: "move", nodes: { a: { x, y } } });

  test.each([
    ["with nothing saved", "", "\n[diagram.nodes]\na = { x = 5, y = -6 }\n"],
    [
      "beside others",
      "[diagram.nodes]\n  b = { x = 1, y = 2 } # here\n",
      "[diagram.nodes]\n  b = { x = 1, y = 2 } # here\n  a = { x = 5, y = -6 }\n",
    ],
    ["again", "[diagram.nodes]\na = {x=1,y=2}\n", "[diagram.nodes]\na = {x=5,y=-6}\n"],
    ["with a table of its own", "[diagram.nodes.a]\ny = 1 # y\n", "[diagram.nodes.a]\ny = -6 # y\nx = 5\n"],
    [
      "beside a table of its own",
      "[diagram.nodes.b]\nx = 1\ny = 1\n",
      "[diagram.nodes.b]\nx = 1\ny = 1\n\n[diagram.nodes]\na = { x = 5, y = -6 }\n",
    ],
    [
      "in one value",
      "[diagram]\nnodes = { b = { x = 1, y = 2 } }\n",
      "[diagram]\nnodes = { b = { x = 1, y = 2 }, a = { x = 5, y = -6 } }\n",
    ],
    [
      "in one value for all",
      'diagram = { direction = "TB" }\n',
      'diagram = { direction = "TB", nodes = { a = { x = 5, y = -6 } } }\n',
    ],
    [
      "with dotted keys",
      "diagram.nodes.b.x = 1\ndiagram.nodes.b.y = 1\n",
      "diagram.nodes.b.x = 1\ndiagram.nodes.b.y = 1\ndiagram.nodes.a = { x = 5, y = -6 }\n",
    ],
    ["half of it dotted", "[diagram]\nnodes.a.x = 1\n", "[diagram]\nnodes.a.x = 5\nnodes.a.y = -6\n"],
    [
      "under the header of the diagram",
      '[diagram]\ndirection = "TB"\n\n[host]\n',
      '[diagram]\ndirection = "TB"\n\n[diagram.nodes]\na = { x = 5, y = -6 }\n\n[host]\n',
    ],
    [
      "within dotted keys of a value",
      "diagram = { nodes.b.x = 1, nodes.b.y = 2 }\n",
      "diagram = { nodes.b.x = 1, nodes.b.y = 2, nodes.a = { x = 5, y = -6 } }\n",
    ],
  ])("%s", (_, before, expected) => {
    expect(after(rows + before, to(5.2, -6.4))).toBe(rows + expected);
  });

  test("several at once, bridges and notes too", () => {
    const text = `${bridged}\n[[diagram.notes]]\ntext = "hi"\nx = 0\ny = 0\n`;
    expect(
      after(text, {
        kind: "move",
        nodes: { a: { x: 1, y: 1 }, b: { x: 2, y: 2 } },
        bridges: { lan: { x: 3, y: 3 } },
        notes: { 0: { x: 4, y: 4 } },
      }),
    ).toBe(
      `${text.replace("x = 0\ny = 0", "x = 4\ny = 4")}\n[diagram.nodes]\na = { x = 1, y = 1 }\nb = { x = 2, y = 2 }\n\n[diagram.bridges]\nlan = { x = 3, y = 3 }\n`,
    );
  });

  test("nowhere, or of nothing", () => {
    expect(after(rows, to(Number.NaN, 0))).toBe("(invalid)");
    expect(after(rows, { kind: "move", nodes: { zed: { x: 0, y: 0 } } })).toBe("(not-found)");
    expect(after(rows, to(5, -6))).not.toBe(rows);
    const saved = after(rows, to(5, -6));
    expect(after(saved, to(5, -6))).toBe(saved);
  });

  test("is written where it is saved already", () => {
    const text = `${rows}include = ["common.toml"]\n#- common.toml\n[diagram.nodes]\na = { x = 1, y = 1 }\n`;
    expect(afterInFiles(text, { kind: "move", nodes: { a: { x: 5, y: 6 }, b: { x: 7, y: 8 } } })).toBe(
      text
        .replace("x = 1, y = 1", "x = 5, y = 6")
        .replace("#- common", "\n[diagram.nodes]\nb = { x = 7, y = 8 }\n#- common"),
    );
  });
});

describe("rename", () => {
  test("everywhere, with the saved position", () => {
    const text = `${bridged}[diagram.nodes]\na = { x = 1, y = 1 }\n`;
    expect(after(text, { kind: "rename", node: "a", to: "r1" })).toBe(
      text
        .replace('"a"', '"r1"')
        .replaceAll("a::", "r1::")
        .replace("a =", "r1 =")
        .replace('nr1me = "x"', 'name = "x"')
        .replace("nr1me", "name"),
    );
    expect(after(text, { kind: "rename", bridge: "lan", to: "wan" })).toBe(text.replace("lan", "wan"));
  });

  test.each<[string, Gesture]>([
    ["(taken)", { kind: "rename", node: "a", to: "b" }],
    ["(invalid)", { kind: "rename", node: "a", to: "-" }],
    ["(not-found)", { kind: "rename", node: "zed", to: "c" }],
  ])("%s", (code, gesture) => {
    expect(after(rows, gesture)).toBe(code);
  });
});

describe("delete", () => {
  test("a row takes its line and what speaks of it", () => {
    expect(
      after(`${bridged}\n[diagram.nodes]\na = { x = 1, y = 1 }\nb = { x = 1, y = 1 }\n`, {
        kind: "delete",
        nodes: ["a"],
      }),
    ).toBe(
      `${lines('name = "x"', "nodes = [", '  { name = "b", model = "tiny_linux" }', "]", "links = []", 'bridges = [{ name = "lan", links = ["b::eth2"] }]')}\n[diagram.nodes]\nb = { x = 1, y = 1 }\n`,
    );
  });

  test("a section takes its tables and its empty line; the comment above what follows stays", () => {
    expect(after(headers, { kind: "delete", nodes: ["a"] })).toBe(
      lines('name = "x"', "", "# The second", "[[nodes]]", 'name = "b"', 'model = "tiny_linux"', "", "# Cables"),
    );
    expect(after(headers, { kind: "delete", nodes: ["b"] })).toBe(
      lines(
        'name = "x"',
        "",
        "[[nodes]]",
        'name = "a"',
        'model = "tiny_linux"',
        "# its size",
        "memory = 256",
        "[nodes.interfaces]",
        "eth1.mtu = 9000",
        "",
        "# The second",
        "",
        "# Cables",
      ),
    );
  });

  test("a cable, from a bridge too, a bridge, a note", () => {
    expect(after(bridged, { kind: "delete", links: ["a::eth1 b::eth1", "b::eth2 lan"] })).toBe(
      bridged.replace('{ src = "a::eth1", dst = "b::eth1" }', "").replace(', "b::eth2"', ""),
    );
    expect(after(bridged, { kind: "delete", bridges: ["lan"] })).toBe(`${rows}bridges = []\n`);
    const notes = 'diagram.notes = [{ text = "1", x = 0, y = 0 }, { text = "2", x = 0, y = 0 }]\n';
    expect(after(notes, { kind: "delete", notes: [0] })).toBe('diagram.notes = [{ text = "2", x = 0, y = 0 }]\n');
  });

  test("nobody waits for what is gone", () => {
    const text = rows.replace('"b", model', '"b", depends_on = ["a"], model');
    expect(after(text, { kind: "delete", nodes: ["a"] })).toContain('{ name = "b", depends_on = [], model');
  });

  test("of what is not there", () => {
    expect(after(rows, { kind: "delete", nodes: ["zed"] })).toBe("(not-found)");
    expect(after(rows, { kind: "delete", links: ["zed"] })).toBe("(not-found)");
  });

  test("in every file that speaks of it", () => {
    const text = `${rows}include = ["common.toml"]\n#- common.toml\nnodes = [{ name = "a", memory = 512 }, { name = "c", model = "blank" }]\n`;
    expect(afterInFiles(text, { kind: "delete", nodes: ["a"] })).toBe(
      `${lines('name = "x"', "nodes = [", '  { name = "b", model = "tiny_linux" }', "]", "links = []", 'include = ["common.toml"]')}#- common.toml\nnodes = [{ name = "c", model = "blank" }]\n`,
    );
  });
});

describe("duplicate", () => {
  test("with the cables among them, without addresses, at a distance", () => {
    const text = `${rows.replace('"b", model', '"b", interfaces = { eth1 = { ipv4 = "10.0.0.1/24", mtu = 9000 }, eth2.mac = "52:54:00:00:00:01" }, model')}
[diagram.nodes]
a = { x = 1, y = 2 }
`;
    const { text: result, made } = gestureOn(text, { kind: "duplicate", nodes: ["a", "b"], by: { x: 10, y: 20 } });
    expect(made).toMatchObject({ nodes: ["a2", "b2"], links: ["a2::eth1 b2::eth1"] });
    expect(result).toBe(
      `${text
        .replace(
          '"tiny_linux" }\n]',
          '"tiny_linux" },\n  { name = "a2", model = "tiny_linux" },\n  { name = "b2", interfaces = { eth1 = { mtu = 9000 } }, model = "tiny_linux" }\n]',
        )
        .replace('b::eth1" }]', 'b::eth1" }, { src = "a2::eth1", dst = "b2::eth1" }]')}a2 = { x = 11, y = 22 }\n`,
    );
  });

  test("of sections, with their tables", () => {
    expect(after(headers, { kind: "duplicate", nodes: ["a"], by: { x: 0, y: 0 } })).toBe(
      headers.replace(
        "\n# Cables",
        lines(
          "",
          "[[nodes]]",
          'name = "a2"',
          'model = "tiny_linux"',
          "# its size",
          "memory = 256",
          "[nodes.interfaces]",
          "eth1.mtu = 9000",
          "",
          "# Cables",
        ).trimEnd(),
      ),
    );
  });

  test("in the first dialect each has a number of its own", () => {
    const { text } = gestureOn(first, { kind: "duplicate", nodes: ["a", "b"], by: { x: 0, y: 0 } });
    expect(text).toContain('{ id = 8, name = "a2", device_model');
    expect(text).toContain('{ id = 9, name = "b2", device_model');
    expect(text).toContain('{ device_a = "a2", interface_a = 0, device_b = "b2", interface_b = 0 },');
  });
});

describe("set-note", () => {
  test("a new one, another, and a change", () => {
    const one = after(rows, { kind: "set-note", text: 'a "b"\nc', at: { x: 1, y: 2 } });
    expect(one).toBe(`${rows}\n[[diagram.notes]]\ntext = "a \\"b\\"\\nc"\nx = 1\ny = 2\n`);
    const two = after(one, { kind: "set-note", text: "d", at: { x: 3, y: 4 } });
    expect(two).toBe(`${one}\n[[diagram.notes]]\ntext = "d"\nx = 3\ny = 4\n`);
    expect(after(two, { kind: "set-note", note: 1, text: "e" })).toBe(two.replace('"d"', '"e"'));
    expect(gestureOn(one, { kind: "set-note", text: "d", at: { x: 3, y: 4 } }).made.notes).toEqual([1]);
  });

  test("in a list of one line", () => {
    const text = 'diagram = { notes = [{ text = "1", x = 0, y = 0 }] }\n';
    expect(after(text, { kind: "set-note", text: "2", at: { x: 1, y: 1 } })).toBe(
      'diagram = { notes = [{ text = "1", x = 0, y = 0 }, { text = "2", x = 1, y = 1 }] }\n',
    );
  });

  test.each<[string, Gesture]>([
    ["(invalid)", { kind: "set-note", text: " ", at: { x: 0, y: 0 } }],
    ["(invalid)", { kind: "set-note", text: "x" }],
    ["(not-found)", { kind: "set-note", note: 3, text: "x" }],
  ])("%s", (code, gesture) => {
    expect(after(rows, gesture)).toBe(code);
  });
});

describe("set-groups", () => {
  test.each([
    ["from none", '"a"', ["core"], '"a", group = "core"'],
    ["to several", '"a"', ["core", "x"], '"a", groups = ["core", "x"]'],
    ["from another", '"a", group = "old"', ["core"], '"a", group = "core"'],
    ["out of all", '"a", group = "old", groups = ["x"]', [], '"a"'],
    ["from a list", '"a", groups = ["old"]', ["core"], '"a", groups = ["core"]'],
    ["to one of two", '"a", group = "old", groups = ["x"]', ["x"], '"a", group = "x"'],
  ])("%s", (_, before, groups, expected) => {
    const text = `${rows.replace('"a", model = "tiny_linux"', `${before}, model = "tiny_linux"`)}groups = { core = {}, x = {}, old = {} }\n`;
    expect(after(text, { kind: "set-groups", nodes: ["a"], groups })).toBe(
      text
        .replace(`${before}, model`, `${expected}, model`)
        .replace(`${expected}, model = "tiny_linux"`, move(expected)),
    );

    /** A new key stands behind the others. */
    function move(keys: string): string {
      const added = keys.slice('"a"'.length);
      return before === '"a"' ? `"a", model = "tiny_linux"${added}` : `${keys}, model = "tiny_linux"`;
    }
  });

  test("makes the group", () => {
    expect(after(headers, { kind: "set-groups", nodes: ["b"], groups: ["leaf"] })).toBe(
      `${headers.replace('"b"\nmodel = "tiny_linux"\n', '"b"\nmodel = "tiny_linux"\ngroup = "leaf"\n')}\n[groups.leaf]\n`,
    );
    expect(after(rows, { kind: "set-groups", nodes: ["b"], groups: ["a b"] })).toBe("(invalid)");
  });
});

describe("regroup", () => {
  const groups = "groups = { core = {}, x = {}, old = {} }\n";
  const saved = "\n[diagram.nodes]\na = { x = 1, y = 2 }\n";
  const row = (keys: string) => `${rows.replace('"tiny_linux" }, #', `"tiny_linux"${keys} }, #`)}${groups}`;

  test.each([
    ["into a group", "", "core", ', group = "core"'],
    ["from one into another", ', group = "old"', "core", ', group = "core"'],
    ["out of its only one", ', group = "old"', undefined, ""],
    ["its other groups stay", ', groups = ["old", "x"]', "core", ', groups = ["core", "x"]'],
    ["out of the first of several", ', groups = ["old", "x"]', undefined, ', groups = ["x"]'],
    ["into one that it has behind", ', groups = ["old", "x"]', "x", ', groups = ["x"]'],
  ])("%s", (_, before, group, expected) => {
    const gesture: Gesture = {
      kind: "regroup",
      nodes: { a: { x: 1, y: 2 } },
      ...(group === undefined ? {} : { group }),
    };
    expect(after(row(before), gesture)).toBe(row(expected) + saved);
  });

  test("several, each with its own other groups", () => {
    const text = row(', groups = ["old", "x"]').replace('"tiny_linux" }\n', '"tiny_linux", group = "old" }\n');
    expect(after(text, { kind: "regroup", nodes: { a: { x: 1, y: 2 }, b: { x: 3, y: 4 } }, group: "core" })).toBe(
      `${text.replace('["old", "x"]', '["core", "x"]').replace('group = "old"', 'group = "core"')}${saved}b = { x = 3, y = 4 }\n`,
    );
  });

  test("of what is not there", () => {
    expect(after(rows, { kind: "regroup", nodes: { zed: { x: 0, y: 0 } } })).toBe("(not-found)");
  });
});

describe("clear-positions", () => {
  test.each([
    ["\n[diagram.nodes]\na = { x = 1, y = 1 }\n\n[diagram.bridges.lan]\nx = 1\n", ""],
    ['\n[diagram]\ndirection = "TB"\nnodes.a.x = 1\nnodes.a.y = 1\nbridges = {}\n', '\n[diagram]\ndirection = "TB"\n'],
    ['diagram = { nodes = {}, direction = "TB" }\n', 'diagram = { direction = "TB" }\n'],
  ])("%j", (before, expected) => {
    expect(after(bridged + before, { kind: "clear-positions" })).toBe(bridged + expected);
  });
});

describe("half-typed text", () => {
  test("elsewhere is no hindrance", () => {
    const broken = headers.replace("[[links]]", '[[links]]\nlabel = "co');
    expect(after(broken, { kind: "add-node", model: "tiny_linux" })).toContain('name = "host1"');
    expect(after(broken, { kind: "move", nodes: { a: { x: 1, y: 1 } } })).toBe(
      `${broken}\n[diagram.nodes]\na = { x = 1, y = 1 }\n`,
    );
  });

  test("where the change would go is", () => {
    expect(
      after('nodes = [\n  { name = "a", model = "tiny_linux" },\n', { kind: "add-node", model: "tiny_linux" }),
    ).toBe("(unreadable)");
    expect(after("nodes =\n", { kind: "add-node", model: "tiny_linux" })).toBe("(unreadable)");
  });
});
