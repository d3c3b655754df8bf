import { PassThrough } from "node:stream";
import { builtinCatalogue } from "@labscape/devices";
import { ModelFoldersNotification, serve, type ModelFolders, type ServerSetting } from "@labscape/server";
import {
  ConfigurationRequest,
  createProtocolConnection,
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  FileChangeType,
  InitializedNotification,
  InlayHintRefreshRequest,
  InitializeRequest,
  LogMessageNotification,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  UnregistrationRequest,
  WorkDoneProgressCreateRequest,
  type ClientCapabilities,
  type InitializeResult,
  type LogMessageParams,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type Registration,
} from "vscode-languageserver-protocol/node.js";
import { createConnection } from "vscode-languageserver/node.js";
import { Inbox } from "./inbox.js";

/** A client that speaks the real protocol to the server over two streams in this process. */
export interface Session {
  readonly client: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly diagnostics: Inbox<PublishDiagnosticsParams>;
  /** What the server has written to the client's log. */
  readonly log: Inbox<LogMessageParams>;
  /** The folders of device models that the server has told of. */
  readonly folders: Inbox<ModelFolders>;
  /** What the server has registered while it runs. */
  readonly registered: Inbox<Registration>;
  /** Methods that it has withdrawn. */
  readonly unregistered: Inbox<string>;
  /** What the server has asked the client to ask for anew. */
  readonly refreshes: Inbox<"diagnostics" | "hints">;
  /** Titles of the progress that the server has created. */
  readonly progress: Inbox<string | number>;
  open(uri: string, text: string, languageId?: string): Promise<void>;
  change(uri: string, version: number, range: Range, text: string): Promise<void>;
  /** Replaces the whole text. */
  replace(uri: string, version: number, text: string): Promise<void>;
  close(uri: string): Promise<void>;
  /** The disk has changed, says the client. */
  changedOnDisk(...uris: readonly string[]): Promise<void>;
  end(): Promise<void>;
}

export interface SessionOptions {
  readonly setting?: Partial<ServerSetting>;
  readonly capabilities?: ClientCapabilities;
  /** URIs. */
  readonly folders?: readonly string[];
  /** The section `labscape` of the client's configuration. */
  readonly settings?: () => unknown;
  /** What the client answers beyond the protocol. */
  readonly answers?: (client: ProtocolConnection) => void;
}

export async function startSession(
  initializationOptions: unknown = {},
  { setting = {}, capabilities, folders = [], settings = () => null, answers }: SessionOptions = {},
): Promise<Session> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  serve(server, { catalogue: builtinCatalogue, ...setting });
  server.listen();

  const client = createProtocolConnection(toClient, toServer);
  const diagnostics = new Inbox<PublishDiagnosticsParams>();
  const log = new Inbox<LogMessageParams>();
  const modelFolders = new Inbox<ModelFolders>();
  const registered = new Inbox<Registration>();
  const unregistered = new Inbox<string>();
  const refreshes = new Inbox<"diagnostics" | "hints">();
  const progress = new Inbox<string | number>();
  client.onNotification(PublishDiagnosticsNotification.type, (params) => diagnostics.put(params));
  client.onNotification(LogMessageNotification.type, (params) => log.put(params));
  client.onNotification(ModelFoldersNotification, (params) => modelFolders.put(params));
  client.onRequest(RegistrationRequest.type, ({ registrations }) =>
    registrations.forEach((each) => registered.put(each)),
  );
  client.onRequest(UnregistrationRequest.type, ({ unregisterations }) =>
    unregisterations.forEach(({ method }) => unregistered.put(method)),
  );
  client.onRequest(DiagnosticRefreshRequest.type, () => refreshes.put("diagnostics"));
  client.onRequest(InlayHintRefreshRequest.type, () => refreshes.put("hints"));
  client.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => progress.put(token));
  client.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => settings()));
  answers?.(client);
  client.listen();
  const initialized = await client.sendRequest<InitializeResult>(InitializeRequest.method, {
    processId: null,
    rootUri: null,
    workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
    capabilities: capabilities ?? { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
    initializationOptions,
  });
  await client.sendNotification(InitializedNotification.type, {});

  return {
    client,
    initialized,
    diagnostics,
    log,
    folders: modelFolders,
    registered,
    unregistered,
    refreshes,
    progress,
    open: (uri, text, languageId = "lab-manifest") =>
      client.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId, version: 1, text },
      }),
    change: (uri, version, range, text) =>
      client.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ range, text }],
      }),
    replace: (uri, version, text) =>
      client.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      }),
    close: (uri) => client.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
    changedOnDisk: (...uris) =>
      client.sendNotification(DidChangeWatchedFilesNotification.type, {
        changes: uris.map((uri) => ({ uri, type: FileChangeType.Changed })),
      }),
    async end() {
      await client.sendRequest(ShutdownRequest.type);
      // The notification `exit` would end this process.
      client.dispose();
      server.dispose();
    },
  };
}
