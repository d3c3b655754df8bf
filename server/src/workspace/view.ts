import type { Analysis, Range as OffsetRange, Source } from "@labscape/topology";
import type { Position, Range } from "vscode-languageserver-textdocument";
import type { ManifestDocument } from "../document.js";
import type { Lab } from "./lab.js";
import type { Workspace } from "./workspace.js";

/** A document within the lab that it belongs to: translates between its lines and the offsets of the lab's numbering. */
export class View {
  readonly workspace: Workspace;
  readonly document: ManifestDocument;
  readonly lab: Lab;
  readonly #source: Source;

  constructor(workspace: Workspace, document: ManifestDocument, lab: Lab, source: Source) {
    this.workspace = workspace;
    this.document = document;
    this.lab = lab;
    this.#source = source;
  }

  /** Of the whole lab. */
  get analysis(): Analysis {
    return this.lab.analysis;
  }

  /** Of this document by itself, for what looks at its text only. */
  get alone(): Analysis {
    return this.workspace.alone(this.document).analysis;
  }

  /** Whether the document is the lab's manifest rather than a part that it includes. */
  get isRoot(): boolean {
    return this.lab.document === this.document;
  }

  /** Whether the lab was read with another version of the document: then its offsets are not these. */
  get isOutdated(): boolean {
    return this.#source.text !== this.document.text.getText();
  }

  offsetAt(position: Position): number {
    return this.#source.base + this.document.offsetAt(position);
  }

  offsets({ start, end }: Range): OffsetRange {
    return { start: this.offsetAt(start), end: this.offsetAt(end) };
  }

  positionAt(offset: number): Position {
    return this.document.text.positionAt(offset - this.#source.base);
  }

  range({ start, end }: OffsetRange): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }
}
