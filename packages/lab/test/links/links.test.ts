import { describe, expect, it } from "vitest";
import { labIdentity, wireDeviceName } from "../../src/identity/index.js";
import { loopbackAddress } from "../../src/links/loopback.js";
import { parseUdpEnd, UdpPortAllocator, udpPortsInUse } from "../../src/links/udp-ports.js";
import { keptUdpEnds, layOutLinks, linkKey } from "../../src/links/wiring.js";
import { parseXml } from "../../src/xml.js";
import { labOf } from "../labs.js";
import { twinCatalogue } from "../twin.js";

const identity = labIdentity("ada", "quarry");

describe("the loopback address of a lab", () => {
  it("is one of 127.1.0.1 to 127.254.255.254, by owner, lab and daemon", () => {
    const addresses = Array.from({ length: 500 }, (_, i) => loopbackAddress(labIdentity("ada", `lab${i}`), "system"));
    expect(
      addresses.every((address) => /^127\.([1-9]\d?|1\d\d|2[0-4]\d|25[0-4])\.\d+\.([1-9]\d*)$/.test(address)),
    ).toBe(true);
    expect(new Set(addresses).size).toBeGreaterThan(498);
    expect(loopbackAddress(identity, "session")).not.toBe(loopbackAddress(identity, "system"));
  });
});

describe("UDP ports", () => {
  const nic = (address: string, port: number): string =>
    `<domain><devices><interface type='udp'><source address='1.2.3.4' port='5'><local ${address} port='${port}'/></source></interface></devices></domain>`;

  it("in use are those of the address, of every address and of none", () => {
    const domains = [
      nic("address='127.1.1.1'", 1),
      nic("address='127.9.9.9'", 2),
      nic("address='0.0.0.0'", 3),
      nic("", 4),
      "<domain/>",
    ].map((xml) => ({ xml, definition: () => parseXml(xml, "domain"), metadata: undefined }));
    expect([...udpPortsInUse(domains, "127.1.1.1")]).toEqual([1, 3, 4]);
  });
  it("of a lab's own domains are those that their metadata record", () => {
    const end = { port: 0, portName: "eth1", peer: "b::eth1", type: "udp", state: "up", source: true } as const;
    const links = [{ ...end, local: "127.1.1.1:7" }, { ...end, local: "127.9.9.9:8" }, end];
    const xml = nic("address='127.1.1.1'", 1);
    expect([...udpPortsInUse([{ xml, definition: () => ({}), metadata: { links } }], "127.1.1.1")]).toEqual([7]);
  });
  it("are handed out around those in use", () => {
    const ports = new UdpPortAllocator("127.1.1.1", [10_001, 10_002]);
    expect([ports.allocate().port, ports.allocate().port]).toEqual([10_000, 10_003]);
  });
  it("run out with an error that says what to do", () => {
    const ports = new UdpPortAllocator(
      "127.1.1.1",
      Array.from({ length: 22_768 }, (_, i) => 10_000 + i),
    );
    expect(() => ports.allocate()).toThrow(expect.objectContaining({ code: "too-many-links" }));
  });
  it.each(["", "127.0.0.1", "host:1", "127.0.0.1:x"])("are not read from %j", (text) =>
    expect(parseUdpEnd(text)).toBeUndefined(),
  );
});

describe("cables", () => {
  const nodes = `name = "quarry"\nnodes = [{ name = "a", model = "tiny_linux" }, { name = "b", model = "tiny_linux" }, { name = "c", model = "tiny_linux" }]\n`;
  const layOut = (links: string, kept: Parameters<typeof layOutLinks>[2] = new Map()): ReturnType<typeof layOutLinks> =>
    layOutLinks(labOf(nodes + links), identity, kept, new UdpPortAllocator("127.1.1.1", []));

  it("join two UDP ends crosswise", () => {
    const { plugs, records } = layOut(`links = [{ src = "a::eth1", dst = "b::eth2", state = "down" }]`);
    const [left, right] = [
      { address: "127.1.1.1", port: 10_000 },
      { address: "127.1.1.1", port: 10_001 },
    ];
    expect(plugs.get("a")?.get(0)).toEqual({ kind: "udp", local: left, remote: right, state: "down" });
    expect(plugs.get("b")?.get(1)).toEqual({ kind: "udp", local: right, remote: left, state: "down" });
    expect(records.get("b")).toEqual([
      {
        port: 1,
        portName: "eth2",
        peer: "a::eth1",
        type: "udp",
        state: "down",
        source: false,
        local: "127.1.1.1:10001",
        remote: "127.1.1.1:10000",
      },
    ]);
  });
  it("keep their ports when others come before them, also from one end's record alone", () => {
    const { records } = layOut(`links = [{ src = "a::eth1", dst = "b::eth1" }]`);
    const kept = keptUdpEnds([{ name: "b", member: "", links: records.get("b") ?? [] }]);
    const again = layOut(`links = [{ src = "c::eth1", dst = "a::eth2" }, { src = "b::eth1", dst = "a::eth1" }]`, kept);
    expect(again.plugs.get("a")?.get(0)).toMatchObject({ local: { port: 10_000 }, remote: { port: 10_001 } });
  });
  it("of type bridge are a network each, the same whichever way round they are written", () => {
    const one = layOut(`links = [{ src = "a::eth1", dst = "b::eth1", type = "bridge", mtu = 9000 }]`);
    const other = layOut(`links = [{ src = "b::eth1", dst = "a::eth1", type = "bridge", mtu = 9000 }]`);
    expect(one.networks).toEqual(other.networks);
    expect(one.networks).toMatchObject([{ role: "link", label: linkKey("a::eth1", "b::eth1"), mtu: 9000 }]);
    expect(one.plugs.get("a")?.get(0)).toMatchObject({ kind: "network", network: one.networks[0]?.name, mtu: 9000 });
  });
  it("of a bridge share its network", () => {
    const { plugs, networks } = layOut(`bridges = [{ name = "lan", links = ["a::eth1", "b::eth1", "c::eth1"] }]`);
    expect(networks).toMatchObject([{ role: "bridge", label: "lan", name: "quarry.bridge-lan" }]);
    expect(["a", "b", "c"].map((node) => plugs.get(node)?.get(0))).toEqual(
      Array(3).fill({ kind: "network", network: "quarry.bridge-lan", state: "up", mtu: undefined }),
    );
  });
  it("of type wire are a tap at each end, whose names Linux takes and no other lab has", () => {
    const wire = `links = [{ src = "a::eth1", dst = "b::eth2", type = "wire", state = "down", mtu = 9000 }]`;
    const { plugs, records, networks } = layOut(wire);
    const [near, far] = [wireDeviceName(identity, "a::eth1"), wireDeviceName(identity, "b::eth2")];
    expect([near, far]).toEqual([expect.stringMatching(/^lw[0-9a-f]{11}$/), expect.stringMatching(/^lw[0-9a-f]{11}$/)]);
    const others = [wireDeviceName(identity, "b::eth1"), wireDeviceName(labIdentity("bob", "quarry"), "a::eth1")];
    expect(new Set([near, far, ...others]).size).toBe(4);
    expect(plugs.get("a")?.get(0)).toEqual({ kind: "wire", near, far, state: "down", mtu: 9000 });
    expect(plugs.get("b")?.get(1)).toEqual({ kind: "wire", near: far, far: near, state: "down", mtu: 9000 });
    expect(records.get("b")).toMatchObject([
      { peer: "a::eth1", type: "wire", source: false, local: far, remote: near },
    ]);
    expect(networks).toEqual([]);
  });
  it.each(["udp", "wire"])("of type %s are refused where two machines of a node see the port", (type) => {
    const text = `name = "quarry"\nnodes = [{ name = "t", model = "twin" }, { name = "n", model = "tiny_linux" }]\n`;
    const lab = labOf(
      `${text}links = [{ src = "t::eth1", dst = "n::eth1", type = "${type}" }]`,
      undefined,
      twinCatalogue(),
    );
    const refused = (): unknown => layOutLinks(lab, identity, new Map(), new UdpPortAllocator("127.1.1.1", []));
    expect(refused).toThrow(
      expect.objectContaining({
        code: "link-type-unsupported",
        message: expect.stringContaining(`"${type}"`) as unknown,
      }),
    );
  });
});
