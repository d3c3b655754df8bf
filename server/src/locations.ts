import type { Location as LabLocation, TextEdit as LabEdit } from "@labscape/topology";
import type { Location, TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import type { Lab } from "./workspace/lab.js";
import type { Workspace } from "./workspace/workspace.js";

/** Places in the files of a lab, or at the start of other files, as the protocol has them. */
export function toLocations(workspace: Workspace, locations: readonly LabLocation[], lab?: Lab): Location[] {
  return locations.flatMap(({ file, range }) => workspace.place(file, range, lab) ?? []);
}

/** Edits of one or several labs, or of an open document that is no part of one. An edit that several ask for is made once. */
export interface LabEdits {
  readonly lab?: Lab;
  readonly edits: readonly LabEdit[];
}

/** Those of open documents are bound to their present version, so that a client which has moved on refuses them. */
export function toWorkspaceEdit(workspace: Workspace, parts: readonly LabEdits[]): WorkspaceEdit {
  const files = new Map<
    string,
    { readonly document: TextDocumentEdit["textDocument"]; readonly edits: Map<string, TextEdit> }
  >();
  for (const { lab, edits } of parts) {
    for (const { file, range, newText } of edits) {
      const place = workspace.place(file, range, lab);
      if (place === undefined) continue;
      const known = files.get(file) ?? {
        document: { uri: place.uri, version: workspace.opened(file)?.version ?? null },
        edits: new Map<string, TextEdit>(),
      };
      known.edits.set(`${range.start} ${range.end} ${newText}`, { range: place.range, newText });
      files.set(file, known);
    }
  }
  return {
    documentChanges: [...files.values()].map(({ document, edits }) => ({
      textDocument: document,
      edits: [...edits.values()],
    })),
  };
}
