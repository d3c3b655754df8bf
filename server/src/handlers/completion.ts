import { complete, completeModel, type Completion } from "@labscape/topology";
import {
  CompletionItemKind,
  InsertTextFormat,
  MarkupKind,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
} from "vscode-languageserver";
import { answer, type Feature } from "../context.js";
import { withoutStops } from "../snippet.js";
import type { View } from "../workspace/view.js";

const KINDS: Readonly<Record<Completion["kind"], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  model: CompletionItemKind.Class,
  version: CompletionItemKind.Constant,
  node: CompletionItemKind.Variable,
  port: CompletionItemKind.Interface,
  group: CompletionItemKind.Module,
  bridge: CompletionItemKind.Module,
  value: CompletionItemKind.EnumMember,
  file: CompletionItemKind.File,
  snippet: CompletionItemKind.Snippet,
};

export const completion: Feature = {
  capabilities: () => ({ completionProvider: { triggerCharacters: ['"', ":", ".", "=", "[", "{", " "] } }),
  register(context) {
    const snippets = context.client.textDocument?.completion?.completionItem?.snippetSupport === true;
    const nothing: CompletionList = { isIncomplete: false, items: [] };
    context.connection.onCompletion(
      answer<CompletionParams, CompletionList>(
        context,
        "Completion",
        nothing,
        (view, { position }) => toList(view, complete(view.analysis, view.offsetAt(position)), snippets),
        ({ document, model }, { position }) =>
          toList(document, completeModel(model, document.offsetAt(position)), snippets),
      ),
    );
  },
};

type Ranges = Pick<View, "range">;

function toList(view: Ranges, found: readonly Completion[], snippets: boolean): CompletionList {
  return { isIncomplete: false, items: found.map((item, index) => toItem(view, item, index, snippets)) };
}

function toItem(view: Ranges, item: Completion, index: number, snippets: boolean): CompletionItem {
  const snippet = item.snippet && snippets;
  return {
    label: item.label,
    kind: KINDS[item.kind],
    textEdit: {
      range: view.range(item.range),
      newText: item.snippet && !snippets ? withoutStops(item.newText) : item.newText,
    },
    insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    // The list comes in the order that makes sense; clients would sort it by label.
    sortText: item.sortText ?? String(index).padStart(6, "0"),
    ...(item.detail === undefined ? {} : { detail: item.detail }),
    ...(item.filterText === undefined ? {} : { filterText: item.filterText }),
    ...(item.preselect === undefined ? {} : { preselect: item.preselect }),
    ...(item.documentation === undefined
      ? {}
      : { documentation: { kind: MarkupKind.Markdown, value: item.documentation } }),
  };
}
