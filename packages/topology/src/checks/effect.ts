import { interfaceShape } from "../keys/interface.js";
import { nodeShape, type KeySpec } from "../keys/index.js";
import { tableOf, textOf } from "../model/access.js";
import type { Row } from "../model/layers.js";
import { linkSettings, settingOf } from "../model/settings.js";
import { sourceAt, type EndpointDeclaration, type NodeDeclaration } from "../model/index.js";
import type { Entry, TomlTable } from "../syntax/tree.js";
import type { CheckContext } from "./context.js";

/** Keys that stand where they may, and yet do nothing. */
export function checkEffect(context: CheckContext): void {
  for (const node of context.manifest.nodes) {
    checkOwnKeys(node, context);
    checkVersion(node, context);
  }
  checkSharedKeys(context);
  checkSharedPorts(context);
  checkLinks(context);
}

function acts(spec: KeySpec, node: NodeDeclaration): boolean {
  return spec.needs === undefined || node.model === undefined || node.model.firstBoot.supports.includes(spec.needs);
}

function checkOwnKeys(node: NodeDeclaration, { report }: CheckContext): void {
  const name = node.model?.title ?? "";
  for (const { table } of node.rows)
    forKeysThatNeed(table, (entry, spec) => {
      if (!acts(spec, node))
        report(
          "key-has-no-effect",
          entry.key.range,
          `\`${spec.name}\` has no effect on ${name}: its first boot takes no such data.`,
          {
            tag: "unnecessary",
          },
        );
    });
}

/** A key in `defaults` or a group needs one node on which it acts. What an included file has for all may serve another lab. */
function checkSharedKeys({ manifest, report }: CheckContext): void {
  const users = new Map<TomlTable, NodeDeclaration[]>();
  for (const node of manifest.nodes)
    for (const { origin, table } of node.layers) {
      if (origin.kind === "node" || sourceAt(manifest.sources, table.nameRange.start) !== manifest.sources[0]) continue;
      const list = users.get(table);
      if (list === undefined) users.set(table, [node]);
      else list.push(node);
    }
  for (const [table, nodes] of users)
    forKeysThatNeed(table, (entry, spec) => {
      if (!nodes.some((node) => acts(spec, node)))
        report("key-has-no-effect", entry.key.range, `\`${spec.name}\` has no effect on any node that takes it over.`, {
          tag: "unnecessary",
        });
    });
}

/** A port in the `interfaces` of `defaults` or a group needs one node that has it. */
function checkSharedPorts({ manifest, report }: CheckContext): void {
  const acting = new Map<Entry, boolean>();
  for (const { model, interfaces, portLimit } of manifest.nodes)
    for (const { origin, entry, ref } of model === undefined ? [] : interfaces)
      if (origin.kind !== "node" && sourceAt(manifest.sources, entry.key.start) === manifest.sources[0])
        acting.set(entry, acting.get(entry) === true || (ref?.role === "data" && ref.index < portLimit));
  for (const [{ key }, acted] of acting)
    if (!acted)
      report("key-has-no-effect", key.range, `No node that takes this over has a data port \`${key.text}\`.`, {
        tag: "unnecessary",
      });
}

/** Visits the keys of a table of node keys, and of its interfaces, that act only on some models. */
function forKeysThatNeed(table: TomlTable, visit: (entry: Entry, spec: KeySpec) => void): void {
  for (const entry of table.entries.values()) {
    const spec = nodeShape.keys.get(entry.key.text);
    if (spec?.needs !== undefined) visit(entry, spec);
    if (spec?.name !== "interfaces") continue;
    for (const port of tableOf(entry.value)?.entries.values() ?? [])
      for (const setting of tableOf(port.value)?.entries.values() ?? []) {
        const settingSpec = interfaceShape.keys.get(setting.key.text);
        if (settingSpec?.needs !== undefined) visit(setting, settingSpec);
      }
  }
}

/** An image by its path needs no version. */
function checkVersion(node: NodeDeclaration, { report }: CheckContext): void {
  const version = firstEntry(node.rows, "version");
  const image = version && firstEntry(node.layers, "image");
  if (version === undefined || image === undefined) return;
  report("key-has-no-effect", version.key.range, "`version` has no effect: `image` names the file already.", {
    related: [{ range: image.key.range, message: "The image" }],
    tag: "unnecessary",
  });
}

function firstEntry(rows: readonly Row[], key: string): Entry | undefined {
  for (const { table } of rows) {
    const entry = table.entries.get(key);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** Whether a device's first boot says nothing of its ports. A device that is not known may. */
function isUntold(end: EndpointDeclaration | undefined): boolean {
  const spec = interfaceShape.keys.get("mtu");
  return end?.declaration !== undefined && spec !== undefined && !acts(spec, end.declaration);
}

function checkLinks({ manifest, report }: CheckContext): void {
  for (const link of manifest.links) {
    const { src, dst } = link;
    const settings = linkSettings(link);
    const mtu = settingOf(settings, "mtu");
    const isBridge = textOf(settingOf(settings, "type")?.value)?.value === "bridge";
    // A bridge has an MTU itself; a tunnel carries any size, so that only the devices can hold to one.
    if (mtu !== undefined && !isBridge && [src, dst].every((end) => isUntold(end)))
      report("key-has-no-effect", mtu.key.range, "`mtu` has no effect: the first boot of neither device sets one.", {
        tag: "unnecessary",
      });
    const p2p = settingOf(settings, "p2p");
    const type = settingOf(settings, "type")?.value;
    if (p2p?.value.kind === "boolean" && p2p.value.value && type?.kind === "string" && type.value === "bridge")
      report(
        "key-has-no-effect",
        p2p.key.range,
        "`p2p` has no effect: a link of type bridge cannot pass every frame.",
        {
          related: [{ range: type.range, message: "The type" }],
        },
      );
  }
}
