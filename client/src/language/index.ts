/** The language client. A part of its own because it is heavy; `extension.ts` loads it after activation. */
import * as vscode from "vscode";
import { LanguageClient, TransportKind, type LanguageClientOptions } from "vscode-languageclient/node.js";
import {
  ANALYZED,
  DIAGRAM,
  MODEL_FOLDERS,
  PARTS,
  readAnalyzed,
  readDiagram,
  readUris,
  type Analyzed,
  type Diagram,
} from "./protocol.js";

export interface LanguageSetting {
  readonly extension: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly onAnalyzed: (analyzed: Analyzed) => void;
  /** The files that manifests include, by URI, whenever they change. */
  readonly onParts: (uris: readonly string[]) => void;
  /** The folders that users' device models are read from, by URI, whenever they change. */
  readonly onModelFolders: (uris: readonly string[]) => void;
  /** Adds to the lenses of a manifest what only this side knows. */
  readonly decorateLenses: (document: vscode.TextDocument, lenses: vscode.CodeLens[]) => vscode.CodeLens[];
}

export interface Language {
  /** The picture of the newest text; undefined when the document is no manifest. */
  diagram(document: vscode.Uri): Promise<Diagram | undefined>;
  /** Asks the editor to show the code lenses anew. */
  refreshLenses(): void;
  stop(): Promise<void>;
}

const SELECTOR = [
  { language: "lab-manifest" },
  { language: "lab-model" },
  { language: "toml", pattern: "**/manifest.toml" },
];

/** @throws Error when the server does not start */
export async function startLanguage(setting: LanguageSetting): Promise<Language> {
  const module = vscode.Uri.joinPath(setting.extension, "dist", "server.cjs").fsPath;
  const options: LanguageClientOptions = {
    documentSelector: SELECTOR,
    outputChannel: setting.log,
    initializationOptions: {
      codeLenses: true,
      checksFolder: vscode.Uri.joinPath(setting.extension, "docs", "checks").toString(),
    },
    middleware: {
      async provideCodeLenses(document, token, next) {
        return setting.decorateLenses(document, (await next(document, token)) ?? []);
      },
    },
  };
  // Watching files, settings and renamed files need nothing here: the server asks for them, the client library answers.
  const client = new LanguageClient("labscape", "Labscape", { module, transport: TransportKind.ipc }, options);
  client.onNotification(ANALYZED, (value: unknown) => {
    const analyzed = readAnalyzed(value);
    if (analyzed === undefined) setting.log.warn("The language server sent a message that this version does not know.");
    else setting.onAnalyzed(analyzed);
  });
  const tellOf = (method: string, listener: (uris: readonly string[]) => void): void => {
    client.onNotification(method, (value: unknown) => {
      const uris = readUris(value);
      if (uris === undefined) setting.log.warn("The language server sent a message that this version does not know.");
      else listener(uris);
    });
  };
  tellOf(PARTS, setting.onParts);
  tellOf(MODEL_FOLDERS, setting.onModelFolders);
  await client.start();
  return {
    async diagram(document) {
      const uri = client.code2ProtocolConverter.asUri(document);
      return readDiagram(await client.sendRequest<unknown>(DIAGRAM, { textDocument: { uri } }));
    },
    refreshLenses() {
      for (const document of vscode.workspace.textDocuments) {
        const provider = client.getFeature("textDocument/codeLens").getProvider(document);
        provider?.onDidChangeCodeLensEmitter.fire();
      }
    },
    async stop() {
      await client.stop();
    },
  };
}
