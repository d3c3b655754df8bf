import type { Analysis } from "../analysis.js";
import { addRows, type NewPair } from "../edits/index.js";
import { nextId } from "../features/rows.js";
import { textOf } from "../model/access.js";
import { quoteString } from "../syntax/index.js";
import type { Draft } from "./draft.js";
import { checkHostBridge } from "./external.js";
import type { Gesture, Selection } from "./gesture.js";
import { declareGroups } from "./groups.js";
import { checkName, nameForModel, nextBridgeName } from "./names.js";
import { savePositions } from "./positions.js";
import { placed, Refused } from "./refused.js";

type Of<Kind extends Gesture["kind"]> = Extract<Gesture, { kind: Kind }>;

export function addNode(
  draft: Draft,
  { model: modelName, name: wished, at, groups = [] }: Of<"add-node">,
): Partial<Selection> {
  const { analysis } = draft;
  const model = analysis.catalogue.find(modelName)?.model;
  if (model === undefined) throw new Refused("invalid", `There is no device model \`${modelName}\`.`);
  const name = wished === undefined ? nameForModel(model, analysis) : checkName(wished, "node", analysis);
  const first = analysis.dialect === "first";
  const pairs: NewPair[] = [
    ...(first ? [["id", nextId(analysis)] as const] : []),
    ["name", quoteString(name)],
    // What every node takes over need not be said again.
    ...(inheritedModel(analysis, groups) === model.name
      ? []
      : [[first ? "device_model" : "model", quoteString(model.name)] as const]),
    ...groupPairs(groups),
  ];
  placed(addRows(draft.manifest, [first ? "devices" : "nodes"], [pairs]));
  declareGroups(draft, groups);
  if (at !== undefined) savePositions(draft, "nodes", new Map([[name, at]]));
  return { nodes: [name] };
}

function groupPairs(groups: readonly string[]): readonly NewPair[] {
  const [only] = groups;
  if (only === undefined) return [];
  return groups.length === 1 ? [["group", quoteString(only)]] : [["groups", `[${groups.map(quoteString).join(", ")}]`]];
}

/** The model that a node without one of its own has in such groups. */
function inheritedModel({ manifest, catalogue }: Analysis, groups: readonly string[]): string | undefined {
  const tables = [
    ...[...groups].reverse().flatMap((name) => manifest.groups.get(name)?.rows.map(({ table }) => table) ?? []),
    ...manifest.defaults,
  ];
  for (const { entries } of tables) {
    const name = textOf(entries.get("model")?.value) ?? textOf(entries.get("device_model")?.value);
    if (name !== undefined) return catalogue.find(name.value)?.model.name;
  }
  return undefined;
}

export function addBridge(draft: Draft, { name: wished, external, at }: Of<"add-bridge">): Partial<Selection> {
  const { analysis } = draft;
  const name = wished === undefined ? nextBridgeName(analysis, external) : checkName(wished, "bridge", analysis);
  const pairs: NewPair[] = [
    ["name", quoteString(name)],
    ...(external === undefined ? [] : [["external", quoteString(checkHostBridge(external))] as const]),
    ["links", "[]"],
  ];
  placed(addRows(draft.manifest, ["bridges"], [pairs]));
  if (at !== undefined) savePositions(draft, "bridges", new Map([[name, at]]));
  return { bridges: [name] };
}
