import type { ServerContext } from "../context.js";
import { ClosedFiles } from "./closed-files.js";
import type { DiagnosticsSupport } from "./support.js";

/** Sends the findings of each document after each change. */
export function pushDiagnostics(context: ServerContext): DiagnosticsSupport {
  const { connection } = context;
  const closedFiles = new ClosedFiles(context);
  return {
    capabilities: {},
    async report(diagnosis) {
      const { document, items } = diagnosis;
      const version = document.version === null ? {} : { version: document.version };
      await connection.sendDiagnostics({ uri: document.uri, ...version, diagnostics: [...items] });
      await closedFiles.put(diagnosis);
    },
    async close({ uri, file }) {
      await connection.sendDiagnostics({ uri, diagnostics: [] });
      await closedFiles.remove(file);
    },
  };
}
