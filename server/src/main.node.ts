/** The server as a process: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME` say how the client reaches it. */
import { builtinCatalogue } from "@labscape/devices";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node.js";
import { diskProviders } from "./files.js";
import { serve } from "./server.js";

const connection = createConnection(ProposedFeatures.all);
serve(connection, {
  catalogue: builtinCatalogue,
  providers: diskProviders,
  pause: () => new Promise((resolve) => setImmediate(resolve)),
});
connection.listen();
