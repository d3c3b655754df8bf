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
#                    ^^^ bridge-blocks-frames
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

describe("secrets", () => {
  const node = (line: string) => `name = "x"\n[[nodes]]\nname = "a"\nmodel = "debian_linux"\n${line}`;
  test.each([
    [
      "a password",
      'environment_variables = ["PGPASSWORD=swordfish"]\n#                                    ^^^^^^^^^ plaintext-password',
    ],
    ["a token", 'environment_variables = ["CI_TOKEN=abc"]\n#                                  ^^^ plaintext-password'],
    [
      "an access key",
      "environment_variables = ['AWS_SECRET_ACCESS_KEY=a$b']\n#                                               ^^^ plaintext-password",
    ],
    ["a private key", 'ssh_authorized_keys = ["""\n-----BEGIN OPENSSH PRIVATE KEY-----\nb3\n"""]'],
  ])("%s in the open", (_, line) => {
    if (line.includes("BEGIN"))
      expect(analyzeText(node(line)).findings.map(({ code }) => code)).toEqual(["plaintext-password"]);
    else check(node(line));
  });

  test.each([
    'environment_variables = ["CI_TOKEN=$CI_TOKEN", "TOKEN_URL=http://x", "PWD=/root", "COMPASS=north", "PASSWORD="]',
    'ssh_authorized_keys = ["ssh-ed25519 AAAA me@home"]',
  ])("nothing of %s", (line) => check(node(line)));

  test("a password in a URI, and one in a key that does nothing", () => {
    check(`name = "x"
nodes = []
host.uri = "qemu+tcp://me:swordfish@server/system"
#                         ^^^^^^^^^ plaintext-password
ztp_server = { enable = true, password = "swordfish" }
^^^^^^^^^^ unsupported-key
#                                         ^^^^^^^^^ plaintext-password`);
    check('name = "x"\nnodes = []\nhost.uri = "qemu+ssh://me@[::1]:22/system"');
  });

  test("no message repeats a secret", () => {
    const { findings } = analyzeText(
      node('environment_variables = ["PASSWORD=swordfish"]\n[host]\nuri = "qemu+ssh://me:swordfish@server/system"'),
    );
    expect(findings).toHaveLength(2);
    for (const { message } of findings) expect(message).not.toContain("swordfish");
  });
});

describe("names of the host", () => {
  test.each([
    ["br/0", "invalid-name"],
    ["br 0", "invalid-name"],
    ["sixteen-is-great", "name-too-long-for-host"],
  ])("a bridge %j", (bridge, code) => {
    check(`name = "x"
nodes = [${a}]
bridges = [{ name = "lan", external = "${bridge}", links = ["a::swp1"] }]
#                                      ${"^".repeat(bridge.length)} ${code}`);
  });

  test.each(["lab", "quarry.example", "-lab", "a..b", `${"a.".repeat(95)}b`])("a domain %j", (domain) => {
    const right = domain === "lab" || domain === "quarry.example";
    const finding = right ? "" : `\n#                        ${"^".repeat(domain.length)} invalid-name`;
    check(`name = "x"\nnodes = []\nmanagement = { domain = "${domain}" }${finding}`);
  });
});

describe("impairments, which do not act yet", () => {
  test("are looked into all the same", () => {
    check(`name = "x"
nodes = [${a}, ${b}]
links = [{ src = "a::swp1", dst = "b::swp1", impairment = { loss_percent = 101, delay = "5", los = 1 } }]
#                                            ^^^^^^^^^^ unsupported-key
#                                                                          ^^^ invalid-percent
#                                                                                       ^^^ wrong-type
#                                                                                            ^^^ unknown-key`);
  });
});

describe("frames that a bridge keeps", () => {
  const fabric = (rest: string) => `name = "x"
nodes = [${a}, ${b}, { name = "h", model = "tiny_linux" }]
${rest}`;
  test.each([
    [
      "a link of type bridge between two switches",
      'links = [{ src = "a::swp1", dst = "b::swp1", type = "bridge" }, { src = "a::swp2", dst = "h::eth1", type = "bridge" }]\n#                                                    ^^^^^^ bridge-blocks-frames',
    ],
    [
      "a bridge that is a cable between two switches",
      'bridges = [{ name = "cable", links = ["a::swp1", "b::swp1"] }]\n#                    ^^^^^ bridge-blocks-frames\nlinks = [{ src = "a::swp2", dst = "h::eth1" }]',
    ],
    ["a segment of three", 'bridges = [{ name = "lan", links = ["a::swp1", "b::swp1", "h::eth1"] }]'],
  ])("%s", (_, rest) => check(fabric(rest)));
});

describe("management", () => {
  const lab = (mode: string, node: string) => `name = "x"
management = { mode = "${mode}" }
[[nodes]]
name = "a"
model = "tiny_linux"
${node}`;
  test.each(["user", "none"])("what does nothing in mode %s", (mode) => {
    check(lab(mode, 'ipv4_address = "172.31.7.10"\n^^^^^^^^^^^^ key-has-no-effect'));
    check(lab(mode, "ready_port = 80\n^^^^^^^^^^ key-has-no-effect"));
    check(`name = "x"
nodes = []
[management]
mode = "${mode}"
ipv4 = "172.31.7.0/24"
^^^^ key-has-no-effect`);
  });

  test("in a network both act", () => {
    check(lab("nat", 'ipv4_address = "172.31.7.10"\nready_port = 80'));
    check(lab("isolated", 'ipv4_address = "172.31.7.10"\nready_port = 80'));
  });

  test("a port that nobody waits for", () => {
    check(lab("nat", "ready_port = 80\n^^^^^^^^^^ key-has-no-effect\nskip_ready_check = true"));
  });

  test("a device without a management port has no management address", () => {
    check(
      'name = "x"\n[[nodes]]\nname = "a"\nmodel = "blank"\nipv4_address = "172.31.7.10"\n^^^^^^^^^^^^ key-has-no-effect',
    );
  });

  test("what several nodes take over acts when it acts on one of them", () => {
    const group = (second: string) => `name = "x"
[groups.g]
ipv4_address = "172.31.7.10"
[[nodes]]
name = "a"
model = "blank"
group = "g"
[[nodes]]
name = "b"
model = "${second}"
group = "g"
[[bridges]]
name = "lan"
links = ["a::PORT", "b::PORT"]`;
    const codes = (text: string) =>
      analyzeText(text).findings.filter(({ code }) => code === "key-has-no-effect").length;
    expect(codes(group("blank"))).toBe(1);
    expect(codes(group("tiny_linux"))).toBe(0);
  });

  test.each([
    ["172.31.7.0/30", 2],
    ["172.31.7.0/31", 1],
    ["172.31.7.0/32", 1],
  ])("%s has no room for %i nodes", (network, count) => {
    const nodes = Array.from({ length: count }, (_, index) => `{ name = "n${index}", model = "tiny_linux" }`);
    const text = `name = "x"\nmanagement = { ipv4 = "${network}" }\nnodes = [${nodes.join(", ")}]`;
    const found = analyzeText(text).findings.filter(({ code }) => code !== "unconnected-node");
    expect(found.map(({ code }) => code)).toEqual(["out-of-range"]);
  });
});

describe("the size of packets", () => {
  test.each([
    ["cisco_iosv", "gig0/1", false],
    ["mikrotik_chr", "eth2", true],
  ])("a link between two %s", (model, port, idle) => {
    const text = `name = "x"
nodes = [{ name = "r", model = "${model}" }, { name = "s", model = "${model}" }]
links = [{ src = "r::${port}", dst = "s::${port}", mtu = 9000 }]`;
    const codes = analyzeText(text).findings.map(({ code }) => code);
    expect(codes).toEqual(idle ? ["key-has-no-effect"] : []);
    expect(analyzeText(text.replace("mtu", 'type = "bridge", mtu')).findings).toEqual([]);
  });
});

describe("an image by its name", () => {
  const text = (image: string) => `name = "x"\nnodes = [{ name = "a", model = "debian_linux", image = "${image}" }]`;
  const beside: Providers = { fileState: (path) => (/^(\.\/)?disk.qcow2$/.test(path) ? "present" : "absent") };

  test.each([
    ["a file by its path", "./disk.qcow2", []],
    ["no file", "./other.qcow2", ["image-missing"]],
    ["a volume of the image store, of which nothing is known here", "other.qcow2", []],
    ["a file written as if it were a volume", "disk.qcow2", ["image-missing"]],
  ])("%s", (_, image, codes) => {
    expect(analyzeText(text(image), beside).findings.map(({ code }) => code)).toEqual(codes);
  });
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
