import type { Finding, Severity } from "@labscape/topology";
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from "vscode-languageserver";
import type { ServerContext } from "./context.js";
import type { ManifestDocument } from "./document.js";

/** How findings reach the client. Push and pull stand behind this; only push is used so far. */
export interface DiagnosticsSupport {
  /** The document is new or has changed. */
  refresh(document: ManifestDocument): void;
  /** The document was closed. */
  clear(uri: string): void;
}

/**
 * Publishes the findings of a document soon after it changed. Of several changes that arrive together only the last is
 * analysed, and what is published is of the version that is open at that moment.
 */
export function pushDiagnostics(
  context: ServerContext,
  onAnalyzed: (document: ManifestDocument) => void,
): DiagnosticsSupport {
  const pending = new Set<string>();

  async function publish(uri: string): Promise<void> {
    await context.pause();
    pending.delete(uri);
    const document = context.documents.get(uri);
    if (document === undefined) return;
    await context.connection.sendDiagnostics({
      uri,
      version: document.version,
      diagnostics: document.isManifest ? toDiagnostics(document, context.options.checksFolder) : [],
    });
    onAnalyzed(document);
  }

  function failed(uri: string, error: unknown): void {
    pending.delete(uri);
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    context.connection.console.error(`Analysis of ${uri} failed: ${text}`);
  }

  return {
    refresh({ uri }) {
      if (pending.has(uri)) return;
      pending.add(uri);
      publish(uri).catch((error: unknown) => failed(uri, error));
    },
    clear(uri) {
      context.connection.sendDiagnostics({ uri, diagnostics: [] }).catch((error: unknown) => failed(uri, error));
    },
  };
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

function toDiagnostics(document: ManifestDocument, checksFolder: string | undefined): Diagnostic[] {
  return document
    .analysis()
    .findings.filter((finding) => finding.file === document.uri)
    .map((finding) => toDiagnostic(document, finding, checksFolder));
}

/** A finding of this document as the protocol has it. */
export function toDiagnostic(document: ManifestDocument, finding: Finding, checksFolder?: string): Diagnostic {
  return {
    range: document.range(finding.range),
    severity: SEVERITIES[finding.severity],
    code: finding.code,
    source: "labscape",
    message: finding.message,
    // A place in another file has no lines here: its text is not open.
    relatedInformation: finding.related
      .filter((related) => related.file === document.uri)
      .map((related) => ({
        location: { uri: related.file, range: document.range(related.range) },
        message: related.message,
      })),
    ...(checksFolder === undefined ? {} : { codeDescription: { href: `${checksFolder}/${finding.code}.md` } }),
    ...(finding.tag === undefined
      ? {}
      : { tags: [finding.tag === "deprecated" ? DiagnosticTag.Deprecated : DiagnosticTag.Unnecessary] }),
  };
}
