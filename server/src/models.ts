import { readModelFiles, type Finding, type ModelAnalysis, type ModelFile, type Providers } from "@labscape/topology";
import type { Diagnostic } from "vscode-languageserver";
import { describe, type ServerContext } from "./context.js";
import { describeFinding } from "./diagnostics/to-diagnostic.js";
import { ManifestDocument } from "./document.js";
import { ModelFoldersNotification } from "./protocol.js";
import { folderOf, resolvePath } from "./uri.js";

/** The language id under which editors may open model files. */
export const MODEL_LANGUAGE_ID = "lab-model";

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
export type ModelReader = (
  roots: readonly string[],
  named: readonly string[],
) => readonly ModelFolder[] | Promise<readonly ModelFolder[]>;

/**
 * Users' own device models. Manifests know them as they were last saved; what there is to say about an open file follows
 * its text.
 */
export class Models {
  readonly #context: Omit<ServerContext, "models">;
  readonly #read: ModelReader;
  #folders: readonly ModelFolder[] = [];
  /** As they are on the disk. */
  #files: ReadonlyMap<string, ModelAnalysis> = new Map();
  /** Of open documents, made when first asked for. */
  #analyses = new WeakMap<ManifestDocument, ModelAnalysis>();
  /** URIs of files whose findings the client has been sent. */
  #told: readonly string[] = [];
  #reading = Promise.resolve();
  /** Resolves when they have been read for the first time: before, nothing can be said about the models of a manifest. */
  known: Promise<void> = Promise.resolve();

  constructor(context: Omit<ServerContext, "models">, read: ModelReader) {
    this.#context = context;
    this.#read = read;
  }

  /** URIs of the folders that models are read from. */
  get folders(): readonly string[] {
    return this.#folders.map(({ folder }) => folder);
  }

  /** Whether a file lies in a folder of models. */
  has(file: string): boolean {
    const folder = folderOf(file);
    return file.endsWith(".toml") && this.#folders.some((each) => each.folder === folder);
  }

  /** An open model file as its text now is; undefined for any other document. */
  analysis(document: ManifestDocument): ModelAnalysis | undefined {
    const isModel = this.has(document.file) || document.text.languageId === MODEL_LANGUAGE_ID;
    if (!isModel) return undefined;
    const known = this.#analyses.get(document);
    if (known !== undefined) return known;
    const { file } = document;
    const mine = { file, text: document.text.getText() };
    const layers = this.#folders.map(({ files }) => files.map((other) => (other.file === file ? mine : other)));
    if (!layers.flat().includes(mine)) layers.push([mine]);
    const { files } = readModelFiles(layers, this.#providers());
    const analysis = files.get(file);
    if (analysis !== undefined) this.#analyses.set(document, analysis);
    return analysis;
  }

  /**
   * Reads all models again: at the start, when one of their files is saved, and when the folders are others. One reading
   * follows the other, so that the last one counts.
   */
  reload(roots: readonly string[]): Promise<void> {
    this.#reading = this.#reading.then(() => this.#reload(roots));
    return this.#reading;
  }

  async #reload(roots: readonly string[]): Promise<void> {
    const { connection, settings, workspace, failed } = this.#context;
    try {
      const before = this.folders.join("\n");
      this.#folders = await this.#read(roots, settings.current.models);
      const { catalogue, files } = readModelFiles(
        this.#folders.map((folder) => folder.files),
        this.#providers(),
      );
      this.#files = files;
      this.#analyses = new WeakMap();
      if (this.folders.join("\n") !== before)
        connection
          .sendNotification(ModelFoldersNotification, { uris: this.folders })
          .catch((error: unknown) => failed("Telling of the folders of models", error));
      workspace.setModels(catalogue, new Map([...files].map(([file, { source }]) => [file, source.text])));
      this.tellClosed();
    } catch (error) {
      connection.console.error(`The device models cannot be read: ${describe(error)}`);
    }
  }

  /** Sends what is wrong in files that are not open, and takes back what was said about others. */
  tellClosed(): void {
    const { connection, workspace, failed } = this.#context;
    const wrong = [...this.#files.values()].filter(
      ({ source, findings }) => findings.length > 0 && workspace.opened(source.file) === undefined,
    );
    const messages = new Map<string, Diagnostic[]>(this.#told.map((uri) => [uri, []]));
    for (const model of wrong) {
      const { file, text } = model.source;
      const document = ManifestDocument.onDisk(file, text);
      messages.set(
        file,
        model.findings.flatMap((finding) => modelDiagnostic(this.#context, document, finding) ?? []),
      );
    }
    this.#told = wrong.map(({ source }) => source.file);
    for (const [uri, diagnostics] of messages)
      connection
        .sendDiagnostics({ uri, diagnostics })
        .catch((error: unknown) => failed("Telling of the findings in models", error));
  }

  #providers(): Pick<Providers, "fileState" | "listFolder"> {
    const { files } = this.#context.workspace;
    return {
      fileState: (path, from) => {
        const file = resolvePath(path, from, files.home);
        return file === undefined ? undefined : files.state?.(file);
      },
      listFolder: (path, from) => {
        const folder = resolvePath(path, from, files.home);
        return folder === undefined ? undefined : files.folder?.(folder);
      },
    };
  }
}

/** A finding of a model file as the protocol has it; undefined when its check is turned off. */
export function modelDiagnostic(
  context: Pick<ServerContext, "options" | "settings">,
  document: ManifestDocument,
  finding: Finding,
): Diagnostic | undefined {
  const related = finding.related.map(({ range, message }) => ({
    location: { uri: document.uri, range: document.range(range) },
    message,
  }));
  return describeFinding(context, finding, document.range(finding.range), related);
}
