import { describe, expect, test } from "vitest";
import { samples } from "../samples/index.js";
import { analyzeText } from "../support/analyze.js";

function nodeOf(text: string, name: string) {
  const node = analyzeText(text).lab.nodes.find((each) => each.name === name);
  if (node === undefined) throw new Error(`no node ${name}`);
  return node;
}

describe("effective values", () => {
  test.each([
    ["plain", { memory: 1024, cpuCount: 1, startDelay: 0 }],
    ["both", { memory: 4096, cpuCount: 1, startDelay: 5, dependsOn: ["plain"] }],
    ["own", { memory: 2048, cpuCount: 4, startDelay: 0, groups: ["big"] }],
  ])("%s: the node wins over its groups, later groups over earlier ones, groups over defaults", (name, expected) => {
    expect(nodeOf(samples.layered, name)).toMatchObject(expected);
  });

  test("tables merge key by key", () => {
    expect(nodeOf(samples.layered, "own").ports).toEqual([
      { index: 0, name: "eth1", mtu: 9000, ipv4: "10.0.0.1/30", description: "to both" },
    ]);
  });

  test("a value of the wrong kind leaves the weaker one in force", () => {
    const text = 'defaults = { memory = 512 }\nnodes = [{ name = "a", model = "debian_linux", memory = "much" }]';
    expect(nodeOf(text, "a").memory).toBe(512);
  });
});

describe("ports", () => {
  const links = (count: string) => `
nodes = [{ name = "a", model = "nvidia_cumulus"${count} }, { name = "b", model = "nvidia_cumulus" }]
links = [{ src = "a::swp3", dst = "b::swp1" }]`;

  test("a node has all ports up to the highest in use", () => {
    expect(nodeOf(links(""), "a").ports.map(({ name }) => name)).toEqual(["swp1", "swp2", "swp3"]);
  });

  test("or as many as it says", () => {
    expect(nodeOf(links(", data_interface_count = 4"), "a").ports).toHaveLength(4);
  });

  test("a link to a port that the node does not have is left out", () => {
    expect(analyzeText(links(", data_interface_count = 2")).lab.links).toEqual([]);
  });

  test("an alias names the same port", () => {
    const text = 'nodes = [{ name = "r", model = "cisco_iosv", interfaces."Gi0/2".mtu = 9000 }]';
    expect(nodeOf(text, "r").ports[1]).toEqual({ index: 1, name: "gig0/2", mtu: 9000 });
  });
});

describe("the rest of a lab", () => {
  test("defaults", () => {
    const { lab } = analyzeText('name = "empty"');
    expect(lab).toMatchObject({
      name: "empty",
      management: { mode: "auto", domain: "empty.lab" },
      host: { accelerator: "auto" },
      diagram: { direction: "LR" },
    });
  });

  test("what the manifest says", () => {
    const { lab } = analyzeText(`name = "full"
ready_timeout = 30
[management]
mode = "isolated"
ipv4 = "172.31.7.0/24"
domain = "full.example"
[host]
uri = "qemu:///session"
accelerator = "tcg"
pool_path = "/srv/labs"
[diagram]
direction = "TB"`);
    expect(lab).toMatchObject({
      readyTimeout: 30,
      management: { mode: "isolated", ipv4: "172.31.7.0/24", domain: "full.example" },
      host: { uri: "qemu:///session", accelerator: "tcg", poolPath: "/srv/labs" },
      diagram: { direction: "TB" },
    });
  });

  test("link settings", () => {
    expect(analyzeText(samples.layered).lab.links[0]).toMatchObject({ label: "core", state: "down", type: "auto" });
  });

  test("bridges in either dialect", () => {
    const [bridge] = analyzeText(samples.sharedSegment).lab.bridges;
    expect(bridge?.endpoints.map(({ node, portName }) => `${node}::${portName}`)).toEqual([
      "lf-a::eth10",
      "lf-b::eth10",
      "fw::gig0/2",
    ]);
  });
});

describe("first-boot data", () => {
  const build = nodeOf(samples.toolshed, "build");

  test("variables come from the manifest or from the environment", () => {
    expect(build.environment).toEqual([
      { name: "CI_TOKEN", fromEnvironment: "CI_TOKEN" },
      { name: "EDITOR", value: "vim" },
    ]);
  });

  test.each([
    ["644", "0644"],
    ['"0600"', "0600"],
    ["0o755", "0755"],
    ['"rw"', "0644"],
  ])("permissions = %s is the octal mode %s", (written, mode) => {
    const text = samples.toolshed.replace("permissions = 644", `permissions = ${written}`);
    expect(nodeOf(text, "build").textFiles[0]?.permissions).toBe(mode);
  });

  test("key files are paths, or tables that hold one", () => {
    expect(build.sshAuthorizedKeyFiles).toEqual(["/srv/keys/team.pub", "other.pub"]);
  });
});
