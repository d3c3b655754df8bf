import type { Catalogue } from "@labscape/devices";
import type { Providers } from "@labscape/topology";
import {
  TextDocuments,
  TextDocumentSyncKind,
  type Connection,
  type InitializeResult,
  type ServerCapabilities,
} from "vscode-languageserver";
import type { ServerContext } from "./context.js";
import { pushDiagnostics } from "./diagnostics.js";
import { ManifestDocument } from "./document.js";
import { features } from "./handlers/index.js";
import { readClientOptions } from "./options.js";
import { AnalyzedNotification, describeAnalysis } from "./protocol.js";

export interface ServerSetting {
  readonly catalogue: Catalogue;
  /** What is known of files; absent: checks that need to look at files find nothing. */
  readonly providers?: Providers;
  /** Lets waiting messages pass. */
  readonly pause?: () => Promise<void>;
  readonly version?: string;
}

/** Serves the manifest language over a connection, which may run anywhere: a process, a worker, a pair of streams. */
export function serve(connection: Connection, setting: ServerSetting): void {
  const documents = new TextDocuments<ManifestDocument>({
    create: (uri, languageId, version, content) => new ManifestDocument(uri, languageId, version, content, setting),
    update: (document, changes, version) => {
      document.update(changes, version);
      return document;
    },
  });

  connection.onInitialize(({ capabilities: client, initializationOptions }): InitializeResult => {
    const options = readClientOptions(initializationOptions);
    const context: ServerContext = { connection, documents, client, options, pause: setting.pause ?? nextTurn };

    let capabilities: ServerCapabilities = { textDocumentSync: TextDocumentSyncKind.Incremental };
    for (const feature of features) {
      capabilities = { ...capabilities, ...feature.capabilities(client, options) };
      feature.register(context);
    }

    const diagnostics = pushDiagnostics(context, (document) => {
      connection
        .sendNotification(AnalyzedNotification, describeAnalysis(document))
        .catch((error: unknown) => connection.console.error(`The client is gone: ${String(error)}`));
    });
    documents.onDidChangeContent(({ document }) => diagnostics.refresh(document));
    documents.onDidClose(({ document }) => diagnostics.clear(document.uri));

    return { capabilities, serverInfo: { name: "labscape", ...(setting.version ? { version: setting.version } : {}) } };
  });

  documents.listen(connection);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
