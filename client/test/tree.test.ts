import type { Host, LabStatus, LinkStatus, NodeStatus } from "@labscape/lab";
import { describe, expect, it } from "vitest";
import { childrenOf, contextOf, idOf, nodesOf, runningLabs, type Item, type LabItem } from "../src/explorer/tree.js";

const node = (name: string, changes: Partial<NodeStatus> = {}): NodeStatus => {
  return { name, model: "tiny_linux", state: "running", ready: true, address: "", ...changes };
};
const link = (src: string, dst: string, state: LinkStatus["state"] = "up"): LinkStatus => {
  return { src, dst, type: "udp", state };
};
const lab = (changes: Partial<LabStatus> = {}): LabStatus => {
  const nodes = [node("a", { address: "192.0.2.2" }), node("ab", { state: "stopped", ready: false })];
  const links = [link("a::eth1", "ab::eth1"), link("ab::eth2", "a::eth2", "down")];
  return { name: "duo", owner: "me", uri: "qemu:///system", manifest: "/labs/duo.lab.toml", nodes, links, ...changes };
};
// Of a host the tree reads nothing but these two.
const seen: Pick<Host, "uri" | "owner"> = { uri: "qemu:///system", owner: "me" };
const host = seen as Host;

/** What the explorer shows, one line an item. */
function drawn(item: Item, indent = ""): readonly string[] {
  const name =
    item.kind === "host"
      ? item.uri
      : item.kind === "node"
        ? item.node.name
        : item.kind === "port"
          ? `${item.port} -> ${item.peer}`
          : item.kind === "link"
            ? `${item.link.src} - ${item.link.dst}`
            : item.kind;
  const line = `${indent}${name} [${contextOf(item).trim()}]`;
  return [line, ...childrenOf(item).flatMap((child) => drawn(child, `${indent}  `))];
}

describe("the explorer's tree", () => {
  it("has labs, nodes, ports with their peers, and links, each with what can be done with it", () => {
    expect(drawn({ kind: "host", uri: host.uri, host, labs: [lab()], isLost: false })).toEqual([
      "qemu:///system [host]",
      "  lab [lab running off written]",
      "    a [node running reachable address written]",
      "      eth1 -> ab::eth1 [port up]",
      "      eth2 -> ab::eth2 [port down]",
      "    ab [node off written]",
      "      eth1 -> a::eth1 [port up]",
      "      eth2 -> a::eth2 [port down]",
      "    links [links]",
      "      a::eth1 - ab::eth1 [link up]",
      "      ab::eth2 - a::eth2 [link down]",
    ]);
  });

  it("offers nothing for labs of other owners, and no manifest where none is known", () => {
    const foreign = { kind: "lab", host, lab: lab({ owner: "you", links: [] }) } as const;
    expect(drawn(foreign)).toEqual(["lab [lab foreign]", "  a [node foreign]", "  ab [node foreign]"]);
    expect(contextOf({ kind: "lab", host, lab: lab({ manifest: "" }) })).toBe(" lab running off ");
  });

  it("knows every item again by its id", () => {
    const all = (item: Item): readonly Item[] => [item, ...childrenOf(item).flatMap(all)];
    const labs = [lab(), lab({ owner: "you" }), lab({ name: "trio" })];
    const ids = all({ kind: "host", uri: host.uri, host, labs, isLost: false }).map(idOf);
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      all({ kind: "host", uri: host.uri, host, labs: labs.map((one) => ({ ...one })), isLost: false }).map(idOf),
    ).toEqual(ids);
  });

  it("acts on all selected nodes of a lab, if the one that was clicked is among them", () => {
    const one = lab();
    const items = childrenOf({ kind: "lab", host, lab: one }).filter((item): item is LabItem => item.kind === "node");
    const other: LabItem = { kind: "node", host, lab: lab({ name: "trio" }), node: node("z") };
    const [a, ab] = items;
    if (a === undefined || ab === undefined) throw new Error("two nodes are needed");
    expect(nodesOf(a, [a, ab, other])).toEqual(["a", "ab"]);
    expect(nodesOf(other, [a, ab])).toEqual(["z"]);
    expect(nodesOf({ kind: "lab", host, lab: one }, items)).toEqual([]);
  });

  it("counts labs of which something runs", () => {
    expect(runningLabs([lab(), lab({ nodes: [node("a", { state: "stopped" })] }), lab({ nodes: [] })])).toBe(1);
  });
});
