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
import { toWorkspaceEdit } from "../locations.js";

export const rename: Feature = {
  capabilities: (client) => ({
    renameProvider: client.textDocument?.rename?.prepareSupport === true ? { prepareProvider: true } : true,
  }),
  register(context) {
    context.connection.onPrepareRename(
      answer<PrepareRenameParams, PrepareRenameResult | null>(context, "Prepare rename", null, (document, params) => {
        const target = prepareRename(document.analysis(), document.text.offsetAt(params.position));
        return target === undefined ? null : { range: document.range(target.range), placeholder: target.placeholder };
      }),
    );
    context.connection.onRenameRequest(
      answer<RenameParams, WorkspaceEdit | ResponseError | null>(context, "Rename", null, (document, params) => {
        const offset = document.text.offsetAt(params.position);
        const result = renameAt(document.analysis(), offset, params.newName);
        return "problem" in result
          ? new ResponseError(ErrorCodes.InvalidParams, result.problem)
          : toWorkspaceEdit(document, result.edits);
      }),
    );
  },
};
