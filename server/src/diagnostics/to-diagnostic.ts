import type { Finding, Severity } from "@labscape/topology";
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from "vscode-languageserver";
import type { ServerContext } from "../context.js";
import type { Lab } from "../workspace/lab.js";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** A finding of a lab as the protocol has it; undefined when its check is turned off. */
export function toDiagnostic(
  { workspace, options, settings }: ServerContext,
  lab: Lab,
  finding: Finding,
): Diagnostic | undefined {
  const place = workspace.place(finding.file, finding.range, lab);
  const severity = settings.current.severities.get(finding.code) ?? finding.severity;
  if (place === undefined || severity === "off") return undefined;
  const { checksFolder } = options;
  return {
    range: place.range,
    severity: SEVERITIES[severity],
    code: finding.code,
    source: "labscape",
    message: finding.message,
    relatedInformation: finding.related.flatMap(({ file, range, message }) => {
      const location = workspace.place(file, range, lab);
      return location === undefined ? [] : [{ location, message }];
    }),
    ...(checksFolder !== undefined && { codeDescription: { href: `${checksFolder}/${finding.code}.md` } }),
    ...(finding.tag !== undefined && {
      tags: [finding.tag === "deprecated" ? DiagnosticTag.Deprecated : DiagnosticTag.Unnecessary],
    }),
  };
}
