import type { WorkDoneProgressReporter } from "vscode-languageserver";
import type { ServerContext } from "../context.js";
import { fileNameOf } from "../uri.js";
import { manifestsIn, mayBeManifest } from "./file-access.js";
import { describeLab } from "./index-entry.js";

/** Characters of all manifests that are in the index and not open. */
const MAX_CHARACTERS = 32 * 1024 * 1024;
/** A longer manifest is looked at when it is opened. */
const MAX_FILE_CHARACTERS = 4 * 1024 * 1024;
/** Fewer manifests are read before anybody could read a message about it. */
const PROGRESS_AFTER = 50;

/**
 * Reads the manifests of the workspace that are not open, one after the other, and lets everything else pass in between.
 * How many is a setting; how much is bounded above.
 */
export class Indexer {
  readonly #context: ServerContext;
  /** Length of each manifest that was indexed from the disk. */
  readonly #lengths = new Map<string, number>();
  #folders: readonly string[] = [];
  #run = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(context: ServerContext) {
    this.#context = context;
    context.ending.addEventListener("abort", () => this.#run.abort());
  }

  /** Reads everything anew, as the folders or the limit have changed. */
  start(folders: readonly string[]): void {
    this.startAfter(Promise.resolve(), () => folders);
  }

  /** @param ready what must be known before. */
  startAfter(ready: Promise<void>, folders: () => readonly string[]): void {
    this.#run.abort();
    this.#run = new AbortController();
    const { signal } = this.#run;
    this.#running = Promise.all([ready, this.#running])
      .then(() => this.#build(folders(), signal))
      .catch((error: unknown) => this.#context.failed("Indexing", error));
    this.#context.workspace.indexed = this.#running;
  }

  /** A file was made, changed or removed on the disk, or was closed in the editor. */
  fileChanged(file: string): void {
    const { workspace } = this.#context;
    const changed = new Set<string>();
    if (mayBeManifest(fileNameOf(file)) || workspace.index.has(file)) changed.add(file);
    for (const entry of workspace.index.entries) if (entry.dependencies.has(file)) changed.add(entry.file);
    const { signal } = this.#run;
    this.#running = this.#running
      .then(async () => {
        for (const each of changed) if (!signal.aborted) await this.#add(each, signal);
      })
      .catch((error: unknown) => this.#context.failed("Indexing", error));
  }

  async #build(folders: readonly string[], signal: AbortSignal): Promise<void> {
    this.#folders = folders;
    const { workspace, connection, settings, pause } = this.#context;
    const progress = new Progress(this.#context);
    this.#forgetAll();
    try {
      for (const folder of folders) {
        for await (const file of manifestsIn(workspace.files, folder, signal)) {
          if (signal.aborted) return;
          if (this.#isFull) {
            connection.console.warn(
              `Only ${this.#lengths.size} manifests are indexed: the setting labscape.index.files is ${settings.current.indexFiles}, ` +
                `and together they may have ${MAX_CHARACTERS} characters. Others are looked at when they are opened.`,
            );
            return;
          }
          await this.#add(file, signal);
          await progress.count(this.#lengths.size);
          await pause();
        }
      }
    } finally {
      progress.end();
    }
  }

  get #isFull(): boolean {
    let characters = 0;
    for (const length of this.#lengths.values()) characters += length;
    return this.#lengths.size >= this.#context.settings.current.indexFiles || characters >= MAX_CHARACTERS;
  }

  async #add(file: string, signal: AbortSignal): Promise<void> {
    const { workspace } = this.#context;
    if (workspace.opened(file) !== undefined) return;
    // A manifest from elsewhere counts as long as it is open.
    if (!this.#folders.some((folder) => file.startsWith(`${folder}/`))) {
      this.#forget(file);
      return;
    }
    const document = await workspace.load(file);
    const length = document?.text.getText().length ?? 0;
    if (document?.isManifest !== true || length > MAX_FILE_CHARACTERS || (!this.#lengths.has(file) && this.#isFull)) {
      this.#forget(file);
      return;
    }
    const lab = await workspace.lab(document);
    // Meanwhile it may have been opened: then what the editor shows counts.
    if (signal.aborted || workspace.opened(file) !== undefined) return;
    this.#lengths.set(file, length);
    workspace.indexChanged(workspace.index.put(describeLab(lab)), file);
  }

  #forget(file: string): void {
    this.#lengths.delete(file);
    this.#context.workspace.indexChanged(this.#context.workspace.index.remove(file), file);
  }

  #forgetAll(): void {
    for (const file of [...this.#lengths.keys()]) {
      if (this.#context.workspace.opened(file) === undefined) this.#forget(file);
      else this.#lengths.delete(file);
    }
  }
}

/** Tells the person about it, once it is long enough to be noticed. */
class Progress {
  readonly #context: ServerContext;
  #reporter: WorkDoneProgressReporter | undefined;

  constructor(context: ServerContext) {
    this.#context = context;
  }

  async count(manifests: number): Promise<void> {
    const { client, connection } = this.#context;
    if (client.window?.workDoneProgress !== true || manifests < PROGRESS_AFTER) return;
    if (this.#reporter === undefined) {
      const reporter = await connection.window.createWorkDoneProgress();
      reporter.begin("Reading lab manifests", undefined, String(manifests));
      this.#reporter = reporter;
    } else if (manifests % PROGRESS_AFTER === 0) this.#reporter.report(String(manifests));
  }

  end(): void {
    this.#reporter?.done();
  }
}
