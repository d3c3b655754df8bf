import type { Analysis } from "../analysis.js";
import { hostName } from "../model/host-name.js";
import { locate } from "../model/index.js";
import { quoteString } from "../syntax/index.js";
import { occurrences, referenceAt, type Reference } from "./reference.js";
import type { RenameResult, RenameTarget } from "./shapes.js";

/** Whether the cursor is on something that can be renamed, and its name. */
export function prepareRename(analysis: Analysis, offset: number): RenameTarget | undefined {
  const reference = referenceAt(analysis, offset);
  if (reference === undefined || reference.name === "") return undefined;
  return { range: reference.text.range, placeholder: reference.name };
}

/** Changes a name where it is declared and wherever it is used. */
export function rename(analysis: Analysis, offset: number, newName: string): RenameResult {
  const reference = referenceAt(analysis, offset);
  if (reference === undefined) return { problem: "Only nodes, groups and bridges can be renamed." };
  return renameThing(analysis, reference, newName);
}

/** The same for a thing that is known by its name. */
export function renameThing(
  analysis: Analysis,
  reference: Pick<Reference, "kind" | "name">,
  newName: string,
): RenameResult {
  const problem = problemOf(analysis, reference, newName);
  if (problem !== undefined) return { problem };
  return {
    edits: occurrences(analysis, reference).map(({ text }) => ({
      ...locate(analysis.sources, text.range),
      newText: text.suffix === undefined ? newName : quoteString(newName + text.suffix).slice(1, -1),
    })),
  };
}

function problemOf(
  { manifest }: Analysis,
  { kind, name }: Pick<Reference, "kind" | "name">,
  newName: string,
): string | undefined {
  if (newName === name) return undefined;
  // What all of these allow can stand in quotes and as a bare key without escapes.
  if (kind === "group" && !/^[A-Za-z0-9_-]+$/.test(newName))
    return "A group's name has letters, digits, _ and -, so that it can be a key.";
  if (kind !== "group" && !hostName.test(newName))
    return `A ${kind}'s name has 1 to 63 letters, digits and -, with a letter or digit at both ends.`;
  const taken =
    kind === "node"
      ? manifest.nodesByName.has(newName)
      : kind === "group"
        ? manifest.groups.has(newName)
        : manifest.bridges.some((bridge) => bridge.name?.value === newName);
  return taken ? `There is a ${kind} called \`${newName}\` already.` : undefined;
}
