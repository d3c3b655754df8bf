import { findPort, type DeviceModel } from "@labscape/devices";
import { cableId } from "../canvas/cables.js";
import { addItems, addRows, type NewPair } from "../edits/index.js";
import type { EndpointDeclaration, LinkRow, NodeDeclaration } from "../model/index.js";
import { freePorts, PortUsage, type FreePort } from "../model/usage.js";
import { quoteString } from "../syntax/index.js";
import type { Draft } from "./draft.js";
import { findBridge, findCables, findNode } from "./find.js";
import type { CableEnd, Gesture, Selection } from "./gesture.js";
import { placed, Refused } from "./refused.js";
import { addKeys, setValue } from "./rows.js";

type Of<Kind extends Gesture["kind"]> = Extract<Gesture, { kind: Kind }>;

export function addLink(draft: Draft, { from, to }: Of<"add-link">): Partial<Selection> {
  if ("node" in from && "node" in to) return addCable(draft, from, to);
  if ("node" in from && "bridge" in to) return plugIn(draft, from, to.bridge);
  if ("bridge" in from && "node" in to) return plugIn(draft, to, from.bridge);
  throw new Refused("invalid", "Two bridges cannot be joined by a cable: put a node between them.");
}

type NodeEnd = Extract<CableEnd, { node: string }>;

function addCable(draft: Draft, from: NodeEnd, to: NodeEnd): Partial<Selection> {
  const { analysis } = draft;
  if (from.node === to.node) throw new Refused("invalid", "A cable joins two different nodes.");
  const usage = new PortUsage(analysis.manifest);
  const [src, dst] = [from, to].map(({ node, port }) => choosePort(findNode(analysis, node), node, port, usage));
  if (src === undefined || dst === undefined) return {};
  const first = analysis.dialect === "first";
  const pairs: NewPair[] = first
    ? [
        ["device_a", quoteString(from.node)],
        ["interface_a", String(src.index)],
        ["device_b", quoteString(to.node)],
        ["interface_b", String(dst.index)],
      ]
    : [
        ["src", quoteString(`${from.node}::${src.name}`)],
        ["dst", quoteString(`${to.node}::${dst.name}`)],
      ];
  placed(addRows(draft.manifest, [first ? "connections" : "links"], [pairs]));
  return { links: [cableId({ node: from.node, port: src.name }, `${to.node}::${dst.name}`)] };
}

function plugIn(draft: Draft, { node, port }: NodeEnd, bridgeName: string): Partial<Selection> {
  const { analysis } = draft;
  const bridge = findBridge(analysis, bridgeName);
  const free = choosePort(findNode(analysis, node), node, port, new PortUsage(analysis.manifest));
  const written = quoteString(`${node}::${free.name}`);
  // The ports on a bridge are those of the strongest row that lists any.
  const table = (bridge.rows.find((row) => row.table.entries.has("links")) ?? bridge).table;
  const file = draft.at(table.nameRange.start);
  const list = table.entries.get("links")?.value;
  if (list?.kind === "array") placed(addItems(file, list, [written]));
  else if (list === undefined) addKeys(file, table, [["links", `[${written}]`]]);
  else setValue(file, table, "links", `[${written}]`);
  return { links: [cableId({ node, port: free.name }, bridgeName)] };
}

/** The port that a cable takes at a node: the one that is named, else the first free one in the device's order. */
function choosePort(node: NodeDeclaration, name: string, port: string | undefined, usage: PortUsage): FreePort {
  if (port !== undefined) return checkPort(node, name, port, usage);
  modelOf(node, name);
  const [free] = freePorts(node, usage, 1);
  if (free === undefined) throw new Refused("no-free-port", `All data ports of \`${name}\` have a cable already.`);
  return free;
}

function modelOf({ model }: NodeDeclaration, name: string): DeviceModel {
  if (model === undefined)
    throw new Refused("invalid", `The device model of \`${name}\` is not known, and so its ports are not.`);
  return model;
}

/** @param except an end that does not count, as it leaves its port. */
function checkPort(
  node: NodeDeclaration,
  name: string,
  port: string,
  usage: PortUsage,
  except?: EndpointDeclaration,
): FreePort {
  const ref = findPort(modelOf(node, name), port);
  if (ref?.role !== "data" || ref.index >= node.portLimit)
    throw new Refused("invalid", `\`${name}\` has no data port \`${port}\`.`);
  if (usage.at(node, ref.index).some((end) => end !== except))
    throw new Refused("taken", `Port \`${ref.name}\` of \`${name}\` has a cable already.`);
  return { index: ref.index, name: ref.name };
}

export function setPort(draft: Draft, { link: id, end, port }: Of<"set-port">): Partial<Selection> {
  const { analysis } = draft;
  const [cable] = findCables(analysis, [id]);
  if (cable === undefined) return {};
  if (cable.kind === "bridge" && end === "dst") throw new Refused("invalid", "A bridge has no ports to choose from.");
  const present = cable.kind === "link" && end === "dst" ? cable.dst : cable.src;
  const name = present.node?.value ?? "";
  const chosen = checkPort(findNode(analysis, name), name, port, new PortUsage(analysis.manifest), present);
  if (cable.kind === "bridge") {
    writePort(draft, present, undefined, chosen);
    return { links: [cableId({ node: name, port: chosen.name }, cable.bridge.name?.value ?? "")] };
  }
  // Every file that speaks of the link names it by its ends.
  for (const row of cable.link.rows) for (const each of endsLike(row, present)) writePort(draft, each, row, chosen);
  const ends = [cable.src, cable.dst].map((each) => ({
    node: each.node?.value ?? "",
    port: each === present ? chosen.name : (each.ref?.name ?? each.port?.text ?? ""),
  }));
  const [src, dst] = ends;
  return src === undefined || dst === undefined ? {} : { links: [cableId(src, `${dst.node}::${dst.port}`)] };
}

function endsLike({ src, dst }: LinkRow, end: EndpointDeclaration): readonly EndpointDeclaration[] {
  return [src, dst].flatMap((each) => (each !== undefined && each.declaration === end.declaration ? [each] : []));
}

function writePort(draft: Draft, end: EndpointDeclaration, row: LinkRow | undefined, { index, name }: FreePort): void {
  const { written, port, range, node } = end;
  const file = draft.at(range.start);
  if (written !== undefined) {
    const text = quoteString(`${node?.value ?? ""}::${name}`);
    // Only the port's own characters, unless escapes hide where they stand.
    if (port !== undefined && port.range.start > written.contents.start) file.changes.replace(port.range, name);
    else file.changes.replace(written.range, text);
  } else if (port !== undefined) file.changes.replace(port.range, String(index));
  else if (row !== undefined)
    addKeys(file, row.table, [[row.src === end ? "interface_a" : "interface_b", String(index)]]);
}
