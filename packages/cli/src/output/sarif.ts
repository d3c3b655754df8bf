import path from "node:path";
import { pathToFileURL } from "node:url";
import type { LabError } from "@labscape/lab";
import { checkCodes, type Finding, type Range, type Severity } from "@labscape/topology";
import { VERSION } from "../version.js";
import type { FileText, TextOf } from "./findings.js";

/** Name of the folder that relative URIs start from, as SARIF's consumers know it. */
const ROOT = "%SRCROOT%";

const levels = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
} as const satisfies Readonly<Record<Severity, string>>;

interface Told {
  readonly finding: Finding;
  readonly textOf: TextOf;
}

/**
 * Findings as a log of SARIF 2.1.0 (OASIS), which code hosts and editors read. Lines and columns count from 1, columns in
 * UTF-16 code units; files below the current folder are named relative to it.
 */
export function sarifLog(told: readonly Told[], problems: readonly LabError[], cwd: string) {
  const rules = Object.entries(checkCodes).map(([id, { severity, summary }]) => ({
    id,
    shortDescription: { text: summary },
    defaultConfiguration: { level: levels[severity] },
  }));
  const ruleIndex = new Map(rules.map(({ id }, index) => [id, index]));
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0" as const,
    runs: [
      {
        tool: { driver: { name: "labscape", version: VERSION, semanticVersion: VERSION, rules } },
        columnKind: "utf16CodeUnits" as const,
        originalUriBaseIds: { [ROOT]: { uri: pathToFileURL(path.join(cwd, path.sep)).href } },
        invocations: [
          {
            executionSuccessful: problems.length === 0,
            toolExecutionNotifications: problems.map(({ code, message, mend }) => ({
              descriptor: { id: code },
              level: "error" as const,
              message: { text: mend === "" ? message : `${message}. ${mend}` },
            })),
          },
        ],
        results: told.map((each) => resultOf(each, ruleIndex, cwd)),
      },
    ],
  };
}

function resultOf({ finding, textOf }: Told, ruleIndex: ReadonlyMap<string, number>, cwd: string) {
  const { code, severity, message, file, range, related, fixes } = finding;
  const locationOf = (at: { readonly file: string; readonly range: Range }) => ({
    artifactLocation: artifactOf(at.file, cwd),
    region: regionOf(textOf(at.file), at.range),
  });
  const index = ruleIndex.get(code);
  return {
    ruleId: code,
    ...(index !== undefined && { ruleIndex: index }),
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: locationOf({ file, range }) }],
    ...(related.length > 0 && {
      relatedLocations: related.map((each, id) => ({
        id,
        message: { text: each.message },
        physicalLocation: locationOf(each),
      })),
    }),
    ...(fixes.length > 0 && {
      fixes: fixes.map(({ title, edits }) => ({
        description: { text: title },
        artifactChanges: [...new Set(edits.map((edit) => edit.file))].map((changed) => ({
          artifactLocation: artifactOf(changed, cwd),
          replacements: edits
            .filter((edit) => edit.file === changed)
            .map((edit) => ({
              deletedRegion: regionOf(textOf(changed), edit.range),
              insertedContent: { text: edit.newText },
            })),
        })),
      })),
    }),
  };
}

/** A file by a relative URI where it lies below the current folder. */
function artifactOf(file: string, cwd: string) {
  const relative = path.relative(cwd, file);
  if (relative === "" || relative.startsWith("..") || path.isAbsolute(relative))
    return { uri: pathToFileURL(file).href };
  return { uri: relative.split(path.sep).map(encodeURIComponent).join("/"), uriBaseId: ROOT };
}

function regionOf({ lines }: FileText, { start, end }: Range) {
  const from = lines.positionAt(start);
  const to = lines.positionAt(end);
  return {
    startLine: from.line + 1,
    startColumn: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}
