/** The extension where there is a machine below it: a desktop, a remote host. */
import * as vscode from "vscode";
import { createApi, type LabscapeApi } from "./api.js";
import { registerHostCommands } from "./commands/host.js";
import { Consoles } from "./console/consoles.js";
import { PlanView } from "./deploy/plan-view.js";
import { startEditing } from "./editing.js";
import { Explorer } from "./explorer/explorer.js";
import { Hosts } from "./hosts.js";
import { Labs } from "./labs/labs.js";
import { lensesWithStates } from "./labs/lenses.js";
import { loadEngine } from "./load-engine.js";
import { registerValidateTask } from "./tasks/validate-task.js";
import { explainPlan } from "./tools/explain-plan.js";
import { registerTools } from "./tools/tools.js";
import type { Workshop } from "./workshop.js";

let close: (() => Promise<void>) | undefined;

/** Registers everything and loads nothing heavy: the language client follows at once, the engine on first use. */
export function activate(context: vscode.ExtensionContext): LabscapeApi {
  const log = vscode.window.createOutputChannel("Labscape", { log: true });
  const hosts = new Hosts(loadEngine);
  const labs = new Labs(loadEngine, log);
  const plans = new PlanView();
  const workshop: Workshop = { log, engine: loadEngine, hosts, labs, plans };
  const consoles = new Consoles(workshop);
  const explorer = new Explorer(hosts, labs);
  const editing = startEditing(context, {
    log,
    labs,
    engine: loadEngine,
    startLanguage: async (setting) => (await import("./language/node.js")).startLanguage(setting),
    decorateLenses: (document, lenses) => lensesWithStates(lenses, labs.badges(document.uri.toString())),
  });
  context.subscriptions.push(
    log,
    hosts.onDidChangeReach((change) => {
      labs.noteReach(change).catch((error: unknown) => log.error(error instanceof Error ? error : String(error)));
    }),
    ...plans.register(),
    ...consoles.register(),
    ...explorer.register(),
    ...registerTools({ editing, labs, explainPlan: (manifest) => explainPlan(workshop, manifest) }),
    registerValidateTask(),
    ...registerHostCommands({ workshop, consoles, explorer, editing }),
  );
  close = async () => {
    await labs.close();
    await hosts.close();
    await editing.close();
  };
  return createApi(labs);
}

/** Ends the connections and the language server. */
export async function deactivate(): Promise<void> {
  await close?.();
}
