import { describe, expect, test } from "vitest";
import type { Gesture } from "@labscape/topology";
import { after, afterInFiles, gestureOn } from "./gesture-on.js";
import { bridged, first, headers, lines, rows } from "./samples.js";

describe("add-node", () => {
  const gesture: Gesture = { kind: "add-node", model: "tiny_linux" };

  test.each([
    ["below the last row", rows, '" }\n]', '" },\n  { name = "host1", model = "tiny_linux" }\n]'],
    [
      "under a header, before the comment of what follows",
      headers,
      "\n\n# Cables",
      '\n\n[[nodes]]\nname = "host1"\nmodel = "tiny_linux"\n\n# Cables',
    ],
    [
      "in the first dialect, with the next number",
      first,
      'linux" },\n]',
      'linux" },\n  { id = 8, name = "host1", device_model = "tiny_linux" },\n]',
    ],
    ["into a list without rows", 'name = "x"\nnodes = []\n', "[]", '[ { name = "host1", model = "tiny_linux" } ]'],
    [
      "into a list of lines without rows",
      'name = "x"\nnodes = [ # none\n]\n',
      "none\n",
      'none\n  { name = "host1", model = "tiny_linux" },\n',
    ],
    [
      "behind rows on one line",
      'nodes = [{ name = "a" }, { name = "b" },]\n',
      '"b" },]',
      '"b" }, { name = "host1", model = "tiny_linux" },]',
    ],
  ])("%s", (_, text, from, to) => {
    expect(after(text, gesture)).toBe(text.replace(from, to));
  });

  test("into an empty file, and one without nodes", () => {
    expect(after("", gesture)).toBe('[[nodes]]\nname = "host1"\nmodel = "tiny_linux"\n');
    expect(after('name = "x"', gesture)).toBe('name = "x"\n\n[[nodes]]\nname = "host1"\nmodel = "tiny_linux"');
  });

  test("keeps line endings", () => {
    for (const text of [rows, headers, first]) {
      const crlf = text.replaceAll("\n", "\r\n");
      expect(after(crlf, gesture)).toBe(after(text, gesture).replaceAll("\n", "\r\n"));
    }
  });

  test("takes the next name of the series, a name that is given, a place and groups", () => {
    const leaves = rows.replaceAll('"b"', '"leaf09"').replace("b::", "leaf09::");
    expect(gestureOn(leaves, gesture).made.nodes).toEqual(["leaf10"]);
    expect(after(leaves, { ...gesture, name: "spine", at: { x: 10.4, y: -0.2 }, groups: ["core"] })).toBe(
      `${leaves.replace('" }\n]', '" },\n  { name = "spine", model = "tiny_linux", group = "core" }\n]')}\n[groups.core]\n\n[diagram.nodes]\nspine = { x = 10, y = 0 }\n`,
    );
  });

  test("says no model where all nodes take it over", () => {
    expect(after(`defaults = { model = "tiny_linux" }\nnodes = [{ name = "a" }]\n`, gesture)).toContain(
      '{ name = "a" }, { name = "host1" }]',
    );
  });

  test.each<[string, { model?: string; name?: string }]>([
    ["(invalid)", { model: "nothing" }],
    ["(invalid)", { name: "a b" }],
    ["(taken)", { name: "lan" }],
    ["(taken)", { name: "a" }],
  ])("%s", (code, change) => {
    expect(after(bridged, { kind: "add-node", model: "tiny_linux", ...change })).toBe(code);
  });
});

describe("add-bridge", () => {
  test("beside the other lists, or with the other bridges", () => {
    expect(after(rows, { kind: "add-bridge" })).toBe(
      `${rows}${lines("bridges = [", '  { name = "lan1", links = [] },', "]")}`,
    );
    expect(after(bridged, { kind: "add-bridge", external: "br0", at: { x: 1, y: 2 } })).toBe(
      `${bridged.replace(" }]\n", " }]\n").replace('eth2"] }]', 'eth2"] }, { name = "br0", external = "br0", links = [] }]')}\n[diagram.bridges]\nbr0 = { x = 1, y = 2 }\n`,
    );
    expect(after(headers, { kind: "add-bridge", name: "wan" })).toBe(
      `${headers}\n[[bridges]]\nname = "wan"\nlinks = []\n`,
    );
  });
});

describe("set-external", () => {
  const toBr0: Gesture = { kind: "set-external", bridge: "lan", external: "br0" };
  const own: Gesture = { kind: "set-external", bridge: "lan" };
  const header = `${rows}\n[[bridges]]\n# the office\nname = "lan"\nlinks = ["a::eth2"] # one\n`;

  test.each([
    ["joins a network of the host", bridged, toBr0, 'b::eth2"] }', 'b::eth2"], external = "br0" }'],
    [
      "changes to another one",
      bridged.replace('"lan", links', `"lan", external = 'br9', links`),
      toBr0,
      "external = 'br9'",
      'external = "br0"',
    ],
    [
      "becomes the lab's own again",
      bridged.replace('"lan", links', `"lan", external = 'br9', links`),
      own,
      "external = 'br9', ",
      "",
    ],
    ["in a section", header, toBr0, "# one\n", '# one\nexternal = "br0"\n'],
    ["out of a section", `${header}external = "br0"\n`, own, 'external = "br0"\n', ""],
    ["half typed", `${header}external =\n`, toBr0, "external =\n", 'external = "br0"\n'],
  ])("%s", (_, text, gesture, from, to) => {
    const at = text.lastIndexOf(from);
    expect(after(text, gesture)).toBe(text.slice(0, at) + to + text.slice(at + from.length));
  });

  test("changes nothing when it is so already", () => {
    expect(after(bridged, own)).toBe(bridged);
    const joined = after(bridged, toBr0);
    expect(after(joined, toBr0)).toBe(joined);
  });

  test("where it is written, in an included file too", () => {
    const text = `include = ["common.toml"]\nbridges = [{ name = "lan" }]\n#- common.toml\nbridges = [{ name = "lan", external = "br9" }]\n`;
    expect(afterInFiles(text, toBr0)).toBe(text.replace("br9", "br0"));
    expect(afterInFiles(text, own)).toBe(text.replace(', external = "br9"', ""));
  });

  test.each(["", "br 0", "a/b", "eth0:1", "..", "sixteen-letters-", "brü"])(
    "is no bridge of a host: %j",
    (external) => {
      expect(after(bridged, { kind: "set-external", bridge: "lan", external })).toBe("(invalid)");
      expect(after(bridged, { kind: "add-bridge", external })).toBe("(invalid)");
    },
  );

  test("of what is not there", () => {
    expect(after(bridged, { kind: "set-external", bridge: "zed" })).toBe("(not-found)");
  });
});

describe("add-link", () => {
  const gesture: Gesture = { kind: "add-link", from: { node: "a" }, to: { node: "b" } };

  test("takes the first free ports", () => {
    expect(after(bridged, gesture)).toBe(bridged.replace('eth1" }]', 'eth1" }, { src = "a::eth3", dst = "b::eth3" }]'));
    expect(gestureOn(bridged, gesture).made.links).toEqual(["a::eth3 b::eth3"]);
    expect(after(headers, gesture)).toBe(`${headers}\n[[links]]\nsrc = "a::eth2"\ndst = "b::eth2"\n`);
    expect(after(first, gesture)).toBe(
      first.replace("= 0 },\n", '= 0 },\n  { device_a = "a", interface_a = 1, device_b = "b", interface_b = 1 },\n'),
    );
  });

  test("takes the ports that are named", () => {
    expect(after(rows, { kind: "add-link", from: { node: "b", port: "eth7" }, to: { node: "a" } })).toContain(
      '{ src = "b::eth7", dst = "a::eth2" }',
    );
  });

  test("to a bridge, from either side", () => {
    expect(after(bridged, { kind: "add-link", from: { node: "a" }, to: { bridge: "lan" } })).toBe(
      bridged.replace('"b::eth2"]', '"b::eth2", "a::eth3"]'),
    );
    const empty = rows.replace("links =", 'bridges = [{ name = "lan" }]\nlinks =');
    expect(after(empty, { kind: "add-link", from: { bridge: "lan" }, to: { node: "a" } })).toBe(
      empty.replace('"lan" }', '"lan", links = ["a::eth2"] }'),
    );
    expect(gestureOn(empty, { kind: "add-link", from: { bridge: "lan" }, to: { node: "a" } }).made.links).toEqual([
      "a::eth2 lan",
    ]);
  });

  test.each<[string, Gesture]>([
    ["(invalid)", { kind: "add-link", from: { node: "a" }, to: { node: "a" } }],
    ["(invalid)", { kind: "add-link", from: { bridge: "lan" }, to: { bridge: "lan" } }],
    ["(invalid)", { kind: "add-link", from: { node: "a", port: "eth0" }, to: { node: "b" } }],
    ["(taken)", { kind: "add-link", from: { node: "a", port: "eth2" }, to: { node: "b" } }],
    ["(not-found)", { kind: "add-link", from: { node: "a" }, to: { node: "zed" } }],
    ["(not-found)", { kind: "add-link", from: { node: "a" }, to: { bridge: "zed" } }],
  ])("%s", (code, wrong) => {
    expect(after(bridged, wrong)).toBe(code);
  });

  test("needs a free port and a known model", () => {
    const full = rows.replace('"a", model', '"a", data_interface_count = 1, model');
    expect(after(full, gesture)).toBe("(no-free-port)");
    expect(after(rows.replace('"b", model = "tiny_linux"', '"b", model = "tiny"'), gesture)).toBe("(invalid)");
  });
});

describe("set-port", () => {
  test.each([
    ["a name", rows, "a::eth1 b::eth1", 'dst = "b::eth1"', 'dst = "b::eth4"'],
    ["a number", first, "a::eth1 b::eth1", "interface_b = 0", "interface_b = 3"],
    ["what is not written yet", rows.replace("b::eth1", "b"), "a::eth1 b::", 'dst = "b"', 'dst = "b::eth4"'],
    [
      "a missing key",
      first.replace(", interface_b = 0", ""),
      "a::eth1 b::",
      '"b" },\n]\n',
      '"b", interface_b = 3 },\n]\n',
    ],
  ])("%s", (_, text, link, from, to) => {
    const at = text.lastIndexOf(from);
    const expected = text.slice(0, at) + to + text.slice(at + from.length);
    expect(after(text, { kind: "set-port", link, end: "dst", port: "eth4" })).toBe(expected);
  });

  test("at a bridge", () => {
    expect(after(bridged, { kind: "set-port", link: "a::eth2 lan", end: "src", port: "eth9" })).toBe(
      bridged.replace("a::eth2", "a::eth9"),
    );
  });

  test("not where another cable is, and back to where it was", () => {
    const gesture: Gesture = { kind: "set-port", link: "a::eth1 b::eth1", end: "src", port: "eth2" };
    expect(after(bridged, gesture)).toBe("(taken)");
    expect(after(bridged, { ...gesture, port: "eth1" })).toBe(bridged);
    expect(after(bridged, { ...gesture, link: "a::eth1 zed" })).toBe("(not-found)");
  });
});
