import { describe, expect, test } from "vitest";
import { locate, sourceAt, type Analysis } from "@labscape/topology";
import { analyzeFiles } from "../support/files.js";

function labOf(marked: string): Analysis["lab"] {
  return analyzeFiles(marked).analysis.lab;
}

/** The one node of a lab. */
function nodeOf(marked: string) {
  const [node] = labOf(marked).nodes;
  if (node === undefined) throw new Error("no node");
  return node;
}

describe("which file wins", () => {
  const memory = (manifest: string, ...files: readonly string[]) => {
    const included = files.map((text, index) => `#- f${index}.toml\n${text}\n`).join("");
    return nodeOf(`${manifest}\n[[nodes]]\nname = "n"\nmodel = "tiny_linux"\n${included}`).memory;
  };
  const gives = (value: number) => `defaults.memory = ${value}`;

  test.each([
    ["the manifest", ['include = ["f0.toml"]\ndefaults.memory = 1', gives(2)], 1],
    ["the later one", ['include = ["f0.toml", "f1.toml"]', gives(2), gives(3)], 3],
    ["the one that includes the other", ['include = ["f0.toml"]', `include = ["f1.toml"]\n${gives(2)}`, gives(3)], 2],
    [
      "the later one, before what the earlier one includes",
      ['include = ["f0.toml", "f1.toml"]', 'include = ["f2.toml"]', gives(3), gives(4)],
      3,
    ],
    [
      "both of two that include the same third one",
      ['include = ["f0.toml", "f1.toml"]', `include = ["f2.toml"]\n${gives(2)}`, 'include = ["f2.toml"]', gives(4)],
      2,
    ],
    ["one that has a usable value", ['include = ["f0.toml"]\ndefaults.memory = "much"', gives(2)], 2],
  ] as const)("%s", (_, texts, expected) => {
    expect(memory(...(texts as readonly [string, ...string[]]))).toBe(expected);
  });

  test.each([
    ["a group wins over the defaults of a stronger file", 'group = "g"', "[groups.g]\nmemory = 2", 2],
    ["a node wins over the group of a stronger file", 'group = "h"\nmemory = 3', "", 3],
  ])("%s", (_, own, group, expected) => {
    expect(
      nodeOf(`include = ["f.toml"]
defaults.memory = 1
groups.h.memory = 1
#- f.toml
[[nodes]]
name = "n"
model = "tiny_linux"
${own}
${group}`).memory,
    ).toBe(expected);
  });
});

describe("tables", () => {
  test("merge key by key, arrays and scalars replace", () => {
    const lab = labOf(`include = ["f.toml"]
description = "mine"
[management]
mode = "isolated"
[host]
accelerator = "tcg"
[diagram]
direction = "TB"
#- f.toml
name = "theirs"
description = "theirs"
ready_timeout = 5
[management]
mode = "nat"
ipv4 = "172.31.7.0/24"
[host]
uri = "qemu:///session"
accelerator = "kvm"`);
    expect(lab).toMatchObject({
      name: "theirs",
      description: "mine",
      readyTimeout: 5,
      management: { mode: "isolated", ipv4: "172.31.7.0/24", domain: "theirs.lab" },
      host: { accelerator: "tcg", uri: "qemu:///session" },
      diagram: { direction: "TB" },
    });
  });

  test("the lab is called as the manifest says, by its name or its id", () => {
    expect(labOf('include = ["f.toml"]\nid = "1e18b3bfe149"\n#- f.toml\nname = "theirs"').name).toBe("1e18b3bfe149");
  });

  test("of a node: its row, its ports, its groups", () => {
    const node = nodeOf(`include = ["f.toml"]
nodes = [{ name = "n", memory = 512, groups = ["b"], startup_scripts = ["b.sh"], interfaces.eth1.mtu = 9000 }]
#- f.toml
[[nodes]]
name = "n"
model = "debian_linux"
memory = 256
cpu_count = 3
group = "a"
groups = ["c"]
startup_scripts = ["a.sh", "c.sh"]
interfaces.eth1 = { mtu = 1400, ipv4 = "10.0.0.1/30" }
interfaces.eth2.mtu = 1300
[groups.a]
start_delay = 1
[groups.b]
start_delay = 2
[groups.c]
skip_ready_check = true`);
    expect(node).toMatchObject({
      memory: 512,
      cpuCount: 3,
      groups: ["a", "b"],
      startDelay: 2,
      skipReadyCheck: false,
      startupScripts: ["b.sh"],
      ports: [{ mtu: 9000, ipv4: "10.0.0.1/30" }, { mtu: 1300 }],
    });
  });
});

describe("rows", () => {
  const common = `#- f.toml
[[nodes]]
name = "a"
model = "tiny_linux"
[[nodes]]
name = "b"
model = "tiny_linux"
[[links]]
src = "a::eth1"
dst = "b::eth1"
label = "core"
mtu = 9000
[[bridges]]
name = "lan"
links = ["a::eth2", "b::eth2"]
mtu = 1400
`;

  test("of stronger files come behind those of weaker ones", () => {
    const lab = labOf(`include = ["f.toml"]
nodes = [{ name = "c", model = "tiny_linux" }, { name = "a", memory = 512 }]
links = [{ src = "c::eth1", dst = "a::eth3" }]
${common}`);
    expect(lab.nodes.map(({ name, index, memory }) => [name, index, memory])).toEqual([
      ["a", 0, 512],
      ["b", 1, 112],
      ["c", 2, 112],
    ]);
    expect(lab.links.map(({ index, src, dst }) => [index, src.node, dst.node])).toEqual([
      [0, "a", "b"],
      [1, "c", "a"],
    ]);
  });

  test.each([
    ["the same ends", 'src = "a::eth1", dst = "b::eth1"'],
    ["the same ends the other way round", 'src = "b::eth1", dst = "a::eth1"'],
    ["the same ends by number", 'device_a = "a", interface_a = 0, device_b = "b", interface_b = 0'],
  ])("a link with %s overrides keys", (_, ends) => {
    const { analysis } = analyzeFiles(
      `name = "x"\ninclude = ["f.toml"]\nlinks = [{ ${ends}, mtu = 1500, state = "down" }]\n${common}`,
    );
    expect(analysis.lab.links).toHaveLength(1);
    expect(analysis.lab.links[0]).toMatchObject({ label: "core", mtu: 1500, state: "down" });
    expect(analysis.findings.filter(({ code }) => code === "port-used-twice")).toEqual([]);
  });

  test("of a bridge replace its ports", () => {
    const [bridge] = labOf(
      `include = ["f.toml"]\nbridges = [{ name = "lan", links = ["b::eth3"] }]\n${common}`,
    ).bridges;
    expect(bridge?.mtu).toBe(1400);
    expect(bridge?.endpoints.map(({ node, portName }) => `${node}::${portName}`)).toEqual(["b::eth3"]);
    const [same] = labOf(`include = ["f.toml"]\nbridges = [{ name = "lan", mtu = 1300 }]\n${common}`).bridges;
    expect([same?.mtu, same?.endpoints.length]).toEqual([1300, 2]);
  });

  test("say where they are written, the strongest first", () => {
    const lab = labOf(`include = ["f.toml"]\nnodes = [{ name = "a", memory = 512 }]\n${common}`);
    expect(lab.nodes.map(({ at, nameAt }) => [at.file, nameAt.file, nameAt.range.start])).toEqual([
      ["/labs/test.lab.toml", "/labs/test.lab.toml", 40],
      ["/labs/f.toml", "/labs/f.toml", 60],
    ]);
    expect([lab.links[0]?.at.file, lab.links[0]?.src.at]).toEqual([
      "/labs/f.toml",
      { file: "/labs/f.toml", range: { start: 101, end: 108 } },
    ]);
  });
});

describe("paths", () => {
  const files = (row: string) => `include = ["shared/f.toml"]
nodes = [${row}]
#- shared/f.toml
[defaults]
model = "debian_linux"
image = "../images/d.qcow2"
cdrom = "../tools.iso"
startup_scripts = ["a.sh", "/srv/b.sh", "~/c.sh"]
ssh_authorized_key_files = ["k.pub", { source = "./l.pub" }]
[[defaults.text_files]]
src = "motd"
dst = "/etc/motd"
`;

  test("of an included file start at its folder", () => {
    expect(nodeOf(files('{ name = "n" }'))).toMatchObject({
      image: "/labs/images/d.qcow2",
      cdrom: "/labs/tools.iso",
      startupScripts: ["/labs/shared/a.sh", "/srv/b.sh", "~/c.sh"],
      sshAuthorizedKeyFiles: ["/labs/shared/k.pub", "/labs/shared/l.pub"],
      textFiles: [{ src: "/labs/shared/motd" }],
    });
  });

  test("of the node's own row stay as they are written", () => {
    const node = nodeOf(files('{ name = "n", image = "./own.qcow2", startup_scripts = ["own.sh"] }'));
    expect([node.image, node.startupScripts]).toEqual(["./own.qcow2", ["own.sh"]]);
  });

  test("an image without a folder is a volume wherever it is named", () => {
    const text = files('{ name = "n" }').replace("../images/d.qcow2", "debian-12");
    expect(nodeOf(text).image).toBe("debian-12");
  });

  test("files are looked for from the file that names them", () => {
    const asked: string[] = [];
    analyzeFiles(files('{ name = "n", ztp_config = "n.cfg" }'), {
      fileState: (path, from) => void asked.push(`${path} from ${from}`),
    });
    expect(asked.filter((each) => /a\.sh|n\.cfg|f\.toml from \/labs\/test/.test(each))).toEqual([
      "n.cfg from /labs/test.lab.toml",
      "a.sh from /labs/shared/f.toml",
    ]);
  });
});

describe("the numbering", () => {
  test("sources come in the order of their first inclusion, each in its own span", () => {
    const { sources } = analyzeFiles(
      'include = ["a.toml", "b.toml"]\n#- a.toml\ninclude = ["b.toml", "c.toml"]\n#- b.toml\n#- c.toml\nname = "x"',
    ).analysis;
    expect(sources.map(({ file, base }) => [file, base / 2 ** 24])).toEqual([
      ["/labs/test.lab.toml", 0],
      ["/labs/a.toml", 1],
      ["/labs/b.toml", 2],
      ["/labs/c.toml", 3],
    ]);
    const [, , , last] = sources;
    const name = last?.syntax.root.entries.get("name")?.key.range ?? { start: 0, end: 0 };
    expect(sourceAt(sources, name.start)).toBe(last);
    expect(locate(sources, name)).toEqual({ file: "/labs/c.toml", range: { start: 0, end: 4 } });
  });

  test("an unchanged file is not parsed again", () => {
    const files = 'include = ["a.toml", "b.toml"]\n#- a.toml\nname = "x"\n#- b.toml\nmemory = 5';
    const before = analyzeFiles(files).analysis;
    const { sources } = before;
    const after = analyzeFiles(files.replace('"x"', '"y"'), {}, before).analysis;
    expect(after.lab.name).toBe("y");
    expect(after.sources.map((source, index) => source === sources[index])).toEqual([true, false, true]);
  });
});
