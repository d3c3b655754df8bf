import type { Connection, InitializeParams, ServerCapabilities, TextDocuments } from "vscode-languageserver";
import { describe, type ServerContext } from "./context.js";
import { diagnosticsFor } from "./diagnostics/index.js";
import { Schedule } from "./diagnostics/schedule.js";
import type { ManifestDocument } from "./document.js";
import { hintRefresher } from "./handlers/inlay-hints.js";
import { features } from "./handlers/index.js";
import { LiveSettings } from "./live-settings.js";
import { modelReader, workspaceModelFolders } from "./model-reader.js";
import { Models, type ModelFolder } from "./models.js";
import { readClientOptions } from "./options.js";
import { AnalyzedNotification, describeAnalysis } from "./protocol.js";
import type { ServerSetting } from "./server.js";
import { tellParts } from "./tell-parts.js";
import { canonicalUri } from "./uri.js";
import { clientFiles } from "./workspace/client-files.js";
import { diskAnd, noFiles } from "./workspace/file-access.js";
import { fileOperations } from "./workspace/file-operations.js";
import { Folders } from "./workspace/folders.js";
import { Indexer } from "./workspace/indexer.js";
import { Watch } from "./workspace/watch.js";
import { Workspace } from "./workspace/workspace.js";

/** Everything between the client's first message and its last: puts the parts together and says what they can do. */
export function startSession(
  connection: Connection,
  documents: TextDocuments<ManifestDocument>,
  setting: ServerSetting,
  { capabilities: client, initializationOptions, workspaceFolders }: InitializeParams,
  ending: AbortSignal,
): Partial<ServerCapabilities> {
  const { options, problems } = readClientOptions(initializationOptions);
  const { catalogue, providers } = setting;
  const elsewhere = options.files ? clientFiles(connection) : noFiles;
  const files = setting.files === undefined ? elsewhere : diskAnd(setting.files, elsewhere);
  const workspace = new Workspace({ catalogue, files, ...(providers === undefined ? {} : { providers }) });
  const settings = new LiveSettings(connection, client);
  const pause = setting.pause ?? nextTurn;
  const failed = (what: string, error: unknown): void => {
    if (!ending.aborted) connection.console.error(`${what} failed: ${describe(error)}`);
  };
  const known = { connection, workspace, client, options, settings, pause, ending, failed };
  const isOnDisk = (uri: string): boolean => setting.files !== undefined && uri.startsWith("file:");
  const readElsewhere = modelReader(elsewhere, (roots, named) =>
    workspaceModelFolders(
      roots.filter((root) => !isOnDisk(root)),
      named,
    ),
  );
  const readModels = [setting.readModels ?? [], options.files ? readElsewhere : []].flat();
  const models = new Models(known, async (roots, named) => {
    const found: ModelFolder[] = [];
    for (const read of readModels) found.push(...(await read(roots, named)));
    return found;
  });
  const context: ServerContext = { ...known, models };

  const folders = new Folders(workspaceFolders ?? []);
  const indexer = new Indexer(context);
  const reloadModels = async (): Promise<void> => {
    if (readModels.length === 0) return;
    await models.reload(folders.uris);
    watch.update();
  };
  const modelsChanged = (): void => {
    reloadModels().catch((error: unknown) => failed("Reading the device models", error));
  };
  const watch = new Watch(
    context,
    () => folders.uris,
    () => models.folders,
  );
  const diagnostics = diagnosticsFor(context);
  const refreshHints = hintRefresher(context);
  const schedule = new Schedule(context, diagnostics, (diagnosis, known) => {
    watch.update();
    if (!known) refreshHints();
    connection
      .sendNotification(AnalyzedNotification, describeAnalysis(diagnosis))
      .catch((error: unknown) => failed("Telling of an analysis", error));
  });

  tellParts(context);
  let changing: string | undefined;
  workspace.onAffected((affected) => {
    for (const file of affected) schedule.refresh(file, file === changing);
  });
  documents.onDidChangeContent(({ document }) => {
    const isNew = workspace.opened(document.file) === undefined;
    changing = document.file;
    workspace.put(document);
    changing = undefined;
    if (isNew && models.has(document.file)) models.tellClosed();
  });
  documents.onDidClose(({ document }) => {
    workspace.close(document.file);
    indexer.fileChanged(document.file);
    diagnostics.close(document).catch((error: unknown) => failed("Taking findings back", error));
    if (models.has(document.file)) models.tellClosed();
  });

  function fileChanged(file: string): void {
    workspace.fileChanged(file);
    indexer.fileChanged(file);
    if (models.has(file)) modelsChanged();
  }
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) fileChanged(canonicalUri(uri));
  });
  const operations = fileOperations(context, fileChanged);

  connection.onDidChangeConfiguration(({ settings: all }: { readonly settings: unknown }) => {
    const { indexFiles, models: modelFolders } = settings.current;
    settings
      .change(all)
      .then(() => {
        if (settings.current.indexFiles !== indexFiles) indexer.start(folders.uris);
        if (settings.current.models.join("\n") !== modelFolders.join("\n")) modelsChanged();
        for (const { file } of workspace.openDocuments) schedule.refresh(file, false);
      })
      .catch((error: unknown) => failed("Reading the settings", error));
  });
  connection.onInitialized(() => {
    for (const problem of problems) connection.console.warn(problem);
    watch.update();
    if (client.workspace?.workspaceFolders === true)
      connection.workspace.onDidChangeWorkspaceFolders((change) => {
        folders.change(change);
        modelsChanged();
        indexer.start(folders.uris);
      });
    // Indexing waits for the setting that bounds it, and documents without a name for the index.
    const ready = settings
      .start()
      .catch((error: unknown) => failed("Reading the settings", error))
      .then(reloadModels)
      .catch((error: unknown) => failed("Reading the device models", error));
    models.known = ready;
    indexer.startAfter(ready, () => folders.uris);
  });

  let capabilities: Partial<ServerCapabilities> = merge(operations, diagnostics.capabilities);
  for (const feature of features) {
    capabilities = merge(capabilities, feature.capabilities(client, options));
    feature.register(context);
  }
  return capabilities;
}

/** Several parts announce something below `workspace`, `workspace.fileOperations` and `experimental`. */
function merge(all: Partial<ServerCapabilities>, more: Partial<ServerCapabilities>): Partial<ServerCapabilities> {
  const operations = { ...all.workspace?.fileOperations, ...more.workspace?.fileOperations };
  const fileOperations = Object.keys(operations).length === 0 ? {} : { fileOperations: operations };
  const experimental = { ...objectOf(all.experimental), ...objectOf(more.experimental) };
  return {
    ...all,
    ...more,
    experimental,
    workspace: { ...all.workspace, ...more.workspace, ...fileOperations },
  };
}

/** The protocol leaves open what `experimental` is. */
function objectOf(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
