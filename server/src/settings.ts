import { checkCodes, type CheckCode, type Severity } from "@labscape/topology";
import { isRecord } from "./shapes.js";

/** What a person may set, in the section `labscape` of the client's configuration; it may change at any time. */
export interface Settings {
  /** Manifests that are looked at in the background, besides the open ones. 0: none. */
  readonly indexFiles: number;
  /** Checks that are shown otherwise than they are made. */
  readonly severities: ReadonlyMap<string, Severity | "off">;
  /** Folders of the user's own device models; relative ones start at the workspace's first folder. */
  readonly models: readonly string[];
}

export const SECTION = "labscape";
export const MAX_INDEX_FILES = 10_000;
export const defaultSettings: Settings = { indexFiles: 1000, severities: new Map(), models: [] };

const SEVERITIES = ["error", "warning", "information", "hint", "off"] as const;

/**
 * Reads the section. What is not understood is left at its default and reported, one sentence each.
 * @param value `{ index: { files }, checks: { CODE: severity }, models: [FOLDER] }`, each part optional; others are other parts' settings.
 */
export function readSettings(value: unknown): { readonly settings: Settings; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const section = isRecord(value) ? value : {};
  return {
    settings: {
      indexFiles: readIndexFiles(section["index"], problems),
      severities: readSeverities(section["checks"], problems),
      models: readModelFolders(section["models"], problems),
    },
    problems,
  };
}

function readIndexFiles(value: unknown, problems: string[]): number {
  const files = isRecord(value) ? value["files"] : undefined;
  if (files === undefined || files === null) return defaultSettings.indexFiles;
  if (typeof files === "number" && Number.isInteger(files) && files >= 0 && files <= MAX_INDEX_FILES) return files;
  problems.push(`labscape.index.files must be a whole number from 0 to ${MAX_INDEX_FILES}; it is ${show(files)}.`);
  return defaultSettings.indexFiles;
}

function readSeverities(value: unknown, problems: string[]): Settings["severities"] {
  const severities = new Map<string, Severity | "off">();
  if (value === undefined || value === null) return severities;
  if (!isRecord(value)) {
    problems.push(`labscape.checks must be an object of check codes; it is ${show(value)}.`);
    return severities;
  }
  for (const [code, wanted] of Object.entries(value)) {
    const severity = SEVERITIES.find((each) => each === wanted);
    if (!isCheckCode(code)) problems.push(`labscape.checks: there is no check ${show(code)}.`);
    else if (severity === undefined)
      problems.push(`labscape.checks.${code} must be one of ${SEVERITIES.join(", ")}; it is ${show(wanted)}.`);
    else severities.set(code, severity);
  }
  return severities;
}

function readModelFolders(value: unknown, problems: string[]): Settings["models"] {
  if (value === undefined || value === null) return defaultSettings.models;
  if (Array.isArray(value) && value.every((folder) => typeof folder === "string")) return value;
  problems.push(`labscape.models must be a list of folders; it is ${show(value)}.`);
  return defaultSettings.models;
}

function isCheckCode(code: string): code is CheckCode {
  return Object.hasOwn(checkCodes, code);
}

/** Of a value that came as JSON. */
function show(value: unknown): string {
  return JSON.stringify(value);
}
