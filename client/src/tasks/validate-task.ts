import * as vscode from "vscode";

const TYPE = "labscape";

/** The task `labscape: validate`, for the command line's checks with its findings among the problems. */
export function registerValidateTask(): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TYPE, {
    provideTasks: () => (vscode.workspace.workspaceFolders ?? []).map((folder) => validateTask(folder, { type: TYPE })),
    resolveTask: (task) => {
      const { scope, definition } = task;
      return validateTask(typeof scope === "object" ? scope : vscode.TaskScope.Workspace, definition);
    },
  });
}

function validateTask(
  scope: vscode.WorkspaceFolder | vscode.TaskScope.Workspace,
  definition: vscode.TaskDefinition,
): vscode.Task {
  const files: unknown = definition["files"];
  const named = Array.isArray(files) ? files.filter((file) => typeof file === "string") : [];
  const execution = new vscode.ProcessExecution("labscape", ["validate", ...named]);
  const task = new vscode.Task(definition, scope, "validate", TYPE, execution, "$labscape");
  task.group = vscode.TaskGroup.Test;
  task.detail = vscode.l10n.t("Check the manifests of the folder");
  return task;
}
