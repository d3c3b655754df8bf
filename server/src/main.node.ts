/** The server as a process: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME` say how the client reaches it. */
import { setFlagsFromString } from "node:v8";
import { builtinCatalogue } from "@labscape/devices";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node.js";
import { diskFiles } from "./node/files.js";
import { modelReader } from "./model-reader.js";
import { diskModelFolders } from "./node/models.js";
import { serve } from "./server.js";

// V8 lets a heap grow to several times what is alive in it before it tidies up. Half as much again is room enough, and costs no
// time that can be measured: a lab of 10,000 nodes then takes 190 MB instead of 350 MB while somebody types.
setFlagsFromString("--heap-growing-percent=50");

const connection = createConnection(ProposedFeatures.all);
serve(connection, {
  catalogue: builtinCatalogue,
  files: diskFiles,
  readModels: modelReader(diskFiles, diskModelFolders),
  pause: () => new Promise((resolve) => setImmediate(resolve)),
});
connection.listen();
