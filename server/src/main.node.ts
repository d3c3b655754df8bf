/** The server as a process: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME` say how the client reaches it. */
import { builtinCatalogue } from "@labscape/devices";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node.js";
import { diskFiles } from "./node/files.js";
import { modelReader } from "./model-reader.js";
import { diskModelFolders } from "./node/models.js";
import { serve } from "./server.js";

const connection = createConnection(ProposedFeatures.all);
serve(connection, {
  catalogue: builtinCatalogue,
  files: diskFiles,
  readModels: modelReader(diskFiles, diskModelFolders),
  pause: () => new Promise((resolve) => setImmediate(resolve)),
});
connection.listen();
