import { foldingRanges, type FoldingRange as Found } from "@labscape/topology";
import { FoldingRangeKind, type FoldingRange, type FoldingRangeParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";
import type { ManifestDocument } from "../document.js";

const KINDS = { comment: FoldingRangeKind.Comment, region: FoldingRangeKind.Region } as const;

export const folding: Feature = {
  capabilities: () => ({ foldingRangeProvider: true }),
  register(context) {
    context.connection.onFoldingRanges(
      answer<FoldingRangeParams, FoldingRange[]>(
        context,
        "Folding",
        [],
        ({ document, alone }) => toRanges(document, foldingRanges(alone)),
        ({ document, model }) => toRanges(document, foldingRanges(model.source)),
      ),
    );
  },
};

function toRanges(document: ManifestDocument, found: readonly Found[]): FoldingRange[] {
  return found.map(({ range, kind }) => ({
    startLine: document.text.positionAt(range.start).line,
    endLine: document.text.positionAt(range.end).line,
    ...(kind === undefined ? {} : { kind: KINDS[kind] }),
  }));
}
