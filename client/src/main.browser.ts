/** The extension where there is nothing but the browser: manifests are written, checked and drawn, and no lab runs. */
import * as vscode from "vscode";
import { createApi, type LabscapeApi } from "./api.js";
import { registerAbsentCommands } from "./commands/absent.js";
import { startEditing } from "./editing.js";
import { registerAbsentLabs } from "./explorer/absent-labs.js";
import { Labs } from "./labs/labs.js";
import { lensesWithoutHost } from "./labs/lenses.js";
import { startLanguage } from "./language/browser.js";
import type { LoadEngine } from "./load-engine.js";
import { noHostError } from "./no-host.js";
import { registerTools } from "./tools/tools.js";

let close: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): LabscapeApi {
  const log = vscode.window.createOutputChannel("Labscape", { log: true });
  // Nobody watches a host here, so that nobody asks for the engine.
  const engine: LoadEngine = () => Promise.reject(noHostError("browser"));
  const labs = new Labs(engine, log);
  const editing = startEditing(context, {
    log,
    labs,
    engine,
    startLanguage,
    decorateLenses: (_, lenses) => lensesWithoutHost(lenses),
  });
  context.subscriptions.push(
    log,
    ...registerTools({ editing, labs, explainPlan: () => Promise.reject(noHostError("browser")) }),
    ...registerAbsentCommands(log),
    ...registerAbsentLabs(),
  );
  close = async () => {
    await labs.close();
    await editing.close();
  };
  return createApi(labs);
}

/** Ends the language server. */
export async function deactivate(): Promise<void> {
  await close?.();
}
