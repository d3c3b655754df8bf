import { readModelFiles, type Finding, type ModelFile, type Providers } from "@labscape/topology";
import type { Diagnostic } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { describe, type ServerContext } from "./context.js";
import { describeFinding } from "./diagnostics/to-diagnostic.js";
import { folderOf, resolvePath } from "./uri.js";

/** A folder of device models, and the files in it. */
export interface ModelFolder {
  /** Canonical URI; the folder need not exist. */
  readonly folder: string;
  readonly files: readonly ModelFile[];
}

/**
 * Reads the folders of users' models in rising precedence.
 * @param roots folders of the workspace, URIs. @param named folders that the setting names.
 */
export type ModelReader = (roots: readonly string[], named: readonly string[]) => readonly ModelFolder[];

/** Users' own device models: read at the start, when one of their files is saved, and when the setting changes. */
export class Models {
  readonly #context: ServerContext;
  readonly #read: ModelReader;
  #folders: readonly string[] = [];
  /** URIs of files whose findings the client has. */
  #told: readonly string[] = [];

  constructor(context: ServerContext, read: ModelReader) {
    this.#context = context;
    this.#read = read;
  }

  /** URIs of the folders that models are read from. */
  get folders(): readonly string[] {
    return this.#folders;
  }

  /** Whether a file lies in a folder of models. */
  has(file: string): boolean {
    return file.endsWith(".toml") && this.#folders.includes(folderOf(file));
  }

  reload(roots: readonly string[]): void {
    const { connection, settings, workspace } = this.#context;
    try {
      const folders = this.#read(roots, settings.current.models);
      this.#folders = folders.map(({ folder }) => folder);
      const files = folders.map((folder) => folder.files);
      const { catalogue, findings } = readModelFiles(files, this.#providers());
      workspace.setCatalogue(catalogue);
      this.#tell(files.flat(), findings);
    } catch (error) {
      connection.console.error(`The device models cannot be read: ${describe(error)}`);
    }
  }

  #providers(): Pick<Providers, "fileState"> {
    return {
      fileState: (path, from) => {
        const file = resolvePath(path, from);
        return file === undefined ? undefined : this.#context.workspace.files.state?.(file);
      },
    };
  }

  /** Models are edited as plain TOML files, so their findings come when they are saved. */
  #tell(files: readonly ModelFile[], findings: ReadonlyMap<string, readonly Finding[]>): void {
    const wrong = files.filter(({ file }) => (findings.get(file) ?? []).length > 0);
    const mended = this.#told.filter((uri) => !wrong.some(({ file }) => file === uri));
    this.#told = wrong.map(({ file }) => file);
    for (const uri of mended) this.#send(uri, []);
    for (const { file, text } of wrong) {
      const document = TextDocument.create(file, "toml", 0, text);
      const diagnostics = (findings.get(file) ?? []).flatMap((finding): Diagnostic[] => {
        const { start, end } = finding.range;
        const range = { start: document.positionAt(start), end: document.positionAt(end) };
        const diagnostic = describeFinding(this.#context, finding, range, []);
        return diagnostic === undefined ? [] : [diagnostic];
      });
      this.#send(file, diagnostics);
    }
  }

  #send(uri: string, diagnostics: Diagnostic[]): void {
    const { connection, ending } = this.#context;
    connection.sendDiagnostics({ uri, diagnostics }).catch((error: unknown) => {
      if (!ending.aborted) connection.console.error(describe(error));
    });
  }
}
