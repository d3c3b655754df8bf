import type { ServerContext } from "../context.js";
import { pullDiagnostics } from "./pull.js";
import { pushDiagnostics } from "./push.js";
import type { DiagnosticsSupport } from "./support.js";

export { diagnose, type Diagnosis } from "./diagnose.js";
export { toDiagnostic } from "./to-diagnostic.js";
export type { DiagnosticsSupport } from "./support.js";

/** Chosen by what the client can do: one that asks gets the findings of the version that it shows, when it shows it. */
export function diagnosticsFor(context: ServerContext): DiagnosticsSupport {
  return context.client.textDocument?.diagnostic === undefined ? pushDiagnostics(context) : pullDiagnostics(context);
}
