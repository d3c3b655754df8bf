import * as vscode from "vscode";
import { createApi, type LabscapeApi } from "./api.js";
import { Canvases } from "./canvas/canvases.js";
import { registerCommands } from "./commands.js";
import { Consoles } from "./console/consoles.js";
import { PlanView } from "./deploy/plan-view.js";
import { Explorer } from "./explorer/explorer.js";
import { ManifestsView } from "./explorer/manifests-view.js";
import { Hosts } from "./hosts.js";
import { badgesBy } from "./labs/lab-badges.js";
import { Labs } from "./labs/labs.js";
import { lensesWithStates, whenLensesChange } from "./labs/lenses.js";
import { Traffic } from "./labs/traffic.js";
import type { Language } from "./language/index.js";
import { Ownership } from "./language/ownership.js";
import type { Analyzed, Diagram } from "./language/protocol.js";
import { loadEngine } from "./load-engine.js";
import { MarkdownDiagrams } from "./markdown/diagrams.js";
import { Previews } from "./preview/previews.js";
import { StatusItems } from "./status/status-items.js";
import { registerValidateTask } from "./tasks/validate-task.js";
import { registerTools } from "./tools/tools.js";
import type { Workshop } from "./workshop.js";

let close: (() => Promise<void>) | undefined;

/** Registers everything and loads nothing heavy: the language client follows at once, the engine on first use. */
export function activate(context: vscode.ExtensionContext): LabscapeApi {
  const log = vscode.window.createOutputChannel("Labscape", { log: true });
  const failed = (error: unknown): void => log.error(error instanceof Error ? error : String(error));
  const ownership = new Ownership();
  const hosts = new Hosts(loadEngine);
  const labs = new Labs(loadEngine, log);
  const plans = new PlanView();
  const workshop: Workshop = { log, engine: loadEngine, hosts, labs, plans };
  const consoles = new Consoles(workshop);

  const language = startLanguage();
  language.catch(failed);
  const diagram = async (manifest: vscode.Uri): Promise<Diagram | undefined> => (await language).diagram(manifest);
  const traffic = new Traffic({
    watched: () => labs.watched([...previews.visible, ...canvases.visible]),
    inWords: async () => (await loadEngine()).ratesInWords,
    changed: () => {
      previews.showStates();
      canvases.showStates();
    },
    failed,
  });
  const badges = badgesBy(labs, traffic);
  const previews: Previews = new Previews({
    extension: context.extensionUri,
    log,
    diagram,
    badges,
  });
  const sourceOf = async (manifest: vscode.Uri): Promise<string> => {
    await vscode.workspace.openTextDocument(manifest); // What is not open the language server does not draw.
    return (await diagram(manifest))?.source ?? "";
  };
  const markdown = new MarkdownDiagrams(sourceOf, log);
  const canvases: Canvases = new Canvases({
    extension: context.extensionUri,
    log,
    language: () => language,
    badges,
  });
  const status = new StatusItems(labs);
  const explorer = new Explorer(hosts, labs);

  async function startLanguage(): Promise<Language> {
    const part = await import("./language/index.js");
    return part.startLanguage({
      extension: context.extensionUri,
      log,
      onAnalyzed: (analyzed) => {
        onAnalyzed(analyzed).catch(failed);
      },
      onParts: (parts) => {
        ownership.adoptParts(parts).catch(failed);
      },
      onModelFolders: (folders) => {
        ownership.adoptModels(folders).catch(failed);
      },
      decorateLenses: (document, lenses) => lensesWithStates(lenses, labs.badges(document.uri.toString())),
    });
  }

  async function onAnalyzed(analyzed: Analyzed): Promise<void> {
    status.note(analyzed);
    await ownership.settle(analyzed);
    await Promise.all([previews.refresh(analyzed.uri), canvases.refresh()]);
  }

  context.subscriptions.push(
    log,
    vscode.workspace.onDidOpenTextDocument((document) => {
      ownership.opened(document).catch(failed);
    }),
    ...plans.register(),
    ...previews.register(),
    ...canvases.register(),
    ...markdown.register(),
    ...consoles.register(),
    ...explorer.register(),
    ...status.register(),
    ...registerTools(workshop),
    registerValidateTask(),
    ...new ManifestsView(labs).register(),
    ...registerCommands({
      extension: context.extension,
      workshop,
      previews,
      canvases,
      markdown,
      sourceOf,
      consoles,
      explorer,
      diagram,
    }),
    traffic,
    labs.onDidChange(() => {
      previews.showStates();
      canvases.showStates();
      traffic.update();
    }),
    previews.onDidChangeVisible(() => traffic.update()),
    canvases.onDidChangeVisible(() => traffic.update()),
    labs.onDidChange(whenLensesChange(labs, () => language.then((started) => started.refreshLenses()).catch(failed))),
  );

  close = async () => {
    await labs.close();
    await hosts.close();
    const started = await language.catch(() => undefined); // It never started; that was logged.
    await started?.stop();
  };
  return createApi(labs);
}

/** Ends the connections and the language server. */
export async function deactivate(): Promise<void> {
  await close?.();
}
