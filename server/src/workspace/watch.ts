import { DidChangeWatchedFilesNotification, type Disposable, type FileSystemWatcher } from "vscode-languageserver";
import type { ServerContext } from "../context.js";
import { fileNameOf, folderOf } from "../uri.js";

/** Files beside the workspace's manifests that are watched, each with a watcher of its own. */
const MAX_SINGLE_WATCHERS = 200;

/**
 * Asks the client to tell of changes on the disk: of every TOML file in the workspace, and of each other file that an open
 * manifest names (a start script that does not exist yet, a common part in a folder outside of the workspace).
 */
export class Watch {
  readonly #context: ServerContext;
  readonly #folders: () => readonly string[];
  readonly #modelFolders: () => readonly string[];
  #registered: { readonly key: string; readonly disposable: Disposable } | undefined;
  #work: Promise<void> = Promise.resolve();

  /** @param modelFolders folders of device models, in the workspace or elsewhere. */
  constructor(context: ServerContext, folders: () => readonly string[], modelFolders: () => readonly string[]) {
    this.#context = context;
    this.#folders = folders;
    this.#modelFolders = modelFolders;
  }

  /** What is named may have changed. */
  update(): void {
    if (this.#context.client.workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) return;
    this.#work = this.#work
      .then(() => this.#register())
      .catch((error: unknown) => {
        this.#context.failed("Watching files", error);
      });
  }

  async #register(): Promise<void> {
    const { client, connection, workspace, ending } = this.#context;
    const elsewhere = client.workspace?.didChangeWatchedFiles?.relativePatternSupport === true;
    const single = elsewhere ? workspace.watched : [];
    const folders = this.#folders();
    const covered = (file: string): boolean =>
      file.endsWith(".toml") && folders.some((folder) => file.startsWith(`${folder}/`));
    const files = [...single].filter((file) => !covered(file) && workspace.opened(file) === undefined).sort();
    const models = elsewhere ? this.#modelFolders().filter((folder) => !covered(`${folder}/a.toml`)) : [];
    const key = JSON.stringify([files, models]);
    if (this.#registered?.key === key || ending.aborted) return;
    const watchers: FileSystemWatcher[] = [
      { globPattern: "**/*.toml" },
      ...models.map((folder) => ({ globPattern: { baseUri: folder, pattern: "*.toml" } })),
      ...files.slice(0, MAX_SINGLE_WATCHERS).map((file) => ({
        globPattern: { baseUri: folderOf(file), pattern: escapeGlob(fileNameOf(file)) },
      })),
    ];
    const before = this.#registered?.disposable;
    const disposable = await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    this.#registered = { key, disposable };
    before?.dispose();
  }
}

function escapeGlob(name: string): string {
  return name.replace(/[*?[\]{}]/g, "[$&]");
}
