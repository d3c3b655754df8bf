/** The server as a worker of a browser: the messages of the worker are those of the protocol. */
import { builtinCatalogue } from "@labscape/devices";
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser.js";
import { serve } from "./server.js";

/** What is used of a worker's global scope; the type is that of the browser's library, which the other parts do not have. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
serve(connection, { catalogue: builtinCatalogue });
connection.listen();
