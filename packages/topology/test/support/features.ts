import { complete, type Completion, type Providers, type TextEdit } from "@labscape/topology";
import { analyzeText } from "./analyze.js";
import { readMarked } from "./marked.js";

/** A text with its cursor at `$0`. */
export function readCursor(marked: string): { readonly text: string; readonly offset: number } {
  const { text, cursor } = readMarked(marked);
  if (cursor === undefined) throw new Error("the text needs a $0");
  return { text, offset: cursor };
}

/** What offers completions: that of manifests where no other is given. */
export type CompleteAt = (text: string, offset: number) => readonly Completion[];

/** The completions at `$0`, in the order in which an editor shows them. */
export function completionsAt(
  marked: string,
  providers: Providers = {},
  completeAt: CompleteAt = (text, offset) => complete(analyzeText(text, providers), offset),
): readonly Completion[] {
  const { text, offset } = readCursor(marked);
  const list = completeAt(text, offset);
  for (const { range, label } of list)
    if (range.start > offset || range.end < offset || text.slice(range.start, range.end).includes("\n"))
      throw new Error(`the range of ${label} must hold the cursor and lie on its line`);
  const key = ({ sortText, label }: Completion) => sortText ?? label;
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

export function labelsAt(marked: string, providers: Providers = {}, completeAt?: CompleteAt): readonly string[] {
  return completionsAt(marked, providers, completeAt).map(({ label }) => label);
}

/** The text after the completion of this label; `$0` is where the cursor goes first. */
export function applyCompletion(
  marked: string,
  label: string,
  providers: Providers = {},
  completeAt?: CompleteAt,
): string {
  const { text } = readCursor(marked);
  const list = completionsAt(marked, providers, completeAt);
  const completion = list.find((each) => each.label === label);
  if (completion === undefined) throw new Error(`no completion ${label}: ${list.map((each) => each.label).join(", ")}`);
  const { range, newText, snippet } = completion;
  return text.slice(0, range.start) + (snippet ? plainSnippet(newText) : `${newText}$0`) + text.slice(range.end);
}

/** The text after a completion, without a cursor. */
export function acceptCompletion(text: string, { range, newText, snippet }: Completion): string {
  const inserted = snippet ? plainSnippet(newText).replace("$0", "") : newText;
  return text.slice(0, range.start) + inserted + text.slice(range.end);
}

/** A snippet as it stands when it was put in: the first stop is the cursor, the others keep their texts. */
function plainSnippet(snippet: string): string {
  const first = /\$1|\$\{1:([^}]*)\}/.test(snippet);
  const text = snippet
    .replace(/\$1|\$\{1:([^}]*)\}/, (_, content?: string) => `${content ?? ""}$0`)
    .replace(/\$[2-9]|\$\{[2-9]:([^}]*)\}/g, (_, content?: string) => content ?? "")
    .replace(/\\([\\$}])/g, "$1");
  return first ? text : `${text}$0`;
}

export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const { range, newText } of [...edits].sort((a, b) => b.range.start - a.range.start))
    result = result.slice(0, range.start) + newText + result.slice(range.end);
  return result;
}
