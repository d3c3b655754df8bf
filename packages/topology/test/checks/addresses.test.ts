import { describe, expect, test } from "vitest";
import { analyzeText } from "../support/analyze.js";
import { check } from "../support/check.js";

const a = '{ name = "a", model = "nvidia_cumulus" }';
const b = '{ name = "b", model = "nvidia_cumulus" }';

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

  test.each(["fd00:7::", "fd00:7::1", "fd00:8::a"])("%s is no node's address", (address) => {
    check(`name = "x"
management = { ipv6 = "fd00:7::/64" }
nodes = [{ name = "a", model = "nvidia_cumulus", ipv6_address = "${address}" }]
#                                                                ${"^".repeat(address.length)} address-outside-network`);
  });

  test("two nodes with the same IPv6 address of the management network, written in two ways", () => {
    check(`name = "x"
management = { ipv6 = "fd00:7::/64" }
links = [{ src = "a::swp1", dst = "b::swp1" }]
nodes = [
  { name = "a", model = "nvidia_cumulus", ipv6_address = "fd00:7::ffff:ffff:ffff:ffff" },
  { name = "b", model = "nvidia_cumulus", ipv6_address = "fd00:7:0:0:FFFF:ffff:ffff:ffff" },
#                                                         ${"^".repeat(30)} duplicate-address
]`);
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
^^^^ key-has-no-effect
ipv6 = "fd00:7::/64"
^^^^ key-has-no-effect
dns = { gate = "172.31.7.1" }
^^^ key-has-no-effect`);
  });

  test("an IPv6 address needs an IPv6 network", () => {
    check(lab("nat", 'ipv6_address = "fd00:7::a"\n^^^^^^^^^^^^ key-has-no-effect'));
    check(lab("nat", 'ipv6_address = "fd00:7::a"').replace('"nat"', '"nat", ipv6 = "fd00:7::/64"'));
  });

  test("an IPv6 network without room", () => {
    check(`name = "x"
nodes = [${a}, ${b}]
links = [{ src = "a::swp1", dst = "b::swp1" }]
management = { ipv6 = "fd00:7::/127" }
#                      ^^^^^^^^^^^^ out-of-range`);
  });

  test.each(["172.31.7.1", "fd00:7::1"])("a name in the DNS for %s", (address) => {
    check(`name = "x"\nnodes = []\nmanagement = { dns = { gate = "${address}" } }`);
  });

  test("a name in the DNS for what is no address", () => {
    check(`name = "x"
nodes = []
management = { dns = { gate = "gate.example" } }
#                              ^^^^^^^^^^^^ invalid-address`);
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
