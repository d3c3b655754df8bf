import { describe, expect, test } from "vitest";
import { applyCompletion, completionsAt, labelsAt } from "../support/features.js";

const twoNodes = `name = "two"
nodes = [
  { name = "dev1", model = "nvidia_cumulus" },
  { name = "dev2", model = "cisco_iosv" },
]
`;

describe("keys", () => {
  test.each([
    ["an empty file", "$0", "name", 'name = "$0"'],
    ["a half-typed key", 'name = "x"\nread$0', "ready_timeout", 'name = "x"\nready_timeout = 600$0'],
    ["a key in a row", 'nodes = [{ name = "a", $0 }]', "model", 'nodes = [{ name = "a", model = "$0" }]'],
    ["a key before a value", "nodes = [{ na$0 = 1 }]", "name", "nodes = [{ name$0 = 1 }]"],
    ["under a header", '[[nodes]]\nname = "a"\n$0', "model", '[[nodes]]\nname = "a"\nmodel = "$0"'],
    ["a row of links", "links = [{ $0 }]", "src", 'links = [{ src = "$0::" }]'],
    [
      "the model's own value",
      '[[nodes]]\nname = "a"\nmodel = "nvidia_cumulus"\nmem$0',
      "memory",
      '[[nodes]]\nname = "a"\nmodel = "nvidia_cumulus"\nmemory = 2048$0',
    ],
    [
      "a port of the node",
      '[[nodes]]\nmodel = "cisco_iosv"\ninterfaces.$0',
      "gig0/2",
      '[[nodes]]\nmodel = "cisco_iosv"\ninterfaces."gig0/2" = { $0 }',
    ],
    [
      "a key of an interface",
      '[[nodes]]\nmodel = "cisco_iosv"\ninterfaces."gig0/1" = { $0 }',
      "mtu",
      '[[nodes]]\nmodel = "cisco_iosv"\ninterfaces."gig0/1" = { mtu = 1500$0 }',
    ],
    ["management", "[management]\n$0", "mode", '[management]\nmode = "$0"'],
    ["a new row under a header", 'name = "a"\n\n$0', "[[nodes]]", 'name = "a"\n\n[[nodes]]\nname = "$0"\nmodel = ""'],
    ["the name in a header", "[[no$0]]", "nodes", "[[nodes$0]]"],
    ["the name in a single header", "[man$0]", "management", "[management$0]"],
    [
      "a group that a node names",
      '[groups.$0]\n[[nodes]]\ngroup = "leaf"',
      "leaf",
      '[groups.leaf$0]\n[[nodes]]\ngroup = "leaf"',
    ],
  ])("%s", (_, marked, label, expected) => {
    expect(applyCompletion(marked, label)).toBe(expected);
  });

  test("keys that stand there, that belong to the other dialect or that have no effect are not offered", () => {
    const labels = labelsAt('[[nodes]]\nname = "a"\nmodel = "nvidia_cumulus"\n$0');
    expect(labels).toContain("memory");
    for (const key of ["name", "model", "device_model", "id", "volumes", "systemd_units", "kernel_cmdline"])
      expect(labels).not.toContain(key);
  });

  test("the first dialect's keys in the first dialect", () => {
    const labels = labelsAt('id = "1e18b3bfe149"\ndevices = [{ $0 }]');
    expect(labels).toContain("device_model");
    expect(labels).not.toContain("model");
    expect(labelsAt("connections = [{ $0 }]").slice(0, 4)).toEqual([
      "device_a",
      "interface_a",
      "device_b",
      "interface_b",
    ]);
  });

  test("required keys come first", () => {
    expect(labelsAt("[[nodes]]\n$0").slice(0, 2)).toEqual(["name", "model"]);
  });

  test("every key brings its documentation", () => {
    for (const { kind, documentation } of completionsAt("[[nodes]]\n$0"))
      if (kind === "key") expect(documentation).toBeTruthy();
  });
});

describe("values", () => {
  test.each([
    ["a model in quotes", '[[nodes]]\nmodel = "$0"', "tiny_linux", '[[nodes]]\nmodel = "tiny_linux$0"'],
    ["a model in half a string", '[[nodes]]\nmodel = "tin$0', "tiny_linux", '[[nodes]]\nmodel = "tiny_linux"$0'],
    ["a model without quotes", "[[nodes]]\nmodel = $0", "tiny_linux", '[[nodes]]\nmodel = "tiny_linux"$0'],
    ["a model as a bare word", "[[nodes]]\nmodel = tin$0", "tiny_linux", '[[nodes]]\nmodel = "tiny_linux"$0'],
    [
      "a model in half a string of a row",
      'nodes = [\n  { name = "a", model = "tin$0 },\n  { name = "b" },\n]',
      "tiny_linux",
      'nodes = [\n  { name = "a", model = "tiny_linux"$0 },\n  { name = "b" },\n]',
    ],
    ["a word", 'links = [{ state = "$0" }]', "down", 'links = [{ state = "down$0" }]'],
    ["true", "[[nodes]]\nskip_ready_check = $0", "true", "[[nodes]]\nskip_ready_check = true$0"],
    ["a group", '[groups.leaf]\n[[nodes]]\ngroups = ["$0"]', "leaf", '[groups.leaf]\n[[nodes]]\ngroups = ["leaf$0"]'],
    [
      "a node to wait for",
      '[[nodes]]\nname = "a"\nmodel = "blank"\n[[nodes]]\nname = "b"\ndepends_on = [$0]',
      "a",
      '[[nodes]]\nname = "a"\nmodel = "blank"\n[[nodes]]\nname = "b"\ndepends_on = ["a"$0]',
    ],
    ["a row", "nodes = [\n  $0\n]", "{ … }", 'nodes = [\n  { name = "$0", model = "" },\n]'],
    ["a list", "nodes = $0", "[ … ]", 'nodes = [\n  { name = "$0", model = "" },\n]'],
  ])("%s", (_, marked, label, expected) => {
    expect(applyCompletion(marked, label)).toBe(expected);
  });

  test("a model tells its vendor, kind and memory, and is found by its other names", () => {
    const model = completionsAt('[[nodes]]\nmodel = "$0"').find(({ label }) => label === "nvidia_cumulus");
    expect(model?.detail).toBe("NVIDIA · switch · 2 GiB");
    expect(model?.filterText).toContain("cumulus_linux");
  });

  test("versions come from the image store", () => {
    const providers = { imageVersions: () => ["5.9", "5.8"] };
    expect(labelsAt('[[nodes]]\nmodel = "nvidia_cumulus"\nversion = "$0"', providers)).toEqual(["5.9", "5.8"]);
  });

  test("nothing in comments, after a value or in free text", () => {
    for (const marked of [
      "# na$0",
      'name = "a" $0',
      'nodes = [{ model = "blank"$0 }]',
      'description = "$0"',
      'name = "$0"',
    ])
      expect(labelsAt(marked)).toEqual([]);
  });
});

describe("paths", () => {
  const tree: Readonly<Record<string, readonly string[]>> = {
    ".": ["day0/", "notes.txt", "disk.qcow2", "setup.sh", ".hidden"],
    "day0/": ["r10.cfg", "r2.cfg", "old {1}/"],
  };
  const providers = {
    listFolder: (path: string) =>
      tree[path]?.map((name) => ({ name: name.replace(/\/$/, ""), folder: name.endsWith("/") })),
  };
  const node = '[[nodes]]\nmodel = "debian_linux"\n';

  test.each([
    ["a file", 'ztp_config = "$0"', "notes.txt", 'ztp_config = "notes.txt$0"'],
    ["a file without quotes", "ztp_config = $0", "notes.txt", 'ztp_config = "notes.txt"$0'],
    ["a folder", 'ztp_config = "$0"', "day0/", 'ztp_config = "day0/$0"'],
    ["a folder in half a string", 'ztp_config = "da$0', "day0/", 'ztp_config = "day0/$0"'],
    ["a folder without quotes", "ztp_config = $0", "day0/", 'ztp_config = "day0/$0"'],
    ["a file in a folder", 'ztp_config = "day0/$0"', "r2.cfg", 'ztp_config = "day0/r2.cfg$0"'],
    ["a folder with strange letters", 'ztp_config = "day0/$0"', "old {1}/", 'ztp_config = "day0/old {1}/$0"'],
    ["a file in a list", 'startup_scripts = ["$0"]', "setup.sh", 'startup_scripts = ["setup.sh$0"]'],
    ["a file in a table", 'text_files = [{ src = "$0" }]', "setup.sh", 'text_files = [{ src = "setup.sh$0" }]'],
    ["an image, which needs a slash to be a file", 'image = "$0"', "disk.qcow2", 'image = "./disk.qcow2$0"'],
  ])("%s", (_, line, label, expected) => {
    expect(applyCompletion(node + line, label, providers)).toBe(node + expected);
  });

  test("the usual files of a key come first, in natural order; hidden ones are for those who ask", () => {
    expect(labelsAt(`${node}startup_scripts = ["$0"]`, providers)).toEqual([
      "day0/",
      "setup.sh",
      "disk.qcow2",
      "notes.txt",
    ]);
    expect(labelsAt(`${node}ztp_config = "day0/$0"`, providers)).toEqual(["old {1}/", "r2.cfg", "r10.cfg"]);
    expect(labelsAt(`${node}ztp_config = ".$0"`, providers)).toContain(".hidden");
  });

  test("nothing where nothing can be listed", () => {
    expect(labelsAt(`${node}ztp_config = "$0"`)).toEqual([]);
    expect(labelsAt(`${node}ztp_config = "nowhere/$0"`, providers)).toEqual([]);
  });
});

describe("addresses", () => {
  const pair = `[[nodes]]
name = "a"
model = "nvidia_cumulus"
interfaces.swp1.ipv4 = "10.0.0.1/30"
ipv4_address = "172.31.7.10"

[[nodes]]
name = "b"
model = "nvidia_cumulus"
LINE

[[links]]
src = "a::swp1"
dst = "b::swp2"

[management]
ipv4 = "172.31.7.0/24"
`;

  test("an address of the network at the other end of the cable", () => {
    expect(labelsAt(pair.replace("LINE", 'interfaces.swp2.ipv4 = "$0"'))).toEqual(["10.0.0.2/30"]);
    expect(labelsAt(pair.replace("LINE", 'interfaces.swp3.ipv4 = "$0"'))).toEqual([]);
    expect(labelsAt(pair.replace("10.0.0.1/30", "10.0.0.4/31").replace("LINE", 'interfaces.swp2.ipv4 = "$0"'))).toEqual(
      ["10.0.0.5/31"],
    );
  });

  test("the next free management address", () => {
    expect(labelsAt(pair.replace("LINE", 'ipv4_address = "$0"'))).toEqual(["172.31.7.11"]);
    expect(labelsAt(pair.replace("7.0/24", "7.8/30").replace("LINE", 'ipv4_address = "$0"'))).toEqual([]);
  });
});

describe("whole rows know the lab", () => {
  test.each([
    ["a node of the same model", 'nodes = [{ name = "a", model = "blank" }, $0]', '{ name = "$0", model = "blank" },'],
    [
      "a device with the next number",
      'devices = [{ id = 7, name = "a", device_model = "blank" }, $0]',
      '{ id = 8$0, name = "", device_model = "blank" },',
    ],
    [
      "a link between free ports",
      'nodes = [{ name = "a", model = "nvidia_cumulus" }, { name = "b", model = "cisco_iosv" }]\nlinks = [{ src = "a::swp1", dst = "b::gig0/1" }, $0]',
      '{ src = "a::swp2$0", dst = "b::gig0/2" },',
    ],
    [
      "a link of a node that has none",
      'nodes = [{ name = "a", model = "nvidia_cumulus" }, { name = "b", model = "cisco_iosv" }, { name = "c", model = "nvidia_cumulus" }]\nlinks = [{ src = "a::swp1", dst = "b::gig0/1" }, $0]',
      '{ src = "c::swp1$0", dst = "a::swp2" },',
    ],
    [
      "a connection between free ports",
      'devices = [{ name = "a", device_model = "blank" }, { name = "b", device_model = "blank" }]\nconnections = [{ device_a = "a", interface_a = 0, device_b = "b", interface_b = 3 }, $0]',
      '{ device_a = "a$0", interface_a = 1, device_b = "b", interface_b = 0 },',
    ],
  ])("%s", (_, marked, row) => {
    expect(applyCompletion(marked, "{ … }")).toBe(marked.replace("$0", row));
  });

  test("a device's next number as a key", () => {
    const marked = 'id = "1e18b3bfe149"\ndevices = [{ id = 7, name = "a" }, { $0 }]';
    expect(applyCompletion(marked, "id")).toBe(marked.replace("$0", "id = 8$0"));
  });
});

describe("headers", () => {
  test("a table that is there is not offered again", () => {
    expect(labelsAt("[defaults]\n[$0]")).not.toContain("defaults");
    expect(labelsAt("[def$0]")).toContain("defaults");
    expect(labelsAt("[groups.leaf]\n[$0]")).toContain("groups");
    expect(labelsAt("nodes = []\n[[$0]]")).not.toContain("nodes");
    expect(labelsAt("[[nodes]]\n[[$0]]")).toContain("nodes");
  });

  test("no header where it would take pairs away from their table", () => {
    expect(labelsAt('[[nodes]]\n$0\nname = "a"')).not.toContain("[[nodes]]");
    expect(labelsAt('[[nodes]]\nname = "a"\n$0\n[[links]]')).toContain("[[nodes]]");
  });
});

test("bridges of the host, where one was asked", () => {
  const marked = '[[bridges]]\nexternal = "$0"';
  expect(labelsAt(marked, { host: () => ({ bridges: ["br10", "br2"] }) })).toEqual(["br2", "br10"]);
  expect(labelsAt(marked)).toEqual([]);
});

test("libvirt connections", () => {
  expect(applyCompletion('[host]\nuri = "$0"', "qemu:///session")).toBe('[host]\nuri = "qemu:///session$0"');
  expect(applyCompletion("[host]\nuri = $0", "qemu+ssh://…/system")).toBe(
    '[host]\nuri = "qemu+ssh://user$0@server/system"',
  );
});

describe("endpoints", () => {
  test.each([
    ["a node", 'links = [{ src = "$0" }]', "dev1", 'links = [{ src = "dev1::$0" }]'],
    ["a node without quotes", "links = [{ src = $0 }]", "dev1", 'links = [{ src = "dev1::$0" }]'],
    ["a node in half a string", '[[links]]\nsrc = "de$0', "dev2", '[[links]]\nsrc = "dev2::$0"'],
    ["another node before a port", 'links = [{ src = "d$0::swp4" }]', "dev1", 'links = [{ src = "dev1$0::swp4" }]'],
    ["a port", 'links = [{ src = "dev1::$0" }]', "swp3", 'links = [{ src = "dev1::swp3$0" }]'],
    ["a port instead of another", 'links = [{ src = "dev1::sw$0p9" }]', "swp3", 'links = [{ src = "dev1::swp3$0" }]'],
    [
      "a port in half a string",
      'links = [\n  { src = "dev1::swp1", dst = "dev2::$0\n]',
      "gig0/1",
      'links = [\n  { src = "dev1::swp1", dst = "dev2::gig0/1"$0\n]',
    ],
    [
      "a port under a header",
      '[[links]]\ndst = "dev2::$0\nmtu = 9000',
      "gig0/2",
      '[[links]]\ndst = "dev2::gig0/2"$0\nmtu = 9000',
    ],
    [
      "a port of a bridge",
      '[[bridges]]\nname = "b"\nlinks = ["dev1::swp1", "dev2::$0"]',
      "gig0/1",
      '[[bridges]]\nname = "b"\nlinks = ["dev1::swp1", "dev2::gig0/1$0"]',
    ],
    [
      "a number in the first dialect",
      'connections = [{ device_a = "dev1", interface_a = $0 }]',
      "2",
      'connections = [{ device_a = "dev1", interface_a = 2$0 }]',
    ],
  ])("%s", (_, marked, label, expected) => {
    expect(applyCompletion(twoNodes + marked, label)).toBe(twoNodes + expected);
  });

  const linked = `${twoNodes}links = [
  { src = "dev1::swp2", dst = "dev2::gig0/1" },
`;

  test("only free ports, in the device's order", () => {
    const labels = labelsAt(`${linked}  { src = "dev1::$0" },\n]`);
    expect(labels.slice(0, 3)).toEqual(["swp1", "swp3", "swp4"]);
    expect(labels.slice(8, 11)).toEqual(["swp10", "swp11", "swp12"]);
    expect(labels).not.toContain("eth0");
  });

  test("the port of the end that is being written is free for it", () => {
    expect(labelsAt(linked.replace("dev1::swp2", "dev1::swp2$0"))).toContain("swp2");
  });

  test("nodes come as people number them", () => {
    const nodes = ["leaf10", "leaf2", "Leaf1"].map((name) => `{ name = "${name}", model = "blank" }`);
    expect(labelsAt(`nodes = [${nodes.join(", ")}]\nlinks = [{ src = "$0" }]`)).toEqual(["Leaf1", "leaf2", "leaf10"]);
  });

  test("of a port's names the one that is being typed is matched first", () => {
    const filters = (typed: string) =>
      completionsAt(`${linked}  { src = "dev2::${typed}$0" },\n]`)[0]?.filterText?.split(" ");
    expect(filters("")?.[0]).toBe("gig0/2");
    expect(filters("Gi0")?.[0]).toBe("Gi0/2");
    expect(filters("gigab")?.[0]).toBe("GigabitEthernet0/2");
    expect(filters("Gi0")).toContain("gig0/2");
  });

  test("a port is found by the vendor's names", () => {
    const port = completionsAt(`${linked}  { src = "dev2::$0" },\n]`)[0];
    expect(port?.label).toBe("gig0/2");
    expect(port?.filterText).toContain("Gi0/2");
  });

  test("the node at the other end is not offered", () => {
    expect(labelsAt(`${linked}  { src = "dev1::swp5", dst = "$0" },\n]`)).toEqual(["dev2"]);
  });

  test("a node without a free port is not offered", () => {
    const full = 'nodes = [{ name = "a", model = "blank", data_interface_count = 0 }]\n';
    expect(labelsAt(`${full}links = [{ src = "$0" }]`)).toEqual([]);
  });
});
