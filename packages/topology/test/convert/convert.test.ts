import { describe, expect, test } from "vitest";
import { codeActions, convertDialect, type Dialect } from "@labscape/topology";
import { analyzeText, FILE } from "../support/analyze.js";
import { applyEdits } from "../support/features.js";
import { analyzeFiles } from "../support/files.js";
import { withoutPlaces } from "./lab-of.js";
import { samples } from "../samples/index.js";

/** The text after its conversion; the refusal, with the characters that it is about, where there is one. */
function converted(text: string, to: Dialect): string {
  const result = convertDialect(analyzeText(text), to);
  if ("edits" in result) return applyEdits(text, result.edits);
  return result.problems.map(({ range, message }) => `${text.slice(range.start, range.end)}: ${message}`).join("\n");
}

const first = `id = "1e18b3bfe149" # the lab

[[devices]] # switches
id = 1
name = "dev1"
device_model = "nvidia_cumulus"
interfaces.0.ipv4 = "10.0.0.1/31"
interfaces.0.mtu = 9000

[devices.interfaces.1]
mtu = 1400

# the second
[[devices]]
id = 2 # two
name = 'dev2'
device_model = "juniper_vrouter"

[[connections]]
device_a = "dev1"
interface_a = 0 # up
device_b = 'dev2'
interface_b = 2
label = "core"

[connections.impairment]
delay = 5
`;
const current = `name = "1e18b3bfe149" # the lab

[[nodes]] # switches
name = "dev1"
model = "nvidia_cumulus"
interfaces.swp1.ipv4 = "10.0.0.1/31"
interfaces.swp1.mtu = 9000

[nodes.interfaces.swp2]
mtu = 1400

# the second
[[nodes]]
# two
name = 'dev2'
model = "juniper_vrouter"

[[links]]
src = "dev1::swp1" # up
dst = 'dev2::ge-0/0/2'
label = "core"

[links.impairment]
delay = 5
`;

describe("headers", () => {
  test("to the current dialect: comments, order and layout stay", () => {
    expect(converted(first, "current")).toBe(current);
  });
  test("and back; only the comment of a number that is its position has moved", () => {
    expect(converted(current, "first")).toBe(first.replace("id = 2 # two\n", "id = 2\n# two\n"));
  });
  test("line breaks stay CR LF", () => {
    expect(converted(first.replaceAll("\n", "\r\n"), "current")).toBe(current.replaceAll("\n", "\r\n"));
    const back = converted(current.replaceAll("\n", "\r\n"), "first");
    expect(back.replaceAll("\r\n", "")).not.toContain("\n");
  });
  test.each(["\n", "\r\n"])("a last line that goes away takes the line break before it along (%j)", (lineBreak) => {
    const written = (lines: readonly string[]) => lines.join(lineBreak);
    const node = ["[[devices]]", 'name = "a"', 'device_model = "tiny_linux"'];
    const text = written([...node, "[[connections]]", 'device_a = "a"', 'label = "x"', "interface_a = 0"]);
    const expected = ["[[nodes]]", 'name = "a"', 'model = "tiny_linux"', "[[links]]", 'src = "a::eth1"', 'label = "x"'];
    expect(converted(text, "current")).toBe(written(expected));
  });
  test("indented statements keep their indentation", () => {
    const text = '[[nodes]]\n  name = "a"\n  model = "tiny_linux"\n[[links]]\n  src = "a::eth1"\n';
    const expected =
      '[[devices]]\n  id = 1\n  name = "a"\n  device_model = "tiny_linux"\n[[connections]]\n  device_a = "a"\n  interface_a = 0\n';
    expect(converted(text, "first")).toBe(expected);
    expect(converted(expected, "current")).toBe(text);
  });
});

describe("rows", () => {
  test("the samples of both dialects, there and back", () => {
    expect(converted(samples.firstDialect, "current")).toBe(
      samples.currentDialect.replace("two-switches", "1e18b3bfe149"),
    );
    for (const sample of Object.values(samples)) {
      const there = analyzeText(sample).dialect === "current" ? "first" : "current";
      const back = there === "current" ? "first" : "current";
      expect(converted(converted(sample, there), back)).toBe(sample);
    }
  });

  const devices = `devices = [{ name = "a", device_model = "tiny_linux" }, { name = "b", device_model = "tiny_linux" }]\n`;
  const nodes = devices.replace("devices", "nodes").replaceAll("device_model", "model");
  test.each([
    [
      "keys in any order",
      '{ label = "x", interface_b = 1, device_a = "a", device_b = "b", mtu = 1500, interface_a = 0 }',
      '{ label = "x", src = "a::eth1", dst = "b::eth2", mtu = 1500 }',
    ],
    [
      "keys that stand apart at the end",
      '{ device_a = "a", device_b = "b", interface_a = 0, interface_b = 1 }',
      '{ src = "a::eth1", dst = "b::eth2" }',
    ],
    [
      "several lines with comments",
      '{\n  device_a = "a", # one\n  interface_a = 0, # first port\n  device_b = "b",\n  interface_b = 1,\n}',
      '{\n  src = "a::eth1", # one\n  # first port\n  dst = "b::eth2",\n}',
    ],
    [
      "no blanks around equals signs",
      "{device_a='a', interface_a=0, device_b='b', interface_b=1}",
      "{src='a::eth1', dst='b::eth2'}",
    ],
  ])("%s", (_, row, expected) => {
    expect(converted(`${devices}connections = [${row}]`, "current")).toBe(`${nodes}links = [${expected}]`);
  });

  test("one key a line stays one key a line", () => {
    const text =
      'nodes = [\n  {\n    name = "a",\n    model = "tiny_linux",\n  },\n]\nlinks = [{\n  src = "a::eth1",\n}]\n';
    const expected =
      'devices = [\n  {\n    id = 1,\n    name = "a",\n    device_model = "tiny_linux",\n  },\n]\nconnections = [{\n  device_a = "a",\n  interface_a = 0,\n}]\n';
    expect(converted(text, "first")).toBe(expected);
    expect(converted(expected, "current")).toBe(text);
  });

  test("another name of a port becomes the canonical one on the way", () => {
    const text = 'name = "x"\nnodes = [{ name = "r", model = "cisco_iosv" }]\nlinks = [{ src = "r::Gi0/2" }]';
    expect(converted(converted(text, "first"), "current")).toBe(text.replace("Gi0/2", "gig0/2"));
  });
});

describe("identity and numbers", () => {
  test.each([
    ["an id becomes the name", 'id = "1e18b3bfe149"\ndevices = []', 'name = "1e18b3bfe149"\nnodes = []'],
    [
      "an id beside a name stays as a comment",
      'id = "1e18b3bfe149"\nname = "quarry"\ndevices = []',
      '# id = "1e18b3bfe149"\nname = "quarry"\nnodes = []',
    ],
  ])("%s", (_, text, expected) => {
    expect(converted(text, "current")).toBe(expected);
  });

  test("a name that is no id stays a name", () => {
    expect(converted('name = "quarry"\nnodes = []', "first")).toBe('name = "quarry"\ndevices = []');
  });

  test("nothing to convert is no edit", () => {
    expect(convertDialect(analyzeText(current), "current")).toEqual({ edits: [] });
    expect(convertDialect(analyzeText(first), "first")).toEqual({ edits: [] });
  });
});

describe("a file that mixes the dialects becomes one of its own", () => {
  test.each<[string, Dialect, string, string]>([
    [
      "current",
      "current",
      'name = "x"\nnodes = [{ name = "a", device_model = "tiny_linux", id = 1 }]\nconnections = [{ device_a = "a", interface_a = 0 }]',
      'name = "x"\nnodes = [{ name = "a", model = "tiny_linux" }]\nlinks = [{ src = "a::eth1" }]',
    ],
    [
      "first, without numbers where there were none",
      "first",
      'id = "1e18b3bfe149"\ndevices = [{ name = "a", model = "tiny_linux" }]\n[[links]]\nsrc = "a::eth1"',
      'id = "1e18b3bfe149"\ndevices = [{ name = "a", device_model = "tiny_linux" }]\n[[connections]]\ndevice_a = "a"\ninterface_a = 0',
    ],
    [
      "two lists of nodes, one behind the other",
      "current",
      '[[nodes]]\nname = "a"\n[[devices]]\nid = 2\nname = "b"\n',
      '[[nodes]]\nname = "a"\n[[nodes]]\nname = "b"\n',
    ],
  ])("%s", (_, to, text, expected) => {
    expect(converted(text, to)).toBe(expected);
    expect(analyzeText(expected).findings.filter(({ code }) => code === "mixed-dialects")).toEqual([]);
  });
});

describe("ports in what several nodes take over", () => {
  const nodes = (a: string, b: string) =>
    `devices = [{ name = "a", device_model = "${a}" }, { name = "b", device_model = "${b}" }]\n`;

  test("a number that means one name on all of them becomes it", () => {
    const text = `${nodes("tiny_linux", "debian_linux")}[defaults.interfaces.1]\nmtu = 9000\n`;
    expect(converted(text, "current")).toContain("[defaults.interfaces.eth2]");
  });

  test("a name that only some of them know stays a name", () => {
    const text = `nodes = [{ name = "a", model = "tiny_linux" }, { name = "b", model = "nvidia_cumulus" }]\n[defaults]\ninterfaces.eth2.mtu = 9000\n`;
    expect(converted(text, "first")).toContain("interfaces.eth2.mtu");
  });

  test("two names of one port stay names", () => {
    const text = 'nodes = [{ name = "a", model = "nvidia_cumulus", interfaces = { swp1.mtu = 9000, SWP1.mac = "x" } }]';
    expect(converted(text, "first")).toContain("{ swp1.mtu = 9000, SWP1.mac");
  });

  test("a name that needs quotes gets them", () => {
    const text = `${nodes("juniper_vrouter", "juniper_vrouter")}groups.g.interfaces = { 0.mtu = 9000 }\n`.replace(
      '{ name = "a"',
      '{ name = "a", group = "g"',
    );
    expect(converted(text, "current")).toContain('{ "ge-0/0/0".mtu = 9000 }');
  });
});

describe("what has no sure counterpart is refused, at its place", () => {
  const devices =
    'devices = [{ name = "a", device_model = "tiny_linux" }, { name = "b", device_model = "nonsense" }]\n';
  const nodes = devices.replace("devices", "nodes").replaceAll("device_model", "model");
  test.each<[string, Dialect, string, readonly string[]]>([
    ["an unknown node", "first", `${nodes}links = [{ src = "z::eth1" }]`, ["z::eth1"]],
    ["an unknown model", "first", `${nodes}links = [{ src = "b::eth1" }]`, ["b::eth1"]],
    ["an unknown port", "first", `${nodes}links = [{ src = "a::none" }]`, ["a::none"]],
    [
      "no port of a link",
      "first",
      'nodes = [{ name = "a", model = "nvidia_cumulus" }]\nlinks = [{ src = "a::eth0" }]',
      ["a::eth0"],
    ],
    ["half an endpoint", "first", `${nodes}links = [{ src = "a" }]`, ['"a"']],
    ["each one that is in the way", "first", `${nodes}links = [{ src = "z::x", dst = 5 }]`, ["z::x", "5"]],
    ["a number without a device", "current", `${devices}connections = [{ interface_a = 0 }]`, ["interface_a"]],
    ["a device without a number", "current", `${devices}connections = [{ device_a = "a" }]`, ["device_a"]],
    [
      "a port that the device does not have",
      "current",
      `${devices}connections = [{ device_a = "a", interface_a = 500 }]`,
      ["500"],
    ],
    [
      "a text in the place of a number",
      "current",
      `${devices}connections = [{ device_a = "a", interface_a = "0" }]`,
      ['"0"'],
    ],
    [
      "an end that is given twice",
      "current",
      `${devices}connections = [{ src = "a::eth1", device_a = "a", interface_a = 1 }]`,
      ["device_a"],
    ],
    ["a number that is no position", "current", 'devices = [{ id = 7, name = "a" }]', ["7"]],
    ["two models", "current", 'nodes = [{ model = "tiny_linux", device_model = "tiny_linux" }]', ["device_model"]],
    ["two lists of nodes", "current", "nodes = []\ndevices = []", ["devices"]],
    ["two lists in the wrong order", "current", '[[devices]]\nname = "b"\n[[nodes]]\nname = "a"\n', ["devices"]],
    [
      "a number with several names",
      "current",
      `${devices.replace("nonsense", "nvidia_cumulus")}[defaults.interfaces.0]\nmtu = 9000`,
      ["0"],
    ],
    [
      "a number beside the name of the same port",
      "current",
      'devices = [{ name = "a", device_model = "nvidia_cumulus", interfaces = { 0.mtu = 9000, swp1.mac = "x" } }]',
      ["0"],
    ],
    ["a number that nobody uses", "current", `${devices}[groups.g.interfaces.0]\nmtu = 9000`, ["0"]],
    [
      "a number that is a port in the first dialect only",
      "first",
      'nodes = [{ name = "a", model = "tiny_linux", interfaces.0.mtu = 9000 }]',
      ["0"],
    ],
    ["broken text", "current", "devices = [{ name = }]\nnodes", ["=", "nodes"]],
    ["a key that is given twice", "current", "devices = []\ndevices = []", ["devices"]],
  ])("%s", (_, to, text, places) => {
    const result = convertDialect(analyzeText(text), to);
    if ("edits" in result) throw new Error(`converted to ${applyEdits(text, result.edits)}`);
    expect(result.problems.map(({ range }) => text.slice(range.start, range.end))).toEqual(places);
    for (const { message } of result.problems) expect(message).toMatch(/^[^\n]{20,200}\.$/);
  });
});

test("half-typed manifests are converted or refused, whatever they are", () => {
  for (const sample of Object.values(samples))
    for (let length = 0; length < sample.length; length += 5)
      for (const to of ["current", "first"] as const) {
        const text = sample.slice(0, length);
        const result = convertDialect(analyzeText(text), to);
        const ranges = "edits" in result ? result.edits : result.problems;
        for (const { range } of ranges) expect(range.start <= range.end && range.end <= text.length).toBe(true);
      }
});

describe("a lab of several files", () => {
  const common = 'nodes = [{ name = "a", model = "tiny_linux" }]\n[groups.g.interfaces.eth2]\nmtu = 9000\n';
  const lab = (manifest: string) => `${manifest}\n#- common.lab.toml\n${common}`;

  test("is converted in the manifest alone, which knows the nodes of the others", () => {
    const manifest = `id = "1e18b3bfe149"
include = ["common.lab.toml"]
devices = [{ id = 1, name = "b", device_model = "tiny_linux", group = "g", interfaces.1.ipv4 = "10.0.0.1/24" }]
connections = [{ device_a = "a", interface_a = 0, device_b = "b", interface_b = 0 }]`;
    const before = analyzeFiles(lab(manifest)).analysis;
    const result = convertDialect(before, "current");
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    expect(new Set(result.edits.map(({ file }) => file))).toEqual(new Set([FILE]));
    const whole = applyEdits(before.text, result.edits);
    expect(whole).toContain('{ src = "a::eth1", dst = "b::eth1" }');
    expect(whole).toContain('interfaces.eth2.ipv4 = "10.0.0.1/24"');
    const after = analyzeFiles(lab(whole.trimEnd())).analysis;
    expect(withoutPlaces(after.lab)).toEqual(withoutPlaces(before.lab));
  });

  test("offers nothing in an included file", () => {
    const { analysis, offset } = analyzeFiles('include = ["x"]\n#- x\n$0nodes = []\n');
    expect(codeActions(analysis, { start: offset, end: offset }).map(({ title }) => title)).toEqual([]);
  });
});
