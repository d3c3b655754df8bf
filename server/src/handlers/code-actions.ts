import { codeActions as actionsIn, type CodeAction as LabAction } from "@labscape/topology";
import { CodeActionKind, type CodeAction, type CodeActionParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";
import { toDiagnostic } from "../diagnostics.js";
import type { ManifestDocument } from "../document.js";
import { toWorkspaceEdit } from "../locations.js";

const KINDS: Readonly<Record<LabAction["kind"], CodeActionKind>> = {
  quickfix: CodeActionKind.QuickFix,
  refactor: CodeActionKind.Refactor,
  "refactor.rewrite": CodeActionKind.RefactorRewrite,
  source: CodeActionKind.Source,
};

export const codeActions: Feature = {
  capabilities: () => ({ codeActionProvider: { codeActionKinds: Object.values(KINDS) } }),
  register(context) {
    const { checksFolder } = context.options;
    const saysWhyNot = context.client.textDocument?.codeAction?.disabledSupport === true;
    context.connection.onCodeAction(
      answer<CodeActionParams, CodeAction[]>(context, "Code actions", [], (document, { range, context: asked }) => {
        const start = document.text.offsetAt(range.start);
        const end = document.text.offsetAt(range.end);
        return actionsIn(document.analysis(), { start, end })
          .filter(({ disabled }) => disabled === undefined || saysWhyNot)
          .filter(({ kind }) => asked.only?.some((only) => KINDS[kind].startsWith(only)) ?? true)
          .map((action) => toAction(document, action, checksFolder));
      }),
    );
  },
};

function toAction(document: ManifestDocument, action: LabAction, checksFolder: string | undefined): CodeAction {
  return {
    title: action.title,
    kind: KINDS[action.kind],
    isPreferred: action.preferred,
    ...(action.disabled === undefined
      ? { edit: toWorkspaceEdit(document, action.edits) }
      : { disabled: { reason: action.disabled } }),
    ...(action.finding === undefined ? {} : { diagnostics: [toDiagnostic(document, action.finding, checksFolder)] }),
  };
}
