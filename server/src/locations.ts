import type { Location as LabLocation, TextEdit as LabEdit } from "@labscape/topology";
import type { Location, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import type { ManifestDocument } from "./document.js";

/** Places in this document as the protocol has them. */
export function toLocations(document: ManifestDocument, locations: readonly LabLocation[]): Location[] {
  return locations
    .filter(({ file }) => file === document.uri)
    .map(({ range }) => ({ uri: document.uri, range: document.range(range) }));
}

/** Edits of this document, bound to its present version. */
export function toWorkspaceEdit(document: ManifestDocument, edits: readonly LabEdit[]): WorkspaceEdit {
  const own: TextEdit[] = edits
    .filter(({ file }) => file === document.uri)
    .map(({ range, newText }) => ({ range: document.range(range), newText }));
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits: own }] };
}
