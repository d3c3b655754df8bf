/**
 * The messages of the language server beyond the protocol, as this side reads them. The shapes are the server's
 * (`server/src/protocol.ts`); what arrives is checked before it is used.
 */
import { isListOf, isRecord, isShape, isString } from "./shapes.js";

export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A place in a file. */
export interface Place {
  readonly uri: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

export interface Analyzed {
  readonly uri: string;
  readonly version: number;
  readonly manifest: boolean;
  readonly lab: string;
  readonly errors: number;
}

export interface Diagram {
  readonly version: number;
  readonly lab: string;
  /** Mermaid flow chart; empty when there is no node to draw. */
  readonly source: string;
  /** Whether the manifest chooses the direction; otherwise the picture may be turned to fit. */
  readonly directed: boolean;
  readonly nodes: readonly DiagramNode[];
  /** The lines of the picture, in the source's order. */
  readonly links: readonly DiagramLink[];
  readonly errors: number;
  /** Whether the text is not TOML at some place, as while a line is typed. */
  readonly broken: boolean;
}

/** By ids in the mermaid source. */
export interface DiagramLink {
  readonly from: string;
  readonly to: string;
  /** The end at `from`: "node::port". */
  readonly end: string;
}

/** Its place is where it is declared. */
export interface DiagramNode extends Place {
  readonly id: string;
  readonly name: string;
  readonly model: string;
}

export const ANALYZED = "labscape/analyzed";
export const PARTS = "labscape/parts";
export const MODEL_FOLDERS = "labscape/modelFolders";
export const DIAGRAM = "labscape/diagram";

/** Undefined: not a message of this shape (a server of another version). */
export function readAnalyzed(value: unknown): Analyzed | undefined {
  if (!isRecord(value)) return undefined;
  const { uri, version, manifest, lab, errors } = value;
  if (typeof uri !== "string" || typeof version !== "number" || typeof manifest !== "boolean") return undefined;
  if (typeof lab !== "string" || typeof errors !== "number") return undefined;
  return { uri, version, manifest, lab, errors };
}

/** The URIs of a message that tells of files or folders. Undefined: not a message of this shape. */
export function readUris(value: unknown): readonly string[] | undefined {
  if (!isRecord(value)) return undefined;
  const { uris } = value;
  return Array.isArray(uris) && uris.every((uri) => typeof uri === "string") ? uris : undefined;
}

/** Undefined: the document has no picture. */
export function readDiagram(value: unknown): Diagram | undefined {
  if (!isRecord(value)) return undefined;
  const { version, lab, source, directed, nodes, links, errors, broken } = value;
  if (typeof version !== "number" || typeof lab !== "string" || typeof source !== "string") return undefined;
  if (
    typeof directed !== "boolean" ||
    typeof broken !== "boolean" ||
    !isLinks(links) ||
    typeof errors !== "number" ||
    !Array.isArray(nodes)
  )
    return undefined;
  return { version, lab, source, directed, links, errors, broken, nodes: nodes.flatMap(readNode) };
}

const isLinks = isListOf(isShape<DiagramLink>({ from: isString, to: isString, end: isString }));

function readNode(value: unknown): DiagramNode[] {
  if (!isRecord(value) || !isRecord(value["range"])) return [];
  const { id, name, model, uri, range } = value;
  const start = readPosition(range["start"]);
  const end = readPosition(range["end"]);
  if (typeof id !== "string" || typeof name !== "string" || typeof model !== "string") return [];
  if (typeof uri !== "string") return [];
  return start === undefined || end === undefined ? [] : [{ id, name, model, uri, range: { start, end } }];
}

function readPosition(value: unknown): Position | undefined {
  if (!isRecord(value)) return undefined;
  const { line, character } = value;
  return typeof line === "number" && typeof character === "number" ? { line, character } : undefined;
}
