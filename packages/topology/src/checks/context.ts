import type { Catalogue } from "@labscape/devices";
import type { Providers } from "../analysis.js";
import type { Finding, Fix, RelatedLocation } from "../finding.js";
import { locate, type Manifest, type Sources } from "../model/index.js";
import type { PortUsage } from "../model/usage.js";
import type { Range } from "../syntax/tree.js";
import { checkCodes, type CheckCode } from "./codes.js";
import type { SoundTables } from "./written.js";

/** What the checks of one text see, and where they say what they found. */
export interface CheckContext {
  readonly manifest: Manifest;
  readonly usage: PortUsage;
  readonly catalogue: Catalogue;
  readonly providers: Providers;
  readonly sound: SoundTables;
  readonly report: (code: CheckCode, range: Range, message: string, details?: FindingDetails) => void;
  /** The known name that is nearest to a mistyped one; undefined where none is near. */
  readonly nearest: (text: string, names: Iterable<string>) => string | undefined;
}

export type Check = (context: CheckContext) => void;

export interface FindingDetails {
  readonly related?: readonly { readonly range: Range; readonly message: string }[];
  /** Places in files that are no part of this lab. */
  readonly elsewhere?: readonly RelatedLocation[];
  readonly fixes?: readonly LocalFix[];
  readonly tag?: "unnecessary" | "deprecated";
}

/** A mend; ranges in the lab's numbering. */
export interface LocalFix {
  readonly title: string;
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
}

/** A mend of one edit. */
export function replaceFix(title: string, range: Range, newText: string): LocalFix {
  return { title, edits: [{ range, newText }] };
}

export function createFinding(
  sources: Sources,
  code: CheckCode,
  range: Range,
  message: string,
  details: FindingDetails,
): Finding {
  const related: RelatedLocation[] = (details.related ?? []).map((each) => ({
    ...each,
    ...locate(sources, each.range),
  }));
  related.push(...(details.elsewhere ?? []));
  const fixes: Fix[] = (details.fixes ?? []).map(({ title, edits }) => ({
    title,
    edits: edits.map((edit) => ({ ...edit, ...locate(sources, edit.range) })),
  }));
  const finding = { code, severity: checkCodes[code].severity, message, ...locate(sources, range), related, fixes };
  return details.tag === undefined ? finding : { ...finding, tag: details.tag };
}
