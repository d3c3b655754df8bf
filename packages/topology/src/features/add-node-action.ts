import { findPort, type DeviceModel } from "@labscape/devices";
import { addRows, Changes, type Change, type NewRow } from "../edits/index.js";
import type { Analysis } from "../analysis.js";
import type { Finding } from "../finding.js";
import type { EndpointDeclaration } from "../model/index.js";
import { allEndpoints } from "../model/references.js";
import { quoteString, textAt } from "../syntax/index.js";
import { hostName } from "../model/host-name.js";
import { nextId } from "./rows.js";
import type { CodeAction } from "./shapes.js";

/** The node that a link, a bridge or `depends_on` names and that is not there. */
export function addNodeAction(analysis: Analysis, finding: Finding): readonly CodeAction[] {
  if (finding.code !== "unknown-node" || finding.file !== analysis.file) return [];
  const name = textAt(analysis.syntax, finding.range);
  if (!hostName.test(name)) return [];
  const model = likelyModel(analysis, name);
  if (model === undefined) return [];
  const edits = insertNode(analysis, name, model).map((change) => ({ file: analysis.file, ...change }));
  const title = `Add the node "${name}" (${model.title})`;
  return edits.length === 0 ? [] : [{ title, kind: "quickfix", edits, finding, preferred: finding.fixes.length === 0 }];
}

/**
 * A model that has all the ports that the manifest gives the missing node: that of a node at the other end of its cables,
 * else the lab's most frequent one, else the smallest of the catalogue.
 */
function likelyModel({ manifest, catalogue }: Analysis, name: string): DeviceModel | undefined {
  const ends = [...allEndpoints(manifest)].filter(({ node }) => node?.value === name);
  const peers = manifest.links.flatMap(({ src, dst }) => {
    const far = src?.node?.value === name ? dst : dst?.node?.value === name ? src : undefined;
    return far?.declaration?.model ?? [];
  });
  const counts = new Map<DeviceModel, number>();
  for (const { model } of manifest.nodes) if (model !== undefined) counts.set(model, (counts.get(model) ?? 0) + 1);
  const frequent = [...counts].sort(([, a], [, b]) => b - a).map(([model]) => model);
  const smallest = [...catalogue.models].sort((a, b) => a.hardware.memory - b.hardware.memory);
  return [...peers, ...frequent, ...smallest].find((model) => ends.every((end) => fits(end, model)));
}

function fits({ port }: EndpointDeclaration, model: DeviceModel): boolean {
  if (port === undefined || port.text === "") return model.ports.data.maxCount > 0;
  if (port.number !== undefined) return port.number < model.ports.data.maxCount;
  return findPort(model, port.text)?.role === "data";
}

/** The changes that put a node behind the last one, in the form in which the nodes are written; none without a sure place. */
function insertNode(analysis: Analysis, name: string, model: DeviceModel): readonly Change[] {
  const first = analysis.dialect === "first";
  const row: NewRow = [
    ...(first ? [["id", nextId(analysis)] as const] : []),
    ["name", quoteString(name)],
    [first ? "device_model" : "model", quoteString(model.name)],
  ];
  const { syntax: document } = analysis;
  const changes = new Changes(document);
  return addRows({ document, changes }, [first ? "devices" : "nodes"], [row]) ? changes.all() : [];
}
