import type { Diagnostic } from "vscode-languageserver";
import type { ServerContext } from "../context.js";
import type { ManifestDocument } from "../document.js";
import { modelDiagnostic } from "../models.js";
import type { Lab } from "../workspace/lab.js";
import { toDiagnostic } from "./to-diagnostic.js";

/** What there is to say about an open document. */
export interface Diagnosis {
  readonly document: ManifestDocument;
  /** The labs that it is read in. */
  readonly labs: readonly Lab[];
  readonly items: readonly Diagnostic[];
  /** What the same labs say about files that are included and not open, by canonical URI. */
  readonly closed: ReadonlyMap<string, readonly Diagnostic[]>;
  /** Whether nothing has changed since; what is outdated is never told to the client. */
  readonly isCurrent: () => boolean;
}

/** Finds out what there is to say about a document as it is now; reads the files that it includes where need be. */
export async function diagnose(context: ServerContext, document: ManifestDocument): Promise<Diagnosis> {
  const { workspace } = context;
  await context.models.known;
  const model = context.models.analysis(document);
  if (model !== undefined) {
    const isCurrent = (): boolean =>
      workspace.opened(document.file) === document && context.models.analysis(document) === model;
    const items = model.findings.flatMap((finding) => modelDiagnostic(context, document, finding) ?? []);
    return { document, labs: [], items, closed: new Map(), isCurrent };
  }
  // Whether a part without a name belongs to other manifests is known only when they have been looked through.
  if (document.isManifest && !workspace.hasName(document)) await workspace.indexed;
  const labs = await workspace.labsOf(document);
  const isCurrent = (): boolean =>
    workspace.opened(document.file) === document && labs.every((lab) => workspace.isCurrent(lab));
  if (isCurrent()) workspace.note(document, labs);
  const files = new Map<string, Map<string, Diagnostic>>([[document.file, new Map<string, Diagnostic>()]]);
  for (const lab of labs) {
    for (const { file } of lab.analysis.sources) {
      if (workspace.opened(file) === undefined && !files.has(file)) files.set(file, new Map());
    }
    for (const finding of lab.analysis.findings) {
      const found = files.get(finding.file);
      const diagnostic = found === undefined ? undefined : toDiagnostic(context, lab, finding);
      // Labs that share a file mostly say the same about it.
      const { code, range, message } = finding;
      if (diagnostic !== undefined) found?.set(`${range.start} ${range.end} ${code} ${message}`, diagnostic);
    }
  }
  const items = [...(files.get(document.file)?.values() ?? [])];
  files.delete(document.file);
  const closed = new Map([...files].map(([file, found]) => [file, [...found.values()]]));
  return { document, labs, items, closed, isCurrent };
}
