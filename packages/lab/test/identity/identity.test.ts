import { describe, expect, it } from "vitest";
import { allocateMacs } from "../../src/identity/mac.js";
import { labIdentity, resourceUuid } from "../../src/identity/lab-identity.js";
import { metadataElement, readMetadata, type ResourceMetadata } from "../../src/identity/metadata.js";
import { bridgeDeviceName, directoryName, ownerName, poolName } from "../../src/identity/names.js";
import { uuidV5 } from "../../src/identity/uuid.js";
import { childOf, parseXml, toXml } from "../../src/xml.js";

describe("UUIDs", () => {
  it("are version 5", () => {
    // The example of RFC 9562, appendix A.4: the DNS namespace and www.example.com.
    expect(uuidV5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com")).toBe(
      "2ed6657d-e927-568b-95e1-2665a8aea6a2",
    );
  });
  it("stay the same from one release to the next", () => {
    const identity = labIdentity("ada", "quarry");
    expect([identity.uuid, resourceUuid(identity, "node/leaf1"), resourceUuid(identity, "pool")])
      .toMatchInlineSnapshot(`
      [
        "dd6c90d9-c71f-5ce9-9285-9ba9154d0f6f",
        "fa079833-afc9-5072-83e2-2adc48023816",
        "1a127484-db1b-5d34-a14f-1dd36f660e34",
      ]
    `);
  });
  it("differ by owner, lab and role", () => {
    const uuids = [
      ...[labIdentity("ada", "quarry"), labIdentity("bob", "quarry"), labIdentity("ada", "quarry2")],
      labIdentity("adaq", "uarry"),
    ].flatMap((identity) => [identity.uuid, resourceUuid(identity, "node/a"), resourceUuid(identity, "network/a")]);
    expect(new Set(uuids).size).toBe(uuids.length);
  });
});

describe("MAC addresses", () => {
  const identity = labIdentity("ada", "quarry");
  const nics = Array.from({ length: 20_000 }, (_, i) => `n${Math.floor(i / 20)}/nic/${i % 20}`);

  it("are QEMU's, distinct in a lab of a thousand nodes, and the same every time", () => {
    const macs = [...allocateMacs(identity, nics, new Map()).values()];
    expect(new Set(macs).size).toBe(nics.length);
    expect(macs.every((mac) => /^52:54:00(:[0-9a-f]{2}){3}$/.test(mac))).toBe(true);
    expect([...allocateMacs(identity, nics, new Map()).values()]).toEqual(macs);
  });
  it("do not change when other nodes come and go", () => {
    const few = allocateMacs(identity, ["a/nic/0", "b/nic/0"], new Map());
    const more = allocateMacs(identity, ["c/nic/0", "a/nic/0", "d/nic/0", "b/nic/0"], new Map());
    expect(more.get("a/nic/0")).toBe(few.get("a/nic/0"));
    expect(more.get("b/nic/0")).toBe(few.get("b/nic/0"));
  });
  it("are those of the manifest where it sets them, and no other NIC gets one of these", () => {
    const own = allocateMacs(identity, ["a/nic/0"], new Map()).get("a/nic/0") ?? "";
    const macs = allocateMacs(identity, ["a/nic/0", "b/nic/0"], new Map([["b/nic/0", own.toUpperCase()]]));
    expect(macs.get("b/nic/0")).toBe(own);
    expect(macs.get("a/nic/0")).not.toBe(own);
  });
});

describe("names", () => {
  it("of bridges fit into an interface name and differ by lab", () => {
    const name = bridgeDeviceName(labIdentity("ada", "a-lab-with-a-very-long-name-indeed"), "management");
    expect(name).toMatch(/^ls[0-9a-f]{11}$/);
    expect(name).not.toBe(bridgeDeviceName(labIdentity("bob", "a-lab-with-a-very-long-name-indeed"), "management"));
  });
  it.each([
    ["ada", "ada"],
    ["Ada Lovelace", "ada-lovelace"],
    ["../../etc", "-etc"],
    ["", "user"],
  ])("of the owner %j can be part of a path: %j", (user, name) => expect(ownerName(user)).toBe(name));
  it("of pool and directory name owner and lab", () => {
    const identity = labIdentity("ada", "quarry");
    expect([poolName(identity), directoryName(identity)]).toEqual(["labscape.ada.quarry", "ada.quarry"]);
  });
});

describe("metadata", () => {
  const metadata: ResourceMetadata = {
    owner: "ada",
    lab: "quarry",
    role: "node",
    name: "leaf1",
    member: "vcp",
    main: false,
    hash: "abc",
    manifest: `/home/ada/"a" & <b>.toml`,
    model: "tiny_linux",
    address: "172.31.0.10",
    sshPort: 22_001,
    links: [
      {
        port: 0,
        portName: "eth1",
        peer: "leaf2::eth1",
        type: "udp",
        state: "down",
        source: true,
        local: "127.1.2.3:10000",
        remote: "127.1.2.3:10001",
      },
      { port: 1, portName: "eth2", peer: "lan", type: "bridge", state: "up", source: false },
    ],
    facets: new Map([["memory", "112 MiB"]]),
  };
  const write = (value: ResourceMetadata): string => toXml("metadata", metadataElement(value));

  it("is read back as written", () => {
    expect(readMetadata(parseXml(write(metadata), "metadata"))).toEqual(metadata);
  });
  it("is found under whatever prefix, beside others' metadata", () => {
    const text = write(metadata)
      .replace(/labscape:(?=(?:resource|link|facet)[\s>/])/g, "x:")
      .replace("xmlns:labscape", "xmlns:x");
    const domain = `<domain><metadata><y:z xmlns:y="urn:other"/>${text.replace(/<\/?metadata>/g, "")}</metadata></domain>`;
    expect(readMetadata(childOf(parseXml(domain, "domain"), "metadata"))).toEqual(metadata);
  });
  it.each([
    ["no metadata", "<metadata/>"],
    ["another namespace", write(metadata).replace("urn:labscape:resource", "urn:other")],
    ["a later format", write(metadata).replace('version="1"', 'version="2"')],
  ])("is nobody's with %s", (_, text) => expect(readMetadata(parseXml(text, "metadata"))).toBeUndefined());
});
