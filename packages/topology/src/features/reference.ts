import { textOf, touches, type Text } from "../model/access.js";
import type { BridgeDeclaration, Manifest, NodeDeclaration } from "../model/index.js";
import { groupTexts, keysBelow, nodeTables, nodeTexts } from "../model/references.js";
import type { Analysis } from "../analysis.js";

/** Something with a name that other places of the manifest use. */
export interface Reference {
  readonly kind: "node" | "group" | "bridge";
  readonly name: string;
  /** The place that was asked about. */
  readonly text: Text;
}

/** The node, group or bridge that the cursor is on, where it is declared or where it is named. */
export function referenceAt({ manifest }: Analysis, offset: number): Reference | undefined {
  for (const kind of ["node", "group", "bridge"] as const)
    for (const text of textsOfKind(kind, manifest))
      if (touches(text.range, offset)) return { kind, name: text.value, text };
  return undefined;
}

/** Every place in the lab's files that names the thing; where it is declared first. */
export function occurrences(
  { manifest }: Analysis,
  { kind, name }: Pick<Reference, "kind" | "name">,
): readonly { readonly text: Text; readonly declares: boolean }[] {
  const declared = declarations(kind, manifest);
  const places = new Map<number, { readonly text: Text; readonly declares: boolean }>();
  for (const text of textsOfKind(kind, manifest)) {
    const { start } = text.range;
    if (text.value === name && !places.has(start)) places.set(start, { text, declares: declared.has(start) });
  }
  return [...places.values()].sort((a, b) => Number(b.declares) - Number(a.declares));
}

function* textsOfKind(kind: Reference["kind"], manifest: Manifest): Generator<Text> {
  if (kind === "node") yield* nodeTexts(manifest);
  else if (kind === "group") {
    yield* keysBelow(manifest, ["groups"]);
    yield* groupTexts(manifest);
  } else {
    yield* namesOf(manifest.bridges);
    yield* keysBelow(manifest, ["diagram", "bridges"]);
  }
}

function declarations(kind: Reference["kind"], manifest: Manifest): ReadonlySet<number> {
  const texts =
    kind === "group" ? keysBelow(manifest, ["groups"]) : namesOf(kind === "node" ? manifest.nodes : manifest.bridges);
  return new Set([...texts].map(({ range }) => range.start));
}

function* namesOf(declared: readonly (NodeDeclaration | BridgeDeclaration)[]): Generator<Text> {
  for (const { rows } of declared) for (const { name } of rows) if (name !== undefined) yield name;
}

/** The model's name that the cursor is on. */
export function modelNameAt({ manifest }: Analysis, offset: number): Text | undefined {
  for (const { entries } of nodeTables(manifest))
    for (const key of ["model", "device_model"]) {
      const text = textOf(entries.get(key)?.value);
      if (text !== undefined && touches(text.range, offset)) return text;
    }
  return undefined;
}
