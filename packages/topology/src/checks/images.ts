import { textOf } from "../model/access.js";
import { effectiveEntry } from "../model/layers.js";
import type { NodeDeclaration } from "../model/index.js";
import { replaceFix, type CheckContext } from "./context.js";

/** Images in the store; only where the store is known. */
export function checkImages(context: CheckContext): void {
  if (context.providers.imageVersions === undefined) return;
  const imageVersions = context.providers.imageVersions.bind(context.providers);
  for (const node of context.manifest.nodes) {
    if (node.model === undefined || effectiveEntry(node.layers, "image") !== undefined) continue;
    const versions = imageVersions(node.model.name);
    if (versions !== undefined) checkStore(node, node.model.name, versions, context);
  }
}

function checkStore(node: NodeDeclaration, model: string, versions: readonly string[], context: CheckContext): void {
  const { report, nearest } = context;
  const effective = effectiveEntry(node.layers, "version");
  const version = textOf(effective?.entry.value);
  const own = effective?.origin.kind === "node";
  if (versions.length === 0) {
    const command = `labscape image add FILE --model ${model} --version ${version?.value ?? "VERSION"}`;
    const { howTo: text = "", url } = node.model?.image ?? {};
    const howTo = [text, url === undefined ? "" : `See ${url}.`]
      .filter((part) => part !== "")
      .map((part) => ` ${part}`)
      .join("");
    report(
      "image-not-found-in-store",
      modelRange(node),
      `The image store has no image of \`${model}\`. Add one: \`${command}\`.${howTo}`,
    );
    return;
  }
  if (version === undefined || versions.includes(version.value)) return;
  const near = nearest(version.value, versions) ?? (versions.length === 1 ? versions[0] : undefined);
  const range = own ? version.range : modelRange(node);
  report(
    "version-missing",
    range,
    `The image store has no version ${version.value} of \`${model}\`. It has ${versions.slice(0, 8).join(", ")}.`,
    {
      fixes: near === undefined || !own ? [] : [replaceFix(`Change to "${near}"`, range, near)],
    },
  );
}

/** Where the node says its model; its name where it takes the model over. */
export function modelRange(node: NodeDeclaration) {
  for (const { table } of node.rows) {
    const own = table.entries.get("model") ?? table.entries.get("device_model");
    if (own?.value.kind === "string") return own.value.contents;
  }
  return node.name?.range ?? node.table.nameRange;
}
