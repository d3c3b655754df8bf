import type {
  CancellationToken,
  ClientCapabilities,
  Connection,
  ServerCapabilities,
  TextDocuments,
} from "vscode-languageserver";
import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import type { ManifestDocument } from "./document.js";
import type { ClientOptions } from "./options.js";

/** What a handler has at hand. */
export interface ServerContext {
  readonly connection: Connection;
  readonly documents: TextDocuments<ManifestDocument>;
  readonly client: ClientCapabilities;
  readonly options: ClientOptions;
  /** Lets the other messages in the queue pass: a cancellation is seen only by who yields. */
  readonly pause: () => Promise<void>;
}

/** One verb of the protocol: what it announces, and how it answers. */
export interface Feature {
  readonly capabilities: (client: ClientCapabilities, options: ClientOptions) => Partial<ServerCapabilities>;
  readonly register: (context: ServerContext) => void;
}

interface AboutDocument {
  readonly textDocument: { readonly uri: string };
}

/**
 * Wraps the handler of a request about one manifest: lets waiting messages pass, heeds cancellation, and gives `neutral`
 * for a document that is closed or no manifest, and when the handler throws (which is a defect and is logged).
 */
export function answer<P extends AboutDocument, R>(
  context: ServerContext,
  name: string,
  neutral: R,
  handler: (document: ManifestDocument, params: P) => R,
): (params: P, token: CancellationToken) => Promise<R | ResponseError> {
  return async (params, token) => {
    await context.pause();
    if (token.isCancellationRequested) return cancelled();
    const document = context.documents.get(params.textDocument.uri);
    if (document?.isManifest !== true) return neutral;
    try {
      return handler(document, params);
    } catch (error) {
      context.connection.console.error(`${name} of ${document.uri} failed: ${describe(error)}`);
      return neutral;
    }
  };
}

function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "Request cancelled");
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
