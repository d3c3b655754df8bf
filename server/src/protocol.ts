/**
 * What this server says beyond the Language Server Protocol. Other editors may ignore it.
 */
import { labName, mermaidDiagram, valueAt, type MermaidLink } from "@labscape/topology";
import { NotificationType, RequestType, type Range } from "vscode-languageserver";
import type { Diagnosis } from "./diagnostics/index.js";
import type { Lab } from "./workspace/lab.js";
import type { View } from "./workspace/view.js";

/** Sent after each analysis of an open document. */
export interface Analyzed {
  readonly uri: string;
  readonly version: number;
  /** False: the file belongs to another tool, and nothing below is known. */
  readonly manifest: boolean;
  /** The lab's name; empty while it has none. */
  readonly lab: string;
  readonly errors: number;
}

export const AnalyzedNotification = new NotificationType<Analyzed>("labscape/analyzed");

/** Sent when it has changed: the files that are no labs by themselves but parts of one, by any manifest of the workspace. */
export interface Parts {
  readonly uris: readonly string[];
}

export const PartsNotification = new NotificationType<Parts>("labscape/parts");

/** Sent when they have changed: the folders that users' device models are read from. */
export interface ModelFolders {
  readonly uris: readonly string[];
}

export const ModelFoldersNotification = new NotificationType<ModelFolders>("labscape/modelFolders");

export interface DiagramParams {
  readonly textDocument: { readonly uri: string };
}

/** The picture of a document's present version; of a part that a lab includes, the picture of that lab. */
export interface Diagram {
  readonly version: number;
  readonly lab: string;
  /** Mermaid flow chart; empty when there is no node to draw. */
  readonly source: string;
  /** Whether the manifest chooses the direction; otherwise a viewer may turn the picture to fit. */
  readonly directed: boolean;
  readonly nodes: readonly DiagramNode[];
  /** The lines of the picture, in the source's order. */
  readonly links: readonly MermaidLink[];
  /** Findings of severity error: with some, parts of the picture may be missing. */
  readonly errors: number;
  /** Whether the text is not TOML at some place, as while a line is typed. */
  readonly broken: boolean;
}

export interface DiagramNode {
  /** In the mermaid source. */
  readonly id: string;
  readonly name: string;
  readonly model: string;
  /** Where its name is written: in this file, which is another one for a node of an included file. */
  readonly uri: string;
  readonly range: Range;
}

/** Null when the document is not open or belongs to no lab. */
export const DiagramRequest = new RequestType<DiagramParams, Diagram | null, void>("labscape/diagram");

export function describeAnalysis({ document, labs }: Diagnosis): Analyzed {
  const { uri } = document;
  const [lab] = labs;
  const version = document.version ?? 0;
  return { uri, version, manifest: lab !== undefined, ...(lab === undefined ? { lab: "", errors: 0 } : summary(lab)) };
}

export function describeDiagram({ document, lab: whole, workspace }: View): Diagram {
  const { lab, syntax, findings } = whole.analysis;
  const { source, nodes, links } = mermaidDiagram(lab);
  const byName = new Map(lab.nodes.map((node) => [node.name, node]));
  const drawn: DiagramNode[] = [];
  for (const [id, name] of nodes) {
    const node = byName.get(name);
    const place = node === undefined ? undefined : workspace.place(node.nameAt.file, node.nameAt.range, whole);
    if (node === undefined || place === undefined) continue;
    drawn.push({ id, name, model: node.model.title, ...place });
  }
  return {
    version: document.version ?? 0,
    source: drawn.length === 0 ? "" : source,
    directed: valueAt(syntax.root, ["diagram", "direction"]) !== undefined,
    nodes: drawn,
    broken: findings.some(({ code }) => code === "toml-syntax"),
    links,
    ...summary(whole),
  };
}

/** The name is all that is needed of the lab; to make the lab for it would take as long as much else of an analysis. */
function summary({ analysis: { manifest, findings } }: Lab): { lab: string; errors: number } {
  return { lab: labName(manifest), errors: findings.filter(({ severity }) => severity === "error").length };
}
