import type { Finding, Severity } from "@labscape/topology";
import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  type Range,
} from "vscode-languageserver";
import type { ServerContext } from "../context.js";
import type { Lab } from "../workspace/lab.js";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** A finding of a lab as the protocol has it; undefined when its check is turned off. */
export function toDiagnostic(context: ServerContext, lab: Lab, finding: Finding): Diagnostic | undefined {
  const { workspace } = context;
  const place = workspace.place(finding.file, finding.range, lab);
  if (place === undefined) return undefined;
  const related = finding.related.flatMap(({ file, range, message }) => {
    const location = workspace.place(file, range, lab);
    return location === undefined ? [] : [{ location, message }];
  });
  return describeFinding(context, finding, place.range, related);
}

/** The same of any file, whose places are known. */
export function describeFinding(
  { options: { checksFolder }, settings }: Pick<ServerContext, "options" | "settings">,
  finding: Finding,
  range: Range,
  relatedInformation: DiagnosticRelatedInformation[],
): Diagnostic | undefined {
  const severity = settings.current.severities.get(finding.code) ?? finding.severity;
  if (severity === "off") return undefined;
  return {
    range,
    severity: SEVERITIES[severity],
    code: finding.code,
    source: "labscape",
    message: finding.message,
    relatedInformation,
    ...(checksFolder !== undefined && { codeDescription: { href: `${checksFolder}/${finding.code}.md` } }),
    ...(finding.tag !== undefined && {
      tags: [finding.tag === "deprecated" ? DiagnosticTag.Deprecated : DiagnosticTag.Unnecessary],
    }),
  };
}
