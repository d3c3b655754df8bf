/**
 * What the language features answer. Offsets are UTF-16 code units in the numbering of the lab's files (`Sources`), those
 * that are asked about and those of ranges without a `file`; a range beside a `file` counts from the start of that file.
 * An editor's own shapes (lines, protocol constants) are made of these by the language server.
 *
 *   complete(analysis, offset): readonly Completion[]
 *   hover(analysis, offset): Hover | undefined
 *   documentSymbols(analysis): readonly OutlineSymbol[]
 *   definition(analysis, offset): readonly Location[]
 *   references(analysis, offset, { declaration }): readonly Location[]
 *   prepareRename(analysis, offset): RenameTarget | undefined
 *   rename(analysis, offset, newName): RenameResult
 *   codeActions(analysis, range): readonly CodeAction[]
 *   foldingRanges(analysis): readonly FoldingRange[]
 *   documentHighlights(analysis, offset): readonly Highlight[]
 *   codeLenses(analysis): readonly CodeLens[]
 *   inlayHints(analysis, range): readonly InlayHint[]
 *   semanticTokens(analysis): readonly SemanticToken[]
 *   documentLinks(analysis): readonly DocumentLink[]
 *   selectionRanges(analysis, offset): readonly Range[]
 *   prepareCallHierarchy(analysis, offset): readonly HierarchyItem[]
 *   incomingLinks(analysis, item): readonly HierarchyLink[]
 *   outgoingLinks(analysis, item): readonly HierarchyLink[]
 */
import type { Finding, TextEdit } from "../finding.js";
import type { Location } from "../model/lab.js";
import type { Range } from "../syntax/tree.js";

export interface Completion {
  readonly label: string;
  readonly kind: "key" | "model" | "version" | "node" | "port" | "group" | "bridge" | "value" | "file" | "snippet";
  /** Short, beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** What is replaced, and by what. `range` lies on the line of the cursor and holds the cursor. */
  readonly range: Range;
  readonly newText: string;
  /** Whether `newText` is a snippet with `$1` and `${1:text}` stops. */
  readonly snippet: boolean;
  /** What the typed text is matched against, where that is not the label; covers all of `range`. */
  readonly filterText?: string;
  /** Orders the list, where the label's own order is not right. */
  readonly sortText?: string;
  readonly preselect?: boolean;
}

export interface Hover {
  /** Markdown. */
  readonly markdown: string;
  readonly range: Range;
}

export interface OutlineSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: "section" | "node" | "link" | "bridge" | "group" | "network" | "key";
  readonly range: Range;
  /** Within `range`. */
  readonly selectionRange: Range;
  readonly children: readonly OutlineSymbol[];
}

export interface RenameTarget {
  readonly range: Range;
  readonly placeholder: string;
}

/** The edits, or the reason why there are none. */
export type RenameResult = { readonly edits: readonly TextEdit[] } | { readonly problem: string };

export interface CodeAction {
  readonly title: string;
  readonly kind: "quickfix" | "refactor" | "refactor.rewrite" | "source";
  readonly edits: readonly TextEdit[];
  /** Why it cannot be done here; it has no edits then. */
  readonly disabled?: string;
  /** The finding that it mends. */
  readonly finding?: Finding;
  readonly preferred: boolean;
}

export interface FoldingRange {
  readonly range: Range;
  readonly kind?: "comment" | "region";
}

export interface Highlight {
  readonly range: Range;
  readonly kind: "read" | "write";
}

/** An offer above a line. What it does is the editor's. */
export interface CodeLens {
  readonly range: Range;
  readonly action: "deploy" | "plan" | "destroy" | "preview" | "console";
  /** For `console`. */
  readonly node?: string;
}

export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  /** Markdown. */
  readonly tooltip?: string;
}

export interface SemanticToken {
  readonly range: Range;
  readonly type: "class" | "variable" | "property" | "namespace" | "string" | "number" | "enumMember";
  readonly modifiers: readonly ("declaration" | "deprecated")[];
}

export interface DocumentLink {
  readonly range: Range;
  /** As written; relative to the manifest's folder unless absolute. */
  readonly path: string;
}

/** A node or bridge in a walk along cables. Its kind and name find it again in a later version of the manifest. */
export interface HierarchyItem {
  readonly kind: "node" | "bridge";
  readonly name: string;
  /** The node's model, or how many ports the bridge has. */
  readonly detail: string;
  readonly at: Location;
  /** Within `at`. */
  readonly nameAt: Location;
}

/** A neighbour, and the ends of the cables between the two: those of the node where the cable starts. */
export interface HierarchyLink {
  readonly item: HierarchyItem;
  readonly at: readonly Location[];
}
