/**
 * What the language server tells of labs as a whole, as this side reads it. The shapes are the server's
 * (`server/src/lab-protocol.ts`); what arrives is checked before it is used.
 */
import { isEither, isListOf, isNumber, isRecord, isShape, isString, reader } from "./shapes.js";

export interface LabDescription {
  /** The lab in short, for those who read text: passed on as it is. */
  readonly lab: Readonly<Record<string, unknown>>;
  readonly findings: readonly LabFinding[];
}

export interface LabFinding {
  readonly uri: string;
  /** Lines and columns count from 1. */
  readonly line: number;
  readonly column: number;
  readonly severity: string;
  readonly code: string;
  readonly message: string;
}

export interface Template {
  readonly name: string;
  readonly description: string;
}

export type NewLab = { readonly text: string } | { readonly problem: string };

export const DESCRIBE = "labscape/describe";
export const TEMPLATES = "labscape/templates";
export const NEW_LAB = "labscape/newLab";

const isFinding = isShape<LabFinding>({
  uri: isString,
  line: isNumber,
  column: isNumber,
  severity: isString,
  code: isString,
  message: isString,
});
const isDescription = isShape<LabDescription>({ lab: isRecord, findings: isListOf(isFinding) });
const isTemplates = isListOf(isShape<Template>({ name: isString, description: isString }));
const isNewLab = isEither(
  isShape<{ text: string }>({ text: isString }),
  isShape<{ problem: string }>({ problem: isString }),
);

/** Undefined: the document is no manifest, or this is no message of that shape (a server of another version). */
export const readDescription = reader(isDescription);
export const readTemplates = reader(isTemplates);
export const readNewLab = reader(isNewLab);
