import { keyText } from "../model/read.js";
import { textOf, touches, type Text } from "../model/access.js";
import type { BridgeDeclaration, Manifest, NodeDeclaration } from "../model/index.js";
import { groupTexts, nodeTables, nodeTexts } from "../model/references.js";
import type { KeyPart, Statement } from "../syntax/index.js";
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
    yield* groupKeys(manifest);
    yield* groupTexts(manifest);
  } else yield* namesOf(manifest.bridges);
}

function declarations(kind: Reference["kind"], manifest: Manifest): ReadonlySet<number> {
  const texts = kind === "group" ? groupKeys(manifest) : namesOf(kind === "node" ? manifest.nodes : manifest.bridges);
  return new Set([...texts].map(({ range }) => range.start));
}

function* namesOf(declared: readonly (NodeDeclaration | BridgeDeclaration)[]): Generator<Text> {
  for (const { rows } of declared) for (const { name } of rows) if (name !== undefined) yield name;
}

/** The names of groups wherever a header or a dotted key spells them: a group may be written in several places. */
function* groupKeys({ files, groups }: Manifest): Generator<Text> {
  const seen = new Set<number>();
  for (const { source } of files) {
    let section: Statement | undefined;
    for (const statement of source.syntax.statements) {
      if (statement.kind === "table-header") section = statement;
      const path =
        statement.kind === "table-header" || section === undefined
          ? statement.key.parts
          : [...section.key.parts, ...statement.key.parts];
      const [root, name] = path;
      if (root?.text !== "groups" || name === undefined || seen.has(name.range.start)) continue;
      seen.add(name.range.start);
      yield partText(name);
    }
  }
  // Those of `groups = { NAME = ... }`.
  for (const { rows } of groups.values())
    for (const { name } of rows) if (!seen.has(name.range.start) && !seen.has(name.range.start - 1)) yield name;
}

function partText(part: KeyPart): Text {
  return keyText({ key: part });
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
