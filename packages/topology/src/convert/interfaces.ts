import type { DeviceModel } from "@labscape/devices";
import type { Dialect } from "../analysis.js";
import { portOfKey } from "../model/interfaces.js";
import { membersOf } from "../model/references.js";
import { quoteKey, type Path } from "../syntax/index.js";
import type { Draft } from "./draft.js";
import { isNodeTable, isRowOf, nodeRows, scopeKey } from "./places.js";
import type { SpelledKey } from "./spelled-keys.js";

/** A key that the first dialect reads as a number. */
const portNumber = /^\d{1,3}$/;

/** One table `interfaces`: its keys by the port that they name, each with every place that spells it. */
interface Interfaces {
  /** The models of the nodes that have or take over the table. */
  readonly models: readonly DeviceModel[];
  readonly ports: Map<string, SpelledKey[]>;
}

/**
 * The ports in `interfaces`: by number in the first dialect, which knows names as well, and by name in the current one. What
 * several nodes take over must mean the same port on each of them before and after.
 */
export function convertInterfaces(draft: Draft): void {
  if (draft.analysis.dialect === draft.to) return;
  for (const interfaces of tablesOf(draft)) convertTable(interfaces, draft);
}

function convertTable({ models, ports }: Interfaces, draft: Draft): void {
  const { analysis, to, changes, refuse } = draft;
  const from = analysis.dialect;
  const names = new Map([...ports.keys()].map((port) => [port, counterpartOf(port, models, from, to)]));
  const uses = new Map<string, number>();
  for (const [port, name = port] of names) uses.set(name, (uses.get(name) ?? 0) + 1);
  for (const [port, spelled] of ports) {
    const name = names.get(port);
    if (name !== undefined && name !== port && uses.get(name) === 1 && meansTheSame(port, name, models, from, to)) {
      for (const { part } of spelled) changes.replace(part.range, quoteKey(name));
      continue;
    }
    // The first dialect knows names too; a number that is no port yet must not become one, nor one that was a port stop being it.
    const mayStay =
      (to === "first" || !portNumber.test(port) || name === port) && meansTheSame(port, port, models, from, to);
    const [first] = spelled;
    if (!mayStay && first !== undefined) refuse(first.part.range, reason(port, name, models, to));
  }
}

function reason(port: string, name: string | undefined, models: readonly DeviceModel[], to: Dialect): string {
  if (to === "first")
    return `\`${port}\` names no port in the current dialect, and would name one in the first. Remove it, or name the port.`;
  const [model] = models;
  if (model === undefined) return `No node with a known device model has \`${port}\`, so that there is no name for it.`;
  if (name === undefined) return `${model.title} has no data port ${port}, so that there is no name for it.`;
  return `Port \`${port}\` has different names on the nodes that take it over, or is given twice. Give each node its own.`;
}

/** What a port is called in the other dialect, by the first model that has it. */
function counterpartOf(port: string, models: readonly DeviceModel[], from: Dialect, to: Dialect): string | undefined {
  for (const model of models) {
    const ref = portOfKey(port, model, from);
    if (ref?.role !== "data") continue;
    // A name of the current dialect is one of the first dialect as well.
    if (to === "current") return portOfKey(port, model, to)?.index === ref.index ? port : ref.name;
    return String(ref.index);
  }
  return undefined;
}

/** Whether a key names on every model the port that another key names there in the other dialect. */
function meansTheSame(
  before: string,
  after: string,
  models: readonly DeviceModel[],
  from: Dialect,
  to: Dialect,
): boolean {
  return models.every((model) => {
    const old = portOfKey(before, model, from);
    const now = portOfKey(after, model, to);
    return old?.role === now?.role && old?.index === now?.index;
  });
}

function tablesOf(draft: Draft): Iterable<Interfaces> {
  const modelsAt = modelFinder(draft);
  const tables = new Map<string, Interfaces>();
  for (const key of draft.keys) {
    const { path } = key;
    const port = path.at(-1);
    const owner = path.slice(0, -2);
    if (path.at(-2) !== "interfaces" || typeof port !== "string" || !isNodeTable(owner)) continue;
    const id = scopeKey(owner);
    const table = tables.get(id) ?? { models: modelsAt(owner), ports: new Map<string, SpelledKey[]>() };
    tables.set(id, table);
    const spelled = table.ports.get(port);
    if (spelled === undefined) table.ports.set(port, [key]);
    else spelled.push(key);
  }
  return tables.values();
}

/** Finds the models of the nodes that have, or take over, the node keys at a path. */
function modelFinder({ analysis: { manifest, syntax } }: Draft): (path: Path) => readonly DeviceModel[] {
  const byTable = new Map(
    manifest.nodes.flatMap(({ rows, model }) => rows.map(({ table }) => [table, model] as const)),
  );
  const byRow = new Map(nodeRows(syntax).map(({ path, table }) => [scopeKey(path), byTable.get(table)]));
  return (path) => {
    if (isRowOf(path, "nodes")) return [byRow.get(scopeKey(path)) ?? []].flat();
    const [root, name] = path;
    const nodes = root === "groups" ? membersOf(manifest, String(name)) : manifest.nodes;
    return nodes.flatMap(({ model }) => model ?? []);
  };
}
