import { nodeShape } from "../keys/index.js";
import { effectiveEntry, strongestEntry } from "../model/layers.js";
import { sourceAt, type NodeDeclaration } from "../model/index.js";
import { textOf, type Text } from "../model/access.js";
import { allEndpoints, groupTexts } from "../model/references.js";
import type { Range, TomlTable } from "../syntax/tree.js";
import { replaceFix, type CheckContext } from "./context.js";
import { repeatedNames } from "./repeated.js";

/** Names and numbers of nodes, their models, groups and sizes. */
export function checkNodes(context: CheckContext): void {
  checkUnique(context);
  for (const node of context.manifest.nodes) {
    checkModel(node, context);
    checkMemory(node, context);
    checkPortCount(node, context);
  }
  checkGroups(context);
  checkConnected(context);
}

function checkUnique({ manifest, report }: CheckContext): void {
  for (const [name, first] of repeatedNames(manifest.nodes, manifest))
    report("duplicate-node", name.range, `There is another node \`${name.value}\`. Give each node a name of its own.`, {
      related: [{ range: first.range, message: "The first one" }],
    });
  // Numbers count the devices of one file; the other files of the lab count their own.
  const numbers = new Map<string, Range>();
  for (const { rows } of manifest.nodes)
    for (const { table } of rows) {
      const id = table.entries.get("id")?.value;
      if (id?.kind !== "integer") continue;
      const key = `${sourceAt(manifest.sources, id.start).base} ${id.value}`;
      const first = numbers.get(key);
      if (first === undefined) numbers.set(key, id.range);
      else
        report("duplicate-node", id.range, `There is another device with the number ${id.value}.`, {
          related: [{ range: first, message: "The first one" }],
        });
    }
}

function checkModel(node: NodeDeclaration, context: CheckContext): void {
  // What a group or `defaults` says is reported once, there.
  for (const { table } of node.rows) checkOwnModel(table, context);
}

function checkModelName(name: Text, { catalogue, nearest, report }: CheckContext): void {
  const found = catalogue.find(name.value);
  if (found === undefined) {
    const names = catalogue.models.flatMap((model) => [model.name, ...model.aliases]);
    const near = nearest(name.value, names);
    const model = near === undefined ? undefined : catalogue.find(near)?.model.name;
    report(
      "unknown-model",
      name.range,
      model === undefined
        ? `There is no device model \`${name.value}\`. Completion lists those that there are.`
        : `There is no device model \`${name.value}\`. Did you mean \`${model}\`?`,
      { fixes: model === undefined ? [] : [replaceFix(`Change to "${model}"`, name.range, model)] },
    );
  } else if (found.model.name !== name.value) {
    const { name: canonical } = found.model;
    report("deprecated-name", name.range, `This device model is called \`${canonical}\` here.`, {
      fixes: [replaceFix(`Change to "${canonical}"`, name.range, canonical)],
    });
  }
}

function checkMemory(node: NodeDeclaration, { report }: CheckContext): void {
  const effective = effectiveEntry(node.layers, "memory");
  const value = effective?.entry.value;
  if (value?.kind !== "integer" || node.model === undefined) return;
  const { title, hardware } = node.model;
  if (value.value >= BigInt(hardware.memoryMinimum)) return;
  const minimum = String(hardware.memoryMinimum);
  const own = effective?.origin.kind === "node";
  report(
    "memory-below-model-minimum",
    own ? value.range : (node.name?.range ?? node.table.nameRange),
    `${title} needs at least ${minimum} MiB of memory, and gets ${String(value.value)}.`,
    own
      ? { fixes: [replaceFix(`Change to ${minimum}`, value.range, minimum)] }
      : { related: [{ range: value.range, message: "Taken over from here" }] },
  );
}

function checkPortCount(node: NodeDeclaration, { report }: CheckContext): void {
  const value = strongestEntry(node.rows, nodeShape, "data_interface_count")?.value;
  if (value?.kind !== "integer" || node.model === undefined) return;
  const { title, ports } = node.model;
  if (value.value > BigInt(ports.data.maxCount) && value.value <= 255n)
    report("out-of-range", value.range, `${title} can have at most ${ports.data.maxCount} data ports.`);
}

function checkGroups(context: CheckContext): void {
  const { manifest, nearest, report } = context;
  const used = new Set<string>();
  for (const { groups } of manifest.nodes) for (const { value } of groups) used.add(value);
  for (const group of groupTexts(manifest)) {
    const { value } = group;
    if (manifest.groups.has(value)) continue;
    const near = nearest(value, manifest.groups.keys());
    report(
      "unknown-group",
      group.range,
      `There is no group \`${value}\`. ${near === undefined ? `Define it: \`[groups.${value}]\`.` : `Did you mean \`${near}\`?`}`,
      {
        fixes: near === undefined ? [] : [replaceFix(`Change to "${near}"`, group.range, near)],
      },
    );
  }
  for (const { name, rows } of manifest.groups.values()) {
    // What an included file has for all may serve another lab.
    if (!used.has(name.value) && sourceAt(manifest.sources, name.range.start) === manifest.sources[0])
      report("unused-group", name.range, `No node names the group \`${name.value}\`.`, { tag: "unnecessary" });
    for (const { table } of rows) checkOwnModel(table, context);
  }
  for (const table of manifest.defaults) checkOwnModel(table, context);
}

/** The model that a table names itself. */
function checkOwnModel(table: TomlTable, context: CheckContext): void {
  const name = textOf(table.entries.get("model")?.value) ?? textOf(table.entries.get("device_model")?.value);
  if (name !== undefined) checkModelName(name, context);
}

/** A cable at a port that the node does not have is reported as such; the node is not called unconnected as well. */
function checkConnected({ manifest, report }: CheckContext): void {
  if (manifest.nodes.length < 2) return;
  const connected = new Set<NodeDeclaration | undefined>();
  for (const { declaration } of allEndpoints(manifest)) connected.add(declaration);
  for (const node of manifest.nodesByName.values())
    if (node.model !== undefined && node.name !== undefined && !connected.has(node))
      report("unconnected-node", node.name.range, `No link or bridge uses a port of \`${node.name.value}\`.`);
}
