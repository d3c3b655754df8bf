import { prepareRename, rename as renameAt } from "@labscape/topology";
import {
  ErrorCodes,
  ResponseError,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type RenameParams,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { answer, type Feature } from "../context.js";
import { toWorkspaceEdit, type LabEdits } from "../locations.js";
import { fileNameOf } from "../uri.js";
import { labsNaming } from "../workspace/labs-naming.js";
import type { View } from "../workspace/view.js";

export const rename: Feature = {
  capabilities: (client) => ({
    renameProvider: client.textDocument?.rename?.prepareSupport === true ? { prepareProvider: true } : true,
  }),
  register(context) {
    context.connection.onPrepareRename(
      answer<PrepareRenameParams, PrepareRenameResult | null>(context, "Prepare rename", null, (view, params) => {
        const target = prepareRename(view.analysis, view.offsetAt(params.position));
        return target === undefined ? null : { range: view.range(target.range), placeholder: target.placeholder };
      }),
    );
    context.connection.onRenameRequest(
      answer<RenameParams, WorkspaceEdit | null>(context, "Rename", null, async (view, params) => {
        const result = await renameEverywhere(view, view.offsetAt(params.position), params.newName);
        if ("problem" in result) throw new ResponseError(ErrorCodes.InvalidParams, result.problem);
        return toWorkspaceEdit(view.workspace, result.parts);
      }),
    );
  },
};

/** Renames what is at an offset in every lab that names it, or says why it cannot be. */
export async function renameEverywhere(
  view: View,
  at: number,
  newName: string,
): Promise<{ readonly parts: readonly LabEdits[] } | { readonly problem: string }> {
  const parts: LabEdits[] = [];
  for (const { lab, offset } of await labsNaming(view, at)) {
    const result = renameAt(lab.analysis, offset, newName);
    if ("problem" in result) {
      const where = lab === view.lab ? "" : `${fileNameOf(lab.document.file)}: `;
      return { problem: where + result.problem };
    }
    parts.push({ lab, edits: result.edits });
  }
  return { parts };
}
