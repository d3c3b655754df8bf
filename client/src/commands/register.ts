import * as vscode from "vscode";
import { problemOf, showProblem } from "../problems.js";

/** What a command does, with what it is called with. */
export type Handler = (...args: unknown[]) => unknown;

/** Registers commands by their names without the prefix. Every failure of one ends in a message. */
export function registerAll<Name extends string>(
  log: vscode.LogOutputChannel,
  names: readonly Name[],
  handlerOf: (name: Name) => Handler,
): vscode.Disposable[] {
  return names.map((name) => {
    const handler = handlerOf(name);
    return vscode.commands.registerCommand(`labscape.${name}`, async (...args: unknown[]) => {
      try {
        await handler(...args);
      } catch (error) {
        const problem = problemOf(error);
        if (problem.code === "unexpected" && error instanceof Error) log.error(error);
        if (problem.code !== "cancelled") await showProblem(log, problem);
      }
    });
  });
}
