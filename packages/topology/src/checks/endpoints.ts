import type { DeviceModel } from "@labscape/devices";
import type { EndpointDeclaration, NodeDeclaration, PortText } from "../model/index.js";
import { nodeShape } from "../keys/index.js";
import { strongestEntry } from "../model/layers.js";
import { writtenEndpoints } from "../model/references.js";
import { dataPortNames, describePorts } from "../model/ports.js";
import { freePorts } from "../model/usage.js";
import type { Range } from "../syntax/tree.js";
import { replaceFix, type CheckContext, type LocalFix } from "./context.js";

/** Where cables end: at nodes that exist, at data ports that they have, under the name that the device uses. */
export function checkEndpoints(context: CheckContext): void {
  for (const end of writtenEndpoints(context.manifest)) checkEndpoint(end, context);
  for (const node of context.manifest.nodes) checkInterfaces(node, context);
}

function checkEndpoint(end: EndpointDeclaration, context: CheckContext): void {
  const { declaration } = end;
  if (declaration === undefined) {
    if (end.node !== undefined) reportUnknownNode(end, end.node.value, context);
    return;
  }
  const { port } = end;
  if (port !== undefined && declaration.model !== undefined)
    checkPort(end, port, declaration, declaration.model, context);
}

function reportUnknownNode(
  { node, range }: EndpointDeclaration,
  name: string,
  { manifest, nearest, report }: CheckContext,
): void {
  const at = node === undefined || node.range.start === node.range.end ? range : node.range;
  if (name === "") {
    report("unknown-node", at, "The name of a node must stand before the colons.");
    return;
  }
  const nearestNode = nearest(name, manifest.nodesByName.keys());
  const near = nearestNode === undefined || isNumberedAlike(name, nearestNode) ? undefined : nearestNode;
  report("unknown-node", at, `There is no node \`${name}\`.${near === undefined ? "" : ` Did you mean \`${near}\`?`}`, {
    fixes: near === undefined ? [] : [replaceFix(`Change to "${near}"`, at, near)],
  });
}

/** Whether two names differ in their numbers alone, as `leaf1` and `leaf3`: one is hardly the other mistyped. */
function isNumberedAlike(a: string, b: string): boolean {
  const [first, second] = [a, b].map((name) => name.toLowerCase().replace(/\d+/g, "0"));
  return /\d/.test(a) && first === second;
}

function checkPort(
  end: EndpointDeclaration,
  port: PortText,
  node: NodeDeclaration,
  model: DeviceModel,
  context: CheckContext,
): void {
  const { report } = context;
  const { ref } = end;
  const isCanonical = port.number !== undefined || port.text === ref?.name;
  if (ref?.role === "data" && ref.index < node.portLimit && isCanonical) return;
  const range = port.range.start === port.range.end ? end.range : port.range;
  const name = node.name?.value ?? "";
  if (ref === undefined) {
    if (port.number !== undefined) reportBeyond(port.range, port.number, node, model, context);
    else reportUnknownPort(port, name, model, range, context);
    return;
  }
  if (ref.role === "management") {
    const message = `\`${ref.name}\` is the management port of \`${name}\`; links use data ports: ${describePorts(model)}.`;
    report("management-port-in-link", range, message, { fixes: nextFree(end, node, context) });
  } else if (ref.role === "reserved") {
    const message = `\`${ref.name}\` is kept by the device itself; links use data ports: ${describePorts(model)}.`;
    report("reserved-port", range, message, { fixes: nextFree(end, node, context) });
  } else if (ref.index >= node.portLimit) reportBeyond(port.range, ref.index, node, model, context);
  else
    report("port-name-not-canonical", range, `${model.title} calls this port \`${ref.name}\` here.`, {
      fixes: [replaceFix(`Change to ${ref.name}`, port.range, ref.name)],
    });
}

function reportUnknownPort(
  port: PortText,
  name: string,
  model: DeviceModel,
  range: PortText["range"],
  context: CheckContext,
): void {
  if (port.text === "") {
    context.report(
      "unknown-port",
      range,
      `A port must stand after the colons. \`${name}\` has ${describePorts(model)}.`,
    );
    return;
  }
  const near = context.nearest(port.text, dataPortNames(model));
  const message = `\`${name}\` (${model.title}) has no port \`${port.text}\`. It has ${describePorts(model)}.`;
  const fixes = near === undefined ? [] : [replaceFix(`Change to ${near}`, port.range, near)];
  context.report("unknown-port", range, message, { fixes });
}

function reportBeyond(
  range: Range,
  index: number,
  node: NodeDeclaration,
  model: DeviceModel,
  { report }: CheckContext,
): void {
  const name = node.name?.value ?? "";
  if (index >= model.ports.data.maxCount || index < 0) {
    const last = model.ports.data.maxCount - 1;
    report("port-out-of-range", range, `${model.title} has the data ports 0 to ${last} (${describePorts(model)}).`);
    return;
  }
  const count = strongestEntry(node.rows, nodeShape, "data_interface_count")?.value;
  const needed = String(index + 1);
  report(
    "port-out-of-range",
    range,
    `\`${name}\` has only ${node.portLimit} data ports. Raise its data_interface_count to ${needed}.`,
    {
      fixes:
        count?.kind === "integer" ? [replaceFix(`Raise data_interface_count to ${needed}`, count.range, needed)] : [],
    },
  );
}

/** Moves a cable to the first data port of the node that has none. */
export function nextFree(
  end: EndpointDeclaration,
  node: NodeDeclaration,
  { usage }: CheckContext,
): readonly LocalFix[] {
  const [port] = freePorts(node, usage, 1);
  if (port === undefined || end.port === undefined) return [];
  const newText = end.port.number === undefined ? port.name : String(port.index);
  return [replaceFix(`Use the next free port, ${port.name}`, end.port.range, newText)];
}

/** Rows of a node's own `interfaces` name its data ports. */
function checkInterfaces(node: NodeDeclaration, context: CheckContext): void {
  const { model } = node;
  if (model === undefined) return;
  for (const { origin, entry, ref } of node.interfaces) {
    if (origin.kind !== "node") continue;
    const { key } = entry;
    const port = { text: key.text, range: key.range };
    const name = node.name?.value ?? "";
    if (ref === undefined) reportUnknownPort(port, name, model, key.range, context);
    else if (ref.role !== "data")
      context.report(
        "key-has-no-effect",
        key.range,
        `\`${ref.name}\` is no data port; \`interfaces\` sets data ports: ${describePorts(model)}.`,
      );
    else if (ref.index >= node.portLimit) reportBeyond(key.range, ref.index, node, model, context);
  }
}
