import type { Catalogue } from "@labscape/devices";
import type { Providers } from "@labscape/topology";
import {
  ErrorCodes,
  PositionEncodingKind,
  ResponseError,
  TextDocuments,
  TextDocumentSyncKind,
  type Connection,
  type InitializeResult,
} from "vscode-languageserver";
import { ManifestDocument } from "./document.js";
import type { ModelReader } from "./models.js";
import { startSession } from "./session.js";
import type { FileAccess } from "./workspace/file-access.js";

export interface ServerSetting {
  readonly catalogue: Catalogue;
  /** The disk that open documents lie on. What is elsewhere is read through the client, where that offers it. */
  readonly files?: FileAccess;
  /** The way to users' own device models on that disk. Those of a workspace elsewhere are read as its files are. */
  readonly readModels?: ModelReader;
  /** What else is known of the outside. */
  readonly providers?: Providers;
  /** Lets waiting messages pass. */
  readonly pause?: () => Promise<void>;
  readonly version?: string;
}

/** Serves the manifest language over a connection, which may run anywhere: a process, a worker, a pair of streams. */
export function serve(connection: Connection, setting: ServerSetting): void {
  const documents = new TextDocuments<ManifestDocument>({
    create: (uri, languageId, version, content) => ManifestDocument.opened(uri, languageId, version, content),
    update: (document, changes, version) => document.changed(changes, version),
  });
  const ending = new AbortController();
  let initialized = false;

  connection.onInitialize((params): InitializeResult => {
    initialized = true;
    return {
      capabilities: {
        // The one that every client must know.
        positionEncoding: PositionEncodingKind.UTF16,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        ...startSession(connection, documents, setting, params, ending.signal),
      },
      serverInfo: { name: "labscape", ...(setting.version ? { version: setting.version } : {}) },
    };
  });
  connection.onShutdown(() => ending.abort());
  // Requests for which there is no handler, or none yet.
  connection.onRequest((method: string) =>
    initialized
      ? new ResponseError(ErrorCodes.MethodNotFound, `The server does not know ${method}.`)
      : new ResponseError(ErrorCodes.ServerNotInitialized, "The server is not initialized."),
  );
  documents.listen(connection);
}
