import type { Problem } from "@labscape/lab";
import * as vscode from "vscode";

/** A button of a message, and what it does. */
export interface Choice {
  readonly title: string;
  readonly run: () => unknown;
}

/** What an error of the engine says to a person. Others (defects) get their message and no mend. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Error && "code" in error && "mend" in error) {
    const { code, mend } = error;
    if (typeof code === "string" && typeof mend === "string") return { code, message: error.message, mend };
  }
  return { code: "unexpected", message: error instanceof Error ? error.message : String(error), mend: "" };
}

/** Shows what went wrong and what to do next; the log, with the details, is always one of the choices. */
export async function showProblem(
  log: vscode.LogOutputChannel,
  problem: Problem,
  choices: readonly Choice[] = [],
): Promise<void> {
  log.error(`${problem.code}: ${problem.message}`);
  if (problem.mend !== "") log.error(problem.mend);
  await offer(
    (...titles) => vscode.window.showErrorMessage(sentence(problem.message, problem.mend), ...titles),
    [...choices, { title: vscode.l10n.t("Show Log"), run: () => log.show() }],
  );
}

/** Shows a message with choices and runs the one that is taken. */
export async function offer(
  show: (...titles: string[]) => Thenable<string | undefined>,
  choices: readonly Choice[],
): Promise<void> {
  const taken = await show(...choices.map(({ title }) => title));
  await choices.find(({ title }) => title === taken)?.run();
}

/** Messages of the engine begin small and end open, as parts of a line; in a window they are sentences. */
function sentence(message: string, mend: string): string {
  const first = message.charAt(0).toUpperCase() + message.slice(1);
  const closed = /[.!?]$/.test(first) ? first : `${first}.`;
  return mend === "" ? closed : `${closed} ${mend}`;
}
