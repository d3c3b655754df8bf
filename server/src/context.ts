import type { CancellationToken, ClientCapabilities, Connection, ServerCapabilities } from "vscode-languageserver";
import { ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import type { ModelAnalysis } from "@labscape/topology";
import type { ManifestDocument } from "./document.js";
import type { Models } from "./models.js";
import type { ClientOptions } from "./options.js";
import type { Settings } from "./settings.js";
import { canonicalUri } from "./uri.js";
import type { View } from "./workspace/view.js";
import type { Workspace } from "./workspace/workspace.js";

/** What a handler has at hand. */
export interface ServerContext {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly models: Models;
  readonly client: ClientCapabilities;
  readonly options: ClientOptions;
  readonly settings: { readonly current: Settings };
  /** Lets the other messages in the queue pass: a cancellation is seen only by who yields. */
  readonly pause: () => Promise<void>;
  /** Aborted when the client shuts the server down. */
  readonly ending: AbortSignal;
  /** Logs what went wrong outside of any request. Once the client has said goodbye nobody listens. */
  readonly failed: (what: string, error: unknown) => void;
}

/** One verb of the protocol: what it announces, and how it answers. */
export interface Feature {
  readonly capabilities: (client: ClientCapabilities, options: ClientOptions) => Partial<ServerCapabilities>;
  readonly register: (context: ServerContext) => void;
}

interface AboutDocument {
  readonly textDocument: { readonly uri: string };
}

type Answer<P, R, D> = (params: P, token: CancellationToken) => Promise<R | ResponseError<D>>;

/**
 * Wraps the handler of a request: lets waiting messages pass, heeds cancellation, refuses after the shutdown, and gives
 * `neutral` when the handler throws (which is a defect and is logged).
 */
export function guard<P, R, D = void>(
  context: ServerContext,
  name: string,
  neutral: R,
  handler: (params: P, token: CancellationToken) => R | Promise<R>,
): Answer<P, R, D> {
  return async (params, token) => {
    if (context.ending.aborted) return new ResponseError(ErrorCodes.InvalidRequest, "The server is shutting down.");
    const isCancelled = (): boolean => token.isCancellationRequested;
    await context.pause();
    if (isCancelled()) return cancelled();
    try {
      const answer = await handler(params, token);
      return isCancelled() ? cancelled() : answer;
    } catch (error) {
      if (error instanceof ResponseError) return error as ResponseError<D>;
      context.connection.console.error(`${name} failed: ${describe(error)}`);
      return neutral;
    }
  };
}

/** An open file of a device model. */
export interface ModelView {
  readonly document: ManifestDocument;
  readonly model: ModelAnalysis;
}

/**
 * Wraps the handlers of a request about one open document, as it was when the request came: one for the parts of a lab and,
 * where there is something to say about them, one for model files. `neutral` is the answer for any other document.
 */
export function answer<P extends AboutDocument, R>(
  context: ServerContext,
  name: string,
  neutral: R,
  handler: (view: View, params: P) => R | Promise<R>,
  ofModel?: (view: ModelView, params: P) => R,
): Answer<P, R, void> {
  return (params, token) => {
    const { uri } = params.textDocument;
    const document = context.workspace.opened(canonicalUri(uri));
    return guard(context, `${name} of ${uri}`, neutral, async (asked: P) => {
      const model = document === undefined ? undefined : context.models.analysis(document);
      if (document !== undefined && model !== undefined) return ofModel?.({ document, model }, asked) ?? neutral;
      const view = document === undefined ? undefined : await context.workspace.view(document);
      if (view === undefined) return neutral;
      if (view.isOutdated) throw new ResponseError(LSPErrorCodes.ContentModified, "The document has changed.");
      return handler(view, asked);
    })(params, token);
  };
}

function cancelled<D>(): ResponseError<D> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "Request cancelled");
}

/** With the stack, for the log. */
export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
