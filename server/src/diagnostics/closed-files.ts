import type { Diagnostic } from "vscode-languageserver";
import type { ServerContext } from "../context.js";
import type { Diagnosis } from "./diagnose.js";

/**
 * Publishes what is found in files that are included and not open, and takes it back when no open document leads to it
 * any longer. Used wherever the client cannot get it together with the including document.
 */
export class ClosedFiles {
  readonly #context: ServerContext;
  /** By the open document that leads to them. */
  readonly #found = new Map<string, ReadonlyMap<string, readonly Diagnostic[]>>();
  /** What the client shows at present. */
  readonly #shown = new Map<string, string>();

  constructor(context: ServerContext) {
    this.#context = context;
  }

  async put({ document, closed }: Pick<Diagnosis, "document" | "closed">): Promise<void> {
    const before = this.#found.get(document.file);
    if (closed.size > 0) this.#found.set(document.file, closed);
    else this.#found.delete(document.file);
    // What was said about the document itself while it was closed comes with the document from now on.
    await this.#publish([document.file, ...(before?.keys() ?? []), ...closed.keys()]);
  }

  /** The document was closed. */
  async remove(file: string): Promise<void> {
    const before = this.#found.get(file);
    this.#found.delete(file);
    await this.#publish([...(before?.keys() ?? [])]);
  }

  async #publish(files: readonly string[]): Promise<void> {
    for (const file of new Set(files)) {
      const isOpen = this.#context.workspace.opened(file) !== undefined;
      const diagnostics = isOpen ? [] : unique([...this.#found.values()].flatMap((found) => found.get(file) ?? []));
      const text = JSON.stringify(diagnostics);
      if (text === (this.#shown.get(file) ?? "[]")) continue;
      if (diagnostics.length === 0) this.#shown.delete(file);
      else this.#shown.set(file, text);
      await this.#context.connection.sendDiagnostics({ uri: file, diagnostics });
    }
  }
}

function unique(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((each) => [JSON.stringify(each), each])).values()];
}
