import { codeActions as actionsIn, type CodeAction as LabAction } from "@labscape/topology";
import { CodeActionKind, type CodeAction, type CodeActionParams } from "vscode-languageserver";
import { answer, type Feature, type ServerContext } from "../context.js";
import { toDiagnostic } from "../diagnostics/index.js";
import { toWorkspaceEdit } from "../locations.js";
import type { View } from "../workspace/view.js";

const KINDS: Readonly<Record<LabAction["kind"], CodeActionKind>> = {
  quickfix: CodeActionKind.QuickFix,
  refactor: CodeActionKind.Refactor,
  "refactor.rewrite": CodeActionKind.RefactorRewrite,
  source: CodeActionKind.Source,
};

export const codeActions: Feature = {
  capabilities: () => ({ codeActionProvider: { codeActionKinds: Object.values(KINDS) } }),
  register(context) {
    const saysWhyNot = context.client.textDocument?.codeAction?.disabledSupport === true;
    context.connection.onCodeAction(
      answer<CodeActionParams, CodeAction[]>(context, "Code actions", [], (view, { range, context: asked }) =>
        actionsIn(view.analysis, view.offsets(range))
          .filter(({ disabled }) => disabled === undefined || saysWhyNot)
          .filter(({ kind }) => asked.only?.some((only) => isOfKind(KINDS[kind], only)) ?? true)
          .map((action) => toAction(context, view, action)),
      ),
    );
  },
};

/** Kinds are a hierarchy: who asks for `refactor` wants `refactor.rewrite` too. */
function isOfKind(kind: CodeActionKind, asked: CodeActionKind): boolean {
  return asked === "" || kind === asked || kind.startsWith(`${asked}.`);
}

function toAction(context: ServerContext, { workspace, lab }: View, action: LabAction): CodeAction {
  const diagnostic = action.finding === undefined ? undefined : toDiagnostic(context, lab, action.finding);
  return {
    title: action.title,
    kind: KINDS[action.kind],
    isPreferred: action.preferred,
    ...(action.disabled === undefined
      ? { edit: toWorkspaceEdit(workspace, [{ lab, edits: action.edits }]) }
      : { disabled: { reason: action.disabled } }),
    ...(diagnostic === undefined ? {} : { diagnostics: [diagnostic] }),
  };
}
