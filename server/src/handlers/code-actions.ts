import { codeActions as actionsIn, modelActions, type CodeAction as LabAction, type Finding } from "@labscape/topology";
import { CodeActionKind, type CodeAction, type CodeActionParams, type Diagnostic } from "vscode-languageserver";
import { answer, type Feature, type ServerContext } from "../context.js";
import { toDiagnostic } from "../diagnostics/index.js";
import { toWorkspaceEdit } from "../locations.js";
import { modelDiagnostic } from "../models.js";
import type { Lab } from "../workspace/lab.js";

const KINDS: Readonly<Record<LabAction["kind"], CodeActionKind>> = {
  quickfix: CodeActionKind.QuickFix,
  refactor: CodeActionKind.Refactor,
  "refactor.rewrite": CodeActionKind.RefactorRewrite,
  source: CodeActionKind.Source,
};

export const codeActions: Feature = {
  capabilities: () => ({ codeActionProvider: { codeActionKinds: Object.values(KINDS) } }),
  register(context) {
    context.connection.onCodeAction(
      answer<CodeActionParams, CodeAction[]>(
        context,
        "Code actions",
        [],
        (view, params) => {
          const { lab, analysis } = view;
          const actions = wanted(context, actionsIn(analysis, view.offsets(params.range)), params);
          return actions.map((action) =>
            toAction(context, action, (finding) => toDiagnostic(context, lab, finding), lab),
          );
        },
        ({ document, model }, params) => {
          const { start, end } = params.range;
          const range = { start: document.offsetAt(start), end: document.offsetAt(end) };
          const actions = wanted(context, modelActions(model, range), params);
          return actions.map((action) =>
            toAction(context, action, (finding) => modelDiagnostic(context, document, finding)),
          );
        },
      ),
    );
  },
};

function wanted(
  { client }: ServerContext,
  actions: readonly LabAction[],
  { context: { only } }: CodeActionParams,
): readonly LabAction[] {
  const saysWhyNot = client.textDocument?.codeAction?.disabledSupport === true;
  return actions
    .filter(({ disabled }) => disabled === undefined || saysWhyNot)
    .filter(({ kind }) => only?.some((each) => isOfKind(KINDS[kind], each)) ?? true);
}

/** Kinds are a hierarchy: who asks for `refactor` wants `refactor.rewrite` too. */
function isOfKind(kind: CodeActionKind, asked: CodeActionKind): boolean {
  return asked === "" || kind === asked || kind.startsWith(`${asked}.`);
}

function toAction(
  { workspace }: ServerContext,
  action: LabAction,
  describeFinding: (finding: Finding) => Diagnostic | undefined,
  lab?: Lab,
): CodeAction {
  const diagnostic = action.finding === undefined ? undefined : describeFinding(action.finding);
  const parts = [{ edits: action.edits, ...(lab === undefined ? {} : { lab }) }];
  return {
    title: action.title,
    kind: KINDS[action.kind],
    isPreferred: action.preferred,
    ...(action.disabled === undefined
      ? { edit: toWorkspaceEdit(workspace, parts) }
      : { disabled: { reason: action.disabled } }),
    ...(diagnostic === undefined ? {} : { diagnostics: [diagnostic] }),
  };
}
