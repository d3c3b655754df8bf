import { PassThrough } from "node:stream";
import { builtinCatalogue } from "@labscape/devices";
import { serve, type ServerSetting } from "@labscape/server";
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
} from "vscode-languageserver-protocol/node.js";
import { createConnection } from "vscode-languageserver/node.js";
import { Inbox } from "./inbox.js";

/** A client that speaks the real protocol to the server over two streams in this process. */
export interface Session {
  readonly client: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly diagnostics: Inbox<PublishDiagnosticsParams>;
  open(uri: string, text: string, languageId?: string): Promise<void>;
  change(uri: string, version: number, range: Range, text: string): Promise<void>;
  close(uri: string): Promise<void>;
  end(): Promise<void>;
}

export async function startSession(
  initializationOptions: unknown = {},
  setting: Partial<ServerSetting> = {},
): Promise<Session> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  serve(server, { catalogue: builtinCatalogue, ...setting });
  server.listen();

  const client = createProtocolConnection(toClient, toServer);
  const diagnostics = new Inbox<PublishDiagnosticsParams>();
  client.onNotification(PublishDiagnosticsNotification.type, (params) => diagnostics.put(params));
  client.listen();
  const initialized = await client.sendRequest<InitializeResult>(InitializeRequest.method, {
    processId: null,
    rootUri: null,
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
    initializationOptions,
  });
  await client.sendNotification(InitializedNotification.type, {});

  return {
    client,
    initialized,
    diagnostics,
    open: (uri, text, languageId = "lab-manifest") =>
      client.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId, version: 1, text },
      }),
    change: (uri, version, range, text) =>
      client.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ range, text }],
      }),
    close: (uri) => client.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
    async end() {
      await client.sendRequest(ShutdownRequest.type);
      // The notification `exit` would end this process.
      client.dispose();
      server.dispose();
    },
  };
}
