import { createCatalogue } from "@labscape/devices";
import { describe, expect, it } from "vitest";
import { diffLink, type WiredNode } from "../../src/plan/link-state.js";
import { attributeOf, childOf, childrenOf, parseXml } from "../../src/xml.js";
import { applied, desire, nothing } from "../desired.js";
import { twinCatalogue } from "../twin.js";

const catalogue = twinCatalogue();
const manifest = `name = "quarry"
nodes = [{ name = "t", model = "twin" }, { name = "n", model = "tiny_linux" }, { name = "u", model = "tiny_linux" }]
links = [{ src = "t::eth2", dst = "n::eth1" }]
bridges = [{ name = "lan", links = ["t::eth1", "u::eth1"] }]
`;
async function deployed(text: string): Promise<readonly WiredNode[]> {
  const desired = await desire(text, nothing, { catalogue });
  const definitions = new Map(desired.domains.map(({ uuid, xml }) => [uuid, xml]));
  return applied(desired).domains.map(({ uuid, metadata }) => {
    return { uuid, metadata, definition: () => parseXml(definitions.get(uuid) ?? "", "domain") };
  });
}

/** Each step's id and reason, and the network of the NIC that it pulls or plugs. */
function steps(nodes: readonly WiredNode[], endpoint: string, state: "up" | "down"): readonly string[] {
  return diffLink(nodes, endpoint, state, catalogue).map(({ step, operation }) => {
    const nic = operation.kind === "set-link" ? parseXml(operation.nic, "interface") : {};
    expect(attributeOf(childOf(nic, "link"), "state")).toBe(state);
    const network = attributeOf(childOf(nic, "source"), "network") ?? "";
    return `${step.id}: ${step.reason}, ${network.replace(/link-.*/, "link")}`;
  });
}

describe("a cable of a device of several virtual machines", () => {
  it("is pulled at its port, at the mirror of it and at the other end", async () => {
    const nodes = await deployed(manifest);
    const expected = [
      "link/t::eth2/update: up -> down, quarry.link",
      "link/mirror of eth2 in t.ctl/update: up -> down, quarry.link",
      "link/n::eth1/update: up -> down, quarry.link",
    ];
    expect(steps(nodes, "t::eth2", "down")).toEqual(expected);
    expect([...steps(nodes, "n::eth1", "down")].sort()).toEqual([...expected].sort());
    expect(steps(nodes, "t::eth2", "up")).toEqual([]);
  });

  it("leads to a bridge as well", async () => {
    expect(steps(await deployed(manifest), "t::eth1", "down")).toEqual([
      "link/t::eth1/update: up -> down, quarry.bridge-lan",
      "link/mirror of eth1 in t.ctl/update: up -> down, quarry.bridge-lan",
    ]);
  });

  it("is told from another one at the same bridge", async () => {
    const both = 'name = "quarry"\nnodes = [{ name = "t", model = "twin" }]\n';
    const nodes = await deployed(`${both}bridges = [{ name = "lan", links = ["t::eth1", "t::eth2"] }]\n`);
    const macs = ["t::eth1", "t::eth2"].map((end) =>
      diffLink(nodes, end, "down", catalogue).map(({ operation }) =>
        operation.kind === "set-link"
          ? attributeOf(childOf(parseXml(operation.nic, "interface"), "mac"), "address")
          : "",
      ),
    );
    const ofDomain = (index: number) =>
      childrenOf(childOf(nodes[index]?.definition(), "devices"), "interface").map((nic) =>
        attributeOf(childOf(nic, "mac"), "address"),
      );
    // ctl: management, fabric, mirrors; fwd: fabric, ports.
    const [ctl, fwd] = [ofDomain(0), ofDomain(1)];
    expect(macs).toEqual([
      [fwd[1], ctl[2]],
      [fwd[2], ctl[3]],
    ]);
  });

  it("is found by the names that its model gives, which may be the user's own", async () => {
    const nodes = await deployed(manifest);
    expect(steps(nodes, "t::ETH2", "down")).toHaveLength(3);
    expect(() => diffLink(nodes, "t::ETH2", "down", createCatalogue([]))).toThrow("no cable at t::ETH2");
  });
});
