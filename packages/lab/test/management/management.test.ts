import { describe, expect, it } from "vitest";
import { labIdentity } from "../../src/identity/index.js";
import {
  formatSubnet,
  overlaps,
  parseIpv4,
  parseSubnet,
  prefixOfMask,
  type Subnet,
} from "../../src/management/ipv4.js";
import { formatIpv6, parseIpv6, parseIpv6Subnet } from "../../src/management/ipv6.js";
import { layOutManagement, managementNic, type ManagementFacts } from "../../src/management/layout.js";
import { chooseSubnet, nodeAddresses, subnetsOfRoutes } from "../../src/management/subnet.js";
import { labOf } from "../labs.js";

function subnet(text: string): Subnet {
  const parsed = parseSubnet(text);
  if (parsed === undefined) throw new Error(`${text} is not a subnet`);
  return parsed;
}

describe("IPv4", () => {
  it.each([
    ["10.0.0.0/8", "10.255.0.0/16", true],
    ["10.0.0.0/24", "10.0.1.0/24", false],
    ["0.0.0.0/0", "192.0.2.0/24", true],
    ["192.0.2.128/25", "192.0.2.127/32", false],
  ])("%s and %s overlap: %s", (a, b, expected) => {
    expect(overlaps(subnet(a), subnet(b))).toBe(expected);
    expect(overlaps(subnet(b), subnet(a))).toBe(expected);
  });
  it.each(["1.2.3", "1.2.3.256", "1.2.3.4.5", "a.b.c.d", ""])("%j is no address", (text) =>
    expect(parseIpv4(text)).toBeUndefined(),
  );
  it("counts the bits of netmasks", () => {
    expect(
      ["255.255.255.0", "255.255.252.0", "255.255.255.255", "128.0.0.0"].map((mask) =>
        prefixOfMask(parseIpv4(mask) ?? 0),
      ),
    ).toEqual([24, 22, 32, 1]);
  });
});

describe("IPv6", () => {
  it.each([
    ["fd00:0:0:1::a", "fd00:0:0:1::a"],
    ["::", "::"],
    ["::ffff:192.0.2.1", "::ffff:c000:201"],
    ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"],
    ["2001:db8:0:0:1:0:0:0", "2001:db8:0:0:1::"],
  ])("%s is %s", (text, formatted) => expect(formatIpv6(parseIpv6(text) ?? -1n)).toBe(formatted));
  it("masks the host part of a network", () => {
    const network = parseIpv6Subnet("fd00::1234/64");
    expect([formatIpv6(network?.base ?? -1n), network?.prefix]).toEqual(["fd00::", 64]);
  });
});

describe("the subnet", () => {
  it.each([
    ["nothing is taken", 3, [], "172.31.0.0/24"],
    ["the first two are taken", 3, ["172.31.0.0/24", "172.31.1.7/32"], "172.31.2.0/24"],
    ["a large one is needed", 300, [], "172.31.0.0/23"],
    ["a large one is needed and half of the first is taken", 300, ["172.31.1.0/24"], "172.31.2.0/23"],
  ])("when %s", (_, nodes, taken, expected) => {
    expect(formatSubnet(chooseSubnet(nodes, taken.map(subnet)))).toBe(expected);
  });
  it("is refused when the host routes all of the range elsewhere", () => {
    expect(() => chooseSubnet(1, [subnet("172.16.0.0/12")])).toThrow(
      expect.objectContaining({ code: "no-free-subnet" }),
    );
  });
  it("is looked for around the routes of the kernel's table", () => {
    const table = [
      "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT",
      "eth0\t00000000\t0100A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0",
      "eth0\t00001FAC\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
    ].join("\n");
    expect(subnetsOfRoutes(table).map(formatSubnet)).toEqual(["172.31.0.0/24"]);
  });
});

describe("addresses of nodes", () => {
  const node = (
    name: string,
    index: number,
    fixed?: string,
  ): { name: string; index: number; fixed: number | undefined } => ({
    name,
    index,
    fixed: fixed === undefined ? undefined : parseIpv4(fixed),
  });
  it("are offset 10 and the node's index, around those that are fixed", () => {
    const addresses = nodeAddresses(subnet("172.31.0.0/24"), [node("a", 0), node("b", 1, "172.31.0.10"), node("c", 2)]);
    expect(Object.fromEntries(addresses)).toEqual({ a: "172.31.0.11", b: "172.31.0.10", c: "172.31.0.12" });
  });
  it("wrap round to the free ones before the offset", () => {
    const addresses = nodeAddresses(subnet("10.0.0.0/29"), [node("a", 0), node("b", 1)]);
    expect([...addresses.values()]).toEqual(["10.0.0.2", "10.0.0.3"]);
  });
  it("end with an error when the network is full", () => {
    const nodes = Array.from({ length: 6 }, (_, i) => node(`n${i}`, i));
    expect(() => nodeAddresses(subnet("10.0.0.0/29"), nodes)).toThrow(
      expect.objectContaining({ code: "subnet-too-small" }),
    );
  });
});

describe("the management network", () => {
  const identity = labIdentity("ada", "quarry");
  const facts: ManagementFacts = {
    mode: "system",
    taken: [],
    keptSubnet: undefined,
    keptAddresses: new Map(),
    keptPorts: new Map(),
    freePorts: [],
  };
  const lab = (extra = "", ofA = ""): ReturnType<typeof labOf> =>
    labOf(
      `name = "quarry"\nnodes = [{ name = "a", model = "tiny_linux"${ofA} }, { name = "b", model = "tiny_linux" }]\n${extra}`,
    );

  it("is a NAT network on a system connection, and nodes know their address, gateway and name server", () => {
    const layout = layOutManagement(lab(), identity, facts);
    expect(layout).toMatchObject({ kind: "network", mode: "nat", gateway: "172.31.0.1", name: "quarry.management" });
    expect(managementNic(layout, "b", "52:54:00:00:00:01")).toEqual({
      mac: "52:54:00:00:00:01",
      mode: "static",
      ipv4: "172.31.0.11/24",
      gateway: "172.31.0.1",
      dns: ["172.31.0.1"],
    });
  });
  it("stays where it is, with the addresses that nodes have", () => {
    const layout = layOutManagement(lab(), identity, {
      ...facts,
      keptSubnet: subnet("172.31.7.0/24"),
      keptAddresses: new Map([["b", "172.31.7.10"]]),
    });
    expect(layout.kind === "network" && Object.fromEntries(layout.addresses)).toEqual({
      a: "172.31.7.11",
      b: "172.31.7.10",
    });
  });
  it("moves where the manifest says, with new addresses", () => {
    const layout = layOutManagement(lab(`management = { ipv4 = "10.9.0.0/24", ipv6 = "fd00:9::/64" }`), identity, {
      ...facts,
      keptSubnet: subnet("172.31.7.0/24"),
      keptAddresses: new Map([["a", "172.31.7.10"]]),
    });
    expect(managementNic(layout, "a", "m")).toMatchObject({ ipv4: "10.9.0.10/24", ipv6: "fd00:9::a/64" });
  });
  it("gives IPv6 addresses by the place of the IPv4 ones, which stays, around those that are fixed", () => {
    const layout = layOutManagement(
      lab(`management = { ipv6 = "fd00:9::/64" }`, `, ipv6_address = "fd00:9::b"`),
      identity,
      { ...facts, keptAddresses: new Map([["b", "172.31.0.11"]]) },
    );
    expect(layout.kind === "network" && Object.fromEntries(layout.ipv6Addresses)).toEqual({
      a: "fd00:9::b",
      b: "fd00:9::10b",
    });
  });
  it("is refused where an IPv6 network has no such place", () => {
    expect(() => layOutManagement(lab(`management = { ipv6 = "fd00:9::/126" }`), identity, facts)).toThrow(
      expect.objectContaining({ code: "subnet-too-small" }),
    );
  });
  it("is refused where the host uses the subnet, with what uses it", () => {
    const taken = [{ subnet: subnet("10.9.0.0/16"), by: "interface eth0" }];
    const refused = (): unknown =>
      layOutManagement(lab(`management = { ipv4 = "10.9.0.0/24" }`), identity, { ...facts, taken });
    expect(refused).toThrow(expect.objectContaining({ code: "subnet-taken" }));
    expect(refused).toThrow(/interface eth0/);
  });
  it("is user networking on a session connection, with a forwarded port for each node that it keeps", () => {
    const layout = layOutManagement(lab(), identity, {
      ...facts,
      mode: "session",
      keptPorts: new Map([["b", 22_000]]),
      freePorts: [22_001, 22_002],
    });
    expect(layout.kind === "user" && Object.fromEntries(layout.sshPorts)).toEqual({ a: 22_001, b: 22_000 });
  });
  it("cannot be NAT on a session connection", () => {
    expect(() =>
      layOutManagement(lab(`management = { mode = "nat" }`), identity, { ...facts, mode: "session" }),
    ).toThrow(expect.objectContaining({ code: "management-needs-system" }));
  });
});
