/** What the extension asks the language server for, wherever that runs. `node.ts` and `browser.ts` start it. */
import type { Gesture, PaletteModel, PortChoice, Refusal, Selection } from "@labscape/topology";
import * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions, WorkspaceEdit } from "vscode-languageclient";
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
import {
  CANVAS,
  GESTURE,
  PALETTE,
  PORTS,
  readCanvas,
  readGestureAnswer,
  readPalette,
  readPorts,
  type Canvas,
} from "./canvas-protocol.js";
import { answerFiles } from "./files.js";
import {
  DESCRIBE,
  NEW_LAB,
  readDescription,
  readNewLab,
  readTemplates,
  TEMPLATES,
  type LabDescription,
  type NewLab,
  type Template,
} from "./lab-protocol.js";

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
  /** The same for a canvas. */
  canvas(document: vscode.Uri): Promise<Canvas | undefined>;
  /** How a gesture changes the text, which is not changed yet. Undefined: the document is no manifest. */
  gesture(document: vscode.TextDocument, gesture: Gesture): Promise<GestureOutcome | undefined>;
  /** The data ports of a node that are free, in the device's order. */
  ports(document: vscode.Uri, node: string): Promise<readonly PortChoice[]>;
  /** The device models that a lab can use. */
  palette(document: vscode.Uri): Promise<readonly PaletteModel[]>;
  /** What the document's lab consists of and what is wrong with it; undefined when it is no manifest. */
  describe(document: vscode.Uri): Promise<LabDescription | undefined>;
  /** The manifests that one may begin with. */
  templates(): Promise<readonly Template[]>;
  /** The manifest of a template for a lab of this name, or why no lab can have it. */
  newLab(template: string, name: string): Promise<NewLab>;
  /** Asks the editor to show the code lenses anew. */
  refreshLenses(): void;
  stop(): Promise<void>;
}

export type GestureOutcome =
  { readonly edit: vscode.WorkspaceEdit; readonly made: Selection } | { readonly refusal: Refusal };

const SELECTOR = [
  { language: "lab-manifest" },
  { language: "lab-model" },
  { language: "toml", pattern: "**/manifest.toml" },
];

/** Starts the server, wherever it runs. @throws Error when it does not start. */
export type StartLanguage = (setting: LanguageSetting) => Promise<Language>;

/** How the client is told about us. */
export function clientOptions(setting: LanguageSetting): LanguageClientOptions {
  return {
    documentSelector: SELECTOR,
    outputChannel: setting.log,
    initializationOptions: {
      codeLenses: true,
      files: true,
      checksFolder: vscode.Uri.joinPath(setting.extension, "docs", "checks").toString(),
    },
    middleware: {
      async provideCodeLenses(document, token, next) {
        return setting.decorateLenses(document, (await next(document, token)) ?? []);
      },
    },
  };
}

/** Starts a client that has been made with {@link clientOptions}. @throws Error when the server does not start. */
export async function startWith(client: BaseLanguageClient, setting: LanguageSetting): Promise<Language> {
  // Watching files, settings and renamed files need nothing here: the server asks for them, the client library answers.
  answerFiles(client);
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
  const asUri = (document: vscode.Uri): string => client.code2ProtocolConverter.asUri(document);
  const ask = (request: string, document: vscode.Uri, more: object = {}): Promise<unknown> =>
    client.sendRequest<unknown>(request, { textDocument: { uri: asUri(document) }, ...more });
  return {
    async diagram(document) {
      return readDiagram(await ask(DIAGRAM, document));
    },
    async canvas(document) {
      return readCanvas(await ask(CANVAS, document));
    },
    async gesture(document, gesture) {
      const { uri, version } = document;
      const textDocument = { uri: asUri(uri), version };
      const answer = readGestureAnswer(await client.sendRequest<unknown>(GESTURE, { textDocument, gesture }));
      if (answer === undefined || "refusal" in answer) return answer;
      const edit = await client.protocol2CodeConverter.asWorkspaceEdit(answer.edit as WorkspaceEdit);
      return { edit, made: answer.made };
    },
    async ports(document, node) {
      return readPorts(await ask(PORTS, document, { node })) ?? [];
    },
    async palette(document) {
      return readPalette(await ask(PALETTE, document)) ?? [];
    },
    async describe(document) {
      return readDescription(await ask(DESCRIBE, document));
    },
    async templates() {
      return readTemplates(await client.sendRequest<unknown>(TEMPLATES)) ?? [];
    },
    async newLab(template, name) {
      const answer = readNewLab(await client.sendRequest<unknown>(NEW_LAB, { template, name }));
      if (answer === undefined) throw new Error(vscode.l10n.t("The language server is of another version."));
      return answer;
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
