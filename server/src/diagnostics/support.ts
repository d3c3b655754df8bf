import type { ServerCapabilities } from "vscode-languageserver";
import type { Diagnosis } from "./diagnose.js";

/** How findings reach the client: the server sends them, or the client asks for them. */
export interface DiagnosticsSupport {
  readonly capabilities: Partial<ServerCapabilities>;
  /**
   * A document has been diagnosed, as it is new, has changed or depends on something that has.
   * @param known whether the client knows by itself that there is something new: it has changed this very document.
   */
  report(diagnosis: Diagnosis, known: boolean): Promise<void>;
  /** A document was closed. */
  close(document: { readonly uri: string; readonly file: string }): Promise<void>;
}
