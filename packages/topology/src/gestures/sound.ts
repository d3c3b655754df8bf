import type { Analysis } from "../analysis.js";
import { applyEdits } from "../edit.js";
import type { TextEdit } from "../finding.js";
import { readLabFiles, readManifest, type Manifest } from "../model/index.js";
import type { Gesture, Selection } from "./gesture.js";

/**
 * Whether the lab has just the nodes and bridges after the edits that it must have, and no more errors of TOML. In sound text it
 * always has; beside half-typed text what is put in may be taken for a part of that.
 */
export function doesAsSaid(analysis: Analysis, edits: readonly TextEdit[], gesture: Gesture, made: Selection): boolean {
  const after = read(analysis, edits);
  const errors = (manifest: Manifest) =>
    manifest.sources.reduce(
      (sum, { syntax }) => sum + syntax.errors.filter(({ code }) => code !== "toml-1.1-feature").length,
      0,
    );
  return (
    errors(after) <= errors(analysis.manifest) &&
    isSame(nodeNames(after), expected(nodeNames(analysis.manifest), goneNodes(gesture), made.nodes)) &&
    isSame(bridgeNames(after), expected(bridgeNames(analysis.manifest), goneBridges(gesture), made.bridges))
  );
}

/** The lab's files with the edits in them. */
function read(analysis: Analysis, edits: readonly TextEdit[]): Manifest {
  const texts = new Map<string, string>();
  for (const { file, text } of analysis.sources) {
    const own = edits.filter((edit) => edit.file === file);
    if (own.length > 0) texts.set(file, applyEdits(text, own));
  }
  const { file, text, catalogue, providers } = analysis;
  const files = readLabFiles(texts.get(file) ?? text, {
    file,
    providers: {
      readInclude(path, from) {
        const found = providers.readInclude?.(path, from);
        return found && { file: found.file, text: texts.get(found.file) ?? found.text };
      },
    },
  });
  return readManifest(files, catalogue);
}

function expected(before: ReadonlySet<string>, gone: readonly string[], made: readonly string[]): ReadonlySet<string> {
  const names = new Set(before);
  for (const name of gone) names.delete(name);
  for (const name of made) names.add(name);
  return names;
}

function goneNodes(gesture: Gesture): readonly string[] {
  if (gesture.kind === "delete") return gesture.nodes ?? [];
  return gesture.kind === "rename" && "node" in gesture ? [gesture.node] : [];
}

function goneBridges(gesture: Gesture): readonly string[] {
  if (gesture.kind === "delete") return gesture.bridges ?? [];
  return gesture.kind === "rename" && "bridge" in gesture ? [gesture.bridge] : [];
}

function nodeNames({ nodesByName }: Manifest): ReadonlySet<string> {
  return new Set(nodesByName.keys());
}

function bridgeNames({ bridges }: Manifest): ReadonlySet<string> {
  return new Set(bridges.flatMap(({ name }) => name?.value ?? []));
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((name) => other.has(name));
}
