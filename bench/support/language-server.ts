import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type ProtocolConnection,
  type Range,
} from "vscode-languageserver-protocol/node.js";

/** A language server in a process of its own, spoken to through its standard input and output. One document is open in it. */
export class LanguageServer {
  readonly client: ProtocolConnection;
  readonly #process: ChildProcess;
  readonly #uri: string;
  readonly #text: string;
  #version = 1;
  #published: ((diagnostics: readonly Diagnostic[]) => void) | undefined;

  private constructor(process: ChildProcess, client: ProtocolConnection, uri: string, text: string) {
    this.#process = process;
    this.client = client;
    this.#uri = uri;
    this.#text = text;
    client.onNotification(PublishDiagnosticsNotification.type, (params) => {
      // A server may say more than once what is wrong with an earlier version; not all say which version they mean.
      const isCurrent = params.version === undefined || params.version === this.#version;
      if (params.uri === uri && isCurrent) this.#published?.(params.diagnostics);
    });
  }

  /**
   * Starts a server, opens a document in it and waits for its first diagnostics.
   * @param script what Node runs
   * @param settings what the server gets when it asks for its configuration, by section
   */
  static async start(
    script: string,
    document: { readonly name: string; readonly languageId: string; readonly text: string },
    settings: Readonly<Record<string, unknown>> = {},
  ): Promise<LanguageServer> {
    const child = spawn(process.execPath, [script, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    const client = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const uri = `file:///bench/${document.name}`;
    const server = new LanguageServer(child, client, uri, document.text);
    client.onRequest("workspace/configuration", ({ items }: { items: readonly { section?: string }[] }) =>
      items.map(({ section }) => settings[section ?? ""] ?? null),
    );
    client.onRequest("client/registerCapability", () => null);
    client.listen();
    await client.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null, // eslint-disable-line @typescript-eslint/no-deprecated -- older servers need it
      capabilities: {
        workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
        textDocument: { publishDiagnostics: { versionSupport: true }, completion: {} },
      },
    });
    await client.sendNotification(InitializedNotification.type, {});
    const { languageId, text } = document;
    await server.#diagnosticsAfter(() =>
      client.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId, version: 1, text },
      }),
    );
    return server;
  }

  get textDocument(): { readonly uri: string } {
    return { uri: this.#uri };
  }

  /** Where the text that is searched for first stands in the document as it was opened. It may not span lines. */
  rangeOf(searched: string): Range {
    const offset = this.#text.indexOf(searched);
    if (offset < 0) throw new Error(`The document does not hold ${searched}`);
    const line = this.#text.slice(0, offset).split("\n").length - 1;
    const character = offset - (this.#text.lastIndexOf("\n", offset - 1) + 1);
    return { start: { line, character }, end: { line, character: character + searched.length } };
  }

  /** Puts a text in the place of a range, and waits for the diagnostics that come next. */
  change(range: Range, text: string): Promise<readonly Diagnostic[]> {
    return this.#diagnosticsAfter(() =>
      this.client.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri: this.#uri, version: ++this.#version },
        contentChanges: [{ range, text }],
      }),
    );
  }

  /** Memory that the process has in use (resident), in MB. Only Linux says it. */
  residentMemory(): number | undefined {
    if (process.platform !== "linux") return undefined;
    const status = readFileSync(`/proc/${this.#process.pid ?? 0}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  }

  async end(): Promise<void> {
    const exited = once(this.#process, "exit");
    await this.client.sendRequest(ShutdownRequest.type);
    await this.client.sendNotification(ExitNotification.type);
    await exited;
    this.client.dispose();
  }

  async #diagnosticsAfter(act: () => Promise<void>): Promise<readonly Diagnostic[]> {
    const { promise, resolve } = withResolver<readonly Diagnostic[]>();
    this.#published = resolve;
    await act();
    return promise;
  }
}

function withResolver<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}
