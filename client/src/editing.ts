import * as vscode from "vscode";
import { Canvases } from "./canvas/canvases.js";
import { registerEditingCommands } from "./commands/editing.js";
import { ManifestsView } from "./explorer/manifests-view.js";
import { badgesBy } from "./labs/lab-badges.js";
import type { Labs } from "./labs/labs.js";
import { lensesInWords, whenLensesChange } from "./labs/lenses.js";
import { Traffic } from "./labs/traffic.js";
import type { Language, LanguageSetting, StartLanguage } from "./language/index.js";
import { Ownership } from "./language/ownership.js";
import type { Analyzed, Diagram } from "./language/protocol.js";
import type { LoadEngine } from "./load-engine.js";
import { MarkdownDiagrams, type SourceOf } from "./markdown/diagrams.js";
import { Previews } from "./preview/previews.js";
import { StatusItems } from "./status/status-items.js";

export interface EditingSetting {
  readonly log: vscode.LogOutputChannel;
  /** What runs, as far as this window knows. */
  readonly labs: Labs;
  /** Needed only while a lab runs. */
  readonly engine: LoadEngine;
  readonly startLanguage: StartLanguage;
  /** Adds to the lenses of a manifest what only this side knows. */
  readonly decorateLenses: LanguageSetting["decorateLenses"];
}

/** What works wherever VS Code runs: the language, canvases, previews, diagrams in documents. */
export interface Editing {
  readonly log: vscode.LogOutputChannel;
  readonly previews: Previews;
  readonly canvases: Canvases;
  readonly markdown: MarkdownDiagrams;
  /** Rejects when the language server has not started, which has been logged. */
  readonly language: () => Promise<Language>;
  /** The picture of a manifest, with the places of its nodes. */
  readonly diagram: (manifest: vscode.Uri) => Promise<Diagram | undefined>;
  /** Mermaid source of a manifest; empty when there is nothing to draw. */
  readonly sourceOf: SourceOf;
  /** The manifest of the picture that has the focus. */
  readonly pictured: vscode.Uri | undefined;
  /** Ends the language server. */
  readonly close: () => Promise<void>;
}

/** Registers it all and loads nothing heavy: the language client follows at once. */
export function startEditing(context: vscode.ExtensionContext, setting: EditingSetting): Editing {
  const { log, labs, engine, startLanguage } = setting;
  const failed = (error: unknown): void => log.error(error instanceof Error ? error : String(error));
  const ownership = new Ownership();
  const status = new StatusItems(labs);
  const language = startLanguage({
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
    decorateLenses: (document, lenses) => setting.decorateLenses(document, lensesInWords(lenses)),
  });
  language.catch(failed);

  const diagram = async (manifest: vscode.Uri): Promise<Diagram | undefined> => (await language).diagram(manifest);
  const sourceOf = async (manifest: vscode.Uri): Promise<string> => {
    await vscode.workspace.openTextDocument(manifest); // What is not open the language server does not draw.
    return (await diagram(manifest))?.source ?? "";
  };
  const showStates = (): void => {
    previews.showStates();
    canvases.showStates();
  };
  const traffic = new Traffic({
    watched: () => labs.watched([...previews.visible, ...canvases.visible]),
    inWords: async () => (await engine()).ratesInWords,
    changed: showStates,
    failed,
  });
  const badges = badgesBy(labs, traffic);
  const previews: Previews = new Previews({ extension: context.extensionUri, log, diagram, badges });
  const canvases: Canvases = new Canvases({
    extension: context.extensionUri,
    log,
    language: () => language,
    badges,
  });
  const markdown = new MarkdownDiagrams(sourceOf, log);

  async function onAnalyzed(analyzed: Analyzed): Promise<void> {
    status.note(analyzed);
    await ownership.settle(analyzed);
    await Promise.all([previews.refresh(analyzed.uri), canvases.refresh()]);
  }

  const editing: Editing = {
    log,
    previews,
    canvases,
    markdown,
    language: () => language,
    diagram,
    sourceOf,
    get pictured() {
      return previews.active ?? canvases.active;
    },
    async close() {
      const started = await language.catch(() => undefined); // It never started; that was logged.
      await started?.stop();
    },
  };
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument((document) => {
      ownership.opened(document).catch(failed);
    }),
    ...previews.register(),
    ...canvases.register(),
    ...markdown.register(),
    ...status.register(),
    ...new ManifestsView(labs).register(),
    ...registerEditingCommands(context.extension, editing),
    traffic,
    labs.onDidChange(() => {
      showStates();
      traffic.update();
    }),
    previews.onDidChangeVisible(() => traffic.update()),
    canvases.onDidChangeVisible(() => traffic.update()),
    labs.onDidChange(whenLensesChange(labs, () => language.then((started) => started.refreshLenses()).catch(failed))),
  );
  return editing;
}
