import { describe, expect, test } from "vitest";
import type { Providers } from "@labscape/topology";
import { analyzeText } from "../support/analyze.js";
import { readMarked } from "../support/marked.js";

/** Asserts that a text has exactly the findings that its caret lines say. */
function check(marked: string, providers: Providers = {}): void {
  const { text, expected } = readMarked(marked);
  const show = (each: { code: string; start: number; end: number }) =>
    `${text.slice(0, each.start).split("\n").length}: ${each.code} ${JSON.stringify(text.slice(each.start, each.end))}`;
  const found = analyzeText(text, providers).findings.map(({ code, range }) => ({ code, ...range }));
  expect(found.map(show).sort()).toEqual(expected.map(show).sort());
}

const a = '{ name = "a", model = "nvidia_cumulus" }';
const b = '{ name = "b", model = "nvidia_cumulus" }';

describe("keys", () => {
  test.each([
    ["an empty file", "\n| missing-key\n| missing-key"],
    ["a key that is being typed is not unknown yet", 'name = "x"\nnodes = []\nread\n^^^^ toml-syntax'],
    ["keys that belong elsewhere", 'name = "x"\nnodes = []\nmemory = 5\n^^^^^^ unknown-key'],
    [
      "several findings in one row",
      `name = "x"
nodes = [
  { nme = "a", model = 5, memory = "x", cpu_count = 0 },
# ^ missing-key
#   ^^^ unknown-key
#                      ^ wrong-type
#                                  ^^^ wrong-type
#                                                   ^ out-of-range
]`,
    ],
    ["a list where a row must stand", 'name = "x"\nnodes = [5]\n#        ^ wrong-type'],
    ["a table where a list must stand", 'name = "x"\n[nodes]\n#^^^^^ wrong-type'],
    [
      "what is inside an unsupported key is not looked at",
      'name = "x"\nnodes = []\nztp_server = { nonsense = 1 }\n^^^^^^^^^^ unsupported-key',
    ],
    ["includes", 'name = "x"\nnodes = []\ninclude = ["other.lab.toml"]\n^^^^^^^ unsupported-key'],
    [
      "a word that does not act yet",
      `name = "x"\nnodes = [${a}, ${b}]\nlinks = [{ src = "a::swp1", dst = "b::swp1", type = "wire" }]
#                                                    ^^^^ unsupported-key`,
    ],
  ])("%s", (_, marked) => check(marked));

  test("a node takes its model from defaults or a group", () => {
    check('name = "x"\n[defaults]\nmodel = "nvidia_cumulus"\n[[nodes]]\nname = "a"');
    check('name = "x"\n[groups.g]\nmodel = "nvidia_cumulus"\n[[nodes]]\nname = "a"\ngroup = "g"');
  });

  test("a name is not shared", () => {
    check('name = "x"\nnodes = []\n[defaults]\nname = "a"\n^^^^ unknown-key');
  });
});

describe("dialects", () => {
  test.each([
    [
      "current keys in a file of the first dialect",
      `id = "1e18b3bfe149"\ndevices = [{ name = "a", model = "nvidia_cumulus" }]\n#                        ^^^^^ mixed-dialects`,
    ],
    [
      "of two rows of nodes both count",
      `name = "x"\nnodes = [${a}]\ndevices = [{ name = "b", model = "nvidia_cumulus" }]\n^^^^^^^ mixed-dialects\nlinks = [{ src = "a::swp1", dst = "b::swp1" }]`,
    ],
    [
      "of two models one is not used",
      'name = "x"\nnodes = [{ name = "a", model = "nvidia_cumulus", device_model = "blank" }]\n#                                                ^^^^^^^^^^^^ mixed-dialects',
    ],
    [
      "half a row of the first dialect",
      `id = "1e18b3bfe149"\ndevices = [{ name = "a", device_model = "nvidia_cumulus" }]\nconnections = [{ device_a = "a" }]
#              ^ missing-key
#              ^ missing-key
#              ^ missing-key`,
    ],
  ])("%s", (_, marked) => check(marked));
});

test("a lab of the first dialect may have a name beside its id", () => {
  check('id = "1e18b3bfe149"\nname = "quarry"\ndevices = [{ name = "a", device_model = "nvidia_cumulus" }]');
});

describe("endpoints", () => {
  const two = `name = "x"\nnodes = [${a}, ${b}]\n`;
  test.each([
    ["no colons", 'links = [{ src = "a", dst = "b::swp1" }]\n#                 ^ wrong-type'],
    ["no port", 'links = [{ src = "a::", dst = "b::swp1" }]\n#                 ^^^ unknown-port'],
    [
      "no node",
      'links = [{ src = "::swp1", dst = "b::swp1" }, { src = "a::swp1", dst = "b::swp2" }]\n#                 ^^^^^^ unknown-node',
    ],
    [
      "both ends are looked at",
      'links = [{ src = "c::swp1", dst = "b::swp99" }, { src = "a::swp1", dst = "b::swp2" }]\n#                 ^ unknown-node\n#                                     ^^^^^ unknown-port',
    ],
    [
      "both uses of a port, in a link and a bridge",
      `links = [{ src = "a::swp1", dst = "b::swp1" }]
#                 ^^^^^^^ port-used-twice
bridges = [{ name = "lan", links = ["a::swp1", "b::swp2"] }]
#                                    ^^^^^^^ port-used-twice`,
    ],
    [
      "one port under two names",
      `links = [{ src = "a::swp1", dst = "b::swp1" }, { src = "a::SWP1", dst = "b::swp2" }]
#                 ^^^^^^^ port-used-twice
#                                                       ^^^^^^^ port-used-twice
#                                                          ^^^^ port-name-not-canonical
#                                                       ^^^^^^^ link-to-same-pair`,
    ],
  ])("%s", (_, marked) => check(two + marked));

  test("numbers beyond the device's ports", () => {
    check(`id = "1e18b3bfe149"
devices = [{ name = "a", device_model = "blank" }, { name = "b", device_model = "blank" }]
connections = [{ device_a = "a", interface_a = 0, device_b = "b", interface_b = 200 }]
#                                                                               ^^^ port-out-of-range`);
  });

  test("ports of interfaces", () => {
    check(`name = "x"
nodes = [{ name = "a", model = "nvidia_cumulus", interfaces = { swp1.mtu = 9000, eth0.mtu = 9000, eth9.mtu = 9000 } }]
#                                                                                ^^^^ key-has-no-effect
#                                                                                                 ^^^^ unknown-port`);
  });
});

describe("nodes", () => {
  test("a node without a known model does not make findings about its ports", () => {
    check(`name = "x"
nodes = [{ name = "a", model = "nonsense" }, ${b}]
#                               ^^^^^^^^ unknown-model
links = [{ src = "a::anything", dst = "b::swp1" }]`);
  });

  test("an unknown model in a group is reported there, once", () => {
    check(`name = "x"
nodes = [{ name = "a", group = "g" }, { name = "b", group = "g" }]
[groups.g]
model = "nonsense"
#        ^^^^^^^^ unknown-model`);
  });

  test("a port of defaults that no node has", () => {
    check(`name = "x"
nodes = [{ name = "a", model = "nvidia_cumulus" }]
[defaults.interfaces]
swp1.mtu = 9000
Ethernet7.mtu = 9000
^^^^^^^^^ key-has-no-effect`);
  });

  test("memory that a node takes over is reported at the node", () => {
    check(`name = "x"
nodes = [{ name = "r", model = "cisco_iosv" }, { name = "s", model = "tiny_linux" }]
#                  ^ memory-below-model-minimum
links = [{ src = "r::gig0/1", dst = "s::eth1" }]
[defaults]
memory = 128`);
  });

  test("a key of defaults that acts on one node is right", () => {
    const text = (model: string) => `name = "x"
nodes = [{ name = "r", model = "cisco_iosv" }, { name = "s", model = "${model}" }]
bridges = [{ name = "lan", links = ["r::gig0/1", "s::XXX"] }]
[defaults]
startup_scripts = ["a.sh"]`;
    check(text("debian_linux").replace("XXX", "eth1"));
    check(`${text("cisco_iosv").replace("XXX", "gig0/1")}\n^^^^^^^^^^^^^^^ key-has-no-effect`);
  });

  test.each([
    ["itself", 'depends_on = ["a"]\n#              ^ dependency-cycle'],
    ["nobody", 'depends_on = ["c"]\n#              ^ unknown-node'],
  ])("waiting for %s", (_, line) => check(`name = "x"\n[[nodes]]\nname = "a"\nmodel = "nvidia_cumulus"\n${line}`));

  test("a long chain is no cycle", () => {
    const rows = Array.from({ length: 5000 }, (_, index) => {
      const waits = index === 0 ? "" : `, depends_on = ["n${index - 1}"]`;
      return `  { name = "n${index}", model = "nvidia_cumulus"${waits} },`;
    });
    const { findings } = analyzeText(`name = "x"\nnodes = [\n${rows.reverse().join("\n")}\n]`);
    expect(findings.filter(({ code }) => code !== "unconnected-node")).toEqual([]);
  });
});

describe("addresses", () => {
  test("link-local addresses may repeat on every link", () => {
    check(`name = "x"
nodes = [
  { name = "a", model = "nvidia_cumulus", interfaces = { swp1.ipv6 = "fe80::1/64", swp2.ipv6 = "fe80::3/64" } },
  ${b},
  { name = "c", model = "nvidia_cumulus" },
]
links = [{ src = "a::swp1", dst = "b::swp1" }, { src = "a::swp2", dst = "c::swp1" }]`);
  });

  test.each(["172.31.7.0", "172.31.7.1", "172.31.7.255", "10.0.0.1"])("%s is no node's address", (address) => {
    check(`name = "x"
management = { ipv4 = "172.31.7.0/24" }
nodes = [{ name = "a", model = "nvidia_cumulus", ipv4_address = "${address}" }]
#                                                                ${"^".repeat(address.length)} address-outside-network`);
  });

  test.each([
    ["ipv4", "10.0.0.1"],
    ["ipv4", "10.0.0.1/33"],
    ["ipv4", "2001:db8::1/64"],
    ["ipv4", "010.0.0.1/8"],
    ["ipv6", "2001:db8::1"],
    ["ipv6", "2001:db8:::1/64"],
    ["ipv6", "1:2:3:4:5:6:7:8:9/64"],
  ])("%s = %j", (key, address) => {
    check(`name = "x"
nodes = [{ name = "a", model = "nvidia_cumulus", interfaces.swp1.${key} = "${address}" }]
#                                                                        ${"^".repeat(address.length)} invalid-address`);
  });

  test.each(["::/0", "1:2:3:4:5:6:7:8/128", "::ffff:10.0.0.1/96", "2001:db8::/32"])(
    "%s is an IPv6 network",
    (address) => {
      check(`name = "x"\nnodes = [{ name = "a", model = "nvidia_cumulus", interfaces.swp1.ipv6 = "${address}" }]`);
    },
  );
});

describe("providers", () => {
  const text = 'name = "x"\nnodes = [{ name = "a", model = "nvidia_cumulus", version = "5.8", ztp_config = "no.cfg" }]';

  test("without them nothing is said of files and images", () => check(text));

  test("what they do not know is not reported", () => {
    check(text, { fileState: () => undefined, imageVersions: () => undefined });
  });

  test("the command that adds an image", () => {
    const { findings } = analyzeText(text, { imageVersions: () => [] });
    expect(findings[0]?.code).toBe("image-not-found-in-store");
    expect(findings[0]?.message).toContain("`labscape image add FILE --model nvidia_cumulus --version 5.8`");
  });
});
