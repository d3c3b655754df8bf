import {
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Diagnostic,
  type DiagnosticServerCancellationData,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type FullDocumentDiagnosticReport,
} from "vscode-languageserver";
import { guard, type ServerContext } from "../context.js";
import { canonicalUri } from "../uri.js";
import { ClosedFiles } from "./closed-files.js";
import { diagnose } from "./diagnose.js";
import type { DiagnosticsSupport } from "./support.js";

/** Gives the findings of a document when the client asks, and tells the client when it should ask again. */
export function pullDiagnostics(context: ServerContext): DiagnosticsSupport {
  const { connection, client, workspace } = context;
  const takesRelated = client.textDocument?.diagnostic?.relatedDocumentSupport === true;
  const canRefresh = client.workspace?.diagnostics?.refreshSupport === true;
  const closedFiles = takesRelated ? undefined : new ClosedFiles(context);
  let refreshing: Promise<void> | undefined;

  type Report = DocumentDiagnosticReport;
  const nothing: Report = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  connection.languages.diagnostics.on((params: DocumentDiagnosticParams, token: CancellationToken) => {
    const document = workspace.opened(canonicalUri(params.textDocument.uri));
    const name = `Diagnostics of ${params.textDocument.uri}`;
    return guard<unknown, Report, DiagnosticServerCancellationData>(context, name, nothing, async () => {
      if (document === undefined) return nothing;
      const { items, closed, isCurrent } = await diagnose(context, document);
      if (!isCurrent()) throw outdated();
      const resultId = identify(items, closed);
      if (params.previousResultId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
      const related = takesRelated && closed.size > 0 ? { relatedDocuments: toReports(closed) } : {};
      return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items], ...related };
    })(params, token);
  });

  /** Of several documents that change at once the client hears once. */
  async function refresh(): Promise<void> {
    await context.pause();
    refreshing = undefined;
    if (!context.ending.aborted) connection.languages.diagnostics.refresh();
  }

  return {
    capabilities: { diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false } },
    async report(diagnosis, known) {
      await closedFiles?.put(diagnosis);
      if (!known && canRefresh) await (refreshing ??= refresh());
    },
    async close({ file }) {
      await closedFiles?.remove(file);
    },
  };
}

/** The client should ask again: what it asked about has changed meanwhile. */
function outdated(): ResponseError<DiagnosticServerCancellationData> {
  const data = { retriggerRequest: true };
  return new ResponseError(LSPErrorCodes.ServerCancelled, "The document has changed.", data);
}

function toReports(closed: ReadonlyMap<string, readonly Diagnostic[]>): Record<string, FullDocumentDiagnosticReport> {
  const reports: Record<string, FullDocumentDiagnosticReport> = {};
  for (const [file, items] of closed) reports[file] = { kind: DocumentDiagnosticReportKind.Full, items: [...items] };
  return reports;
}

/** Equal for equal findings: their text's length and two 32-bit hashes of it (FNV-1a with different primes). */
function identify(items: readonly Diagnostic[], closed: ReadonlyMap<string, readonly Diagnostic[]>): string {
  const text = JSON.stringify([items, [...closed]]);
  let [a, b] = [0x811c9dc5, 0x811c9dc5];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
  }
  return [text.length, a >>> 0, b >>> 0].map((part) => part.toString(36)).join("-");
}
