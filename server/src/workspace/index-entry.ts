import { documentSymbols, type OutlineSymbol } from "@labscape/topology";
import type { Range } from "vscode-languageserver-textdocument";
import type { ManifestDocument } from "../document.js";
import type { Lab } from "./lab.js";

/** What is kept of a manifest, open or not: enough to find it, never its text. */
export interface IndexEntry {
  readonly file: string;
  /** The manifest and the files that it includes. */
  readonly sources: readonly string[];
  /** Every file that it names. */
  readonly dependencies: ReadonlySet<string>;
  /** The lab's name where this very file gives it. */
  readonly name?: LabName;
  readonly symbols: readonly IndexedSymbol[];
}

export interface LabName {
  readonly value: string;
  /** Offsets in the file. */
  readonly range: { readonly start: number; readonly end: number };
  /** The same as an editor counts, since the text is not kept. */
  readonly place: Range;
}

export interface IndexedSymbol {
  readonly name: string;
  readonly kind: "lab" | OutlineSymbol["kind"];
  readonly place: Range;
}

const KINDS: readonly OutlineSymbol["kind"][] = ["node", "bridge", "group"];

export function describeLab(lab: Lab): IndexEntry {
  const { document, analysis, dependencies } = lab;
  const name = labName(lab);
  return {
    file: document.file,
    sources: analysis.sources.map(({ file }) => file),
    dependencies,
    ...(name === undefined ? {} : { name }),
    get symbols() {
      return symbolsOf(document, name, documentSymbols(analysis));
    },
  };
}

/** The entry without the analysis behind it. */
export function keptEntry(entry: IndexEntry): IndexEntry {
  return { ...entry };
}

function labName({ document, analysis }: Lab): LabName | undefined {
  const { entries } = analysis.syntax.root;
  for (const key of ["name", "id"]) {
    const value = entries.get(key)?.value;
    if (value?.kind !== "string" || value.value === "") continue;
    return { value: value.value, range: value.contents, place: document.range(value.contents) };
  }
  return undefined;
}

function symbolsOf(
  document: ManifestDocument,
  name: LabName | undefined,
  outline: readonly OutlineSymbol[],
): readonly IndexedSymbol[] {
  const symbols: IndexedSymbol[] = [];
  if (name !== undefined) symbols.push({ name: name.value, kind: "lab", place: name.place });
  const walk = (list: readonly OutlineSymbol[]): void => {
    for (const symbol of list) {
      if (KINDS.includes(symbol.kind) && symbol.name !== "") {
        symbols.push({ name: symbol.name, kind: symbol.kind, place: document.range(symbol.selectionRange) });
      } else walk(symbol.children);
    }
  };
  walk(outline);
  return symbols;
}
