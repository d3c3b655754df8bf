import { keyText } from "../model/read.js";
import { textOf, touches, type Text } from "../model/access.js";
import type { Manifest } from "../model/index.js";
import { allEndpoints } from "../model/references.js";
import type { KeyPart, Statement, TomlDocument } from "../syntax/index.js";
import type { Analysis } from "../analysis.js";

/** Something with a name that other places of the manifest use. */
export interface Reference {
  readonly kind: "node" | "group" | "bridge";
  readonly name: string;
  /** The place that was asked about. */
  readonly text: Text;
}

/** The node, group or bridge that the cursor is on, where it is declared or where it is named. */
export function referenceAt({ manifest, syntax }: Analysis, offset: number): Reference | undefined {
  for (const kind of ["node", "group", "bridge"] as const)
    for (const text of textsOfKind(kind, manifest, syntax))
      if (touches(text.range, offset)) return { kind, name: text.value, text };
  return undefined;
}

/** Every place that names the thing; where it is declared first. */
export function occurrences(
  { manifest, syntax }: Analysis,
  { kind, name }: Pick<Reference, "kind" | "name">,
): readonly { readonly text: Text; readonly declares: boolean }[] {
  const places = new Map<number, { readonly text: Text; readonly declares: boolean }>();
  for (const text of textsOfKind(kind, manifest, syntax)) {
    if (text.value !== name || places.has(text.range.start)) continue;
    places.set(text.range.start, { text, declares: declarations(kind, manifest, syntax).has(text.range.start) });
  }
  return [...places.values()].sort((a, b) => Number(b.declares) - Number(a.declares));
}

function* textsOfKind(kind: Reference["kind"], manifest: Manifest, syntax: TomlDocument): Generator<Text> {
  if (kind === "node") {
    for (const { name, dependsOn } of manifest.nodes) {
      if (name !== undefined) yield name;
      yield* dependsOn;
    }
    for (const { node } of allEndpoints(manifest)) if (node !== undefined) yield node;
  } else if (kind === "group") {
    yield* groupKeys(manifest, syntax);
    for (const { groups } of manifest.nodes) yield* groups;
  } else for (const { name } of manifest.bridges) if (name !== undefined) yield name;
}

function declarations(kind: Reference["kind"], manifest: Manifest, syntax: TomlDocument): ReadonlySet<number> {
  const texts =
    kind === "node"
      ? manifest.nodes.map(({ name }) => name)
      : kind === "group"
        ? [...groupKeys(manifest, syntax)]
        : manifest.bridges.map(({ name }) => name);
  return new Set(texts.flatMap((text) => text?.range.start ?? []));
}

/** The names of groups wherever a header or a dotted key spells them: a group may be written in several places. */
function* groupKeys(manifest: Manifest, { statements }: TomlDocument): Generator<Text> {
  const seen = new Set<number>();
  let section: Statement | undefined;
  for (const statement of statements) {
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
  // Those of `groups = { NAME = ... }`.
  for (const { name } of manifest.groups.values())
    if (!seen.has(name.range.start) && !seen.has(name.range.start - 1)) yield name;
}

function partText(part: KeyPart): Text {
  return keyText({ key: part });
}

/** The model's name that the cursor is on. */
export function modelNameAt({ manifest }: Analysis, offset: number): Text | undefined {
  const tables = [...manifest.nodes, ...manifest.groups.values()].map(({ table }) => table);
  if (manifest.defaults !== undefined) tables.push(manifest.defaults);
  for (const { entries } of tables)
    for (const key of ["model", "device_model"]) {
      const text = textOf(entries.get(key)?.value);
      if (text !== undefined && touches(text.range, offset)) return text;
    }
  return undefined;
}
