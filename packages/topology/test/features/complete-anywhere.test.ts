import { describe, expect, test } from "vitest";
import { complete, parseToml, type Completion, type Providers, type TomlError } from "@labscape/topology";
import { samples } from "../samples/index.js";
import { analyzeText } from "../support/analyze.js";
import { acceptCompletion } from "../support/features.js";

/** Every text that comes about while a manifest is typed: at the end of the file, and on a line between others. */
function* halfTyped(text: string): Generator<{ readonly text: string; readonly offset: number }> {
  for (let offset = 0; offset <= text.length; offset++) {
    yield { text: text.slice(0, offset), offset };
    const lineEnd = text.indexOf("\n", offset);
    if (lineEnd > offset) yield { text: text.slice(0, offset) + text.slice(lineEnd), offset };
  }
}

function lineOf(text: string, offset: number): number {
  let line = 0;
  for (let feed = text.indexOf("\n"); feed >= 0 && feed < offset; feed = text.indexOf("\n", feed + 1)) line++;
  return line;
}

/** Syntax errors in a form that compares: the line, counted from the end behind the cursor's line, and what is said. */
function errorsOf(text: string, cursorLine: number): readonly string[] {
  const lines = text.split("\n").length;
  return parseToml(text).errors.map((error: TomlError) => {
    const line = lineOf(text, error.range.start);
    return line <= cursorLine
      ? `line ${line} ${error.code} ${error.message}`
      : `line -${lines - line} ${error.code} ${error.message}`;
  });
}

/** What is wrong after a completion that was not wrong before it. */
function brokenBy(text: string, offset: number, before: ReadonlySet<string>, item: Completion): readonly string[] {
  const after = acceptCompletion(text, item);
  return errorsOf(after, lineOf(text, offset)).filter((error) => !before.has(error));
}

const providers: Providers = {
  listFolder: () => [
    { name: "day0", folder: true },
    { name: 'strange "name"', folder: true },
    { name: "a.cfg", folder: false },
  ],
  imageVersions: () => ["1.0"],
};

describe.each(Object.entries(samples))("%s", (_, sample) => {
  test("no completion, wherever it is accepted, makes a text wrong that was right", { timeout: 60_000 }, () => {
    const seen = new Set<string>();
    for (const { text, offset } of halfTyped(sample)) {
      const before = new Set(errorsOf(text, lineOf(text, offset)));
      const kinds = new Set<string>();
      for (const item of complete(analyzeText(text, providers), offset)) {
        // Of a list of names one tells as much as all.
        const kind = `${item.kind} ${item.snippet}${item.kind === "key" || item.kind === "snippet" ? item.label : ""}`;
        if (kinds.has(kind)) continue;
        kinds.add(kind);
        const broken = brokenBy(text, offset, before, item);
        if (broken.length > 0) {
          const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
          seen.add(
            `${line.slice(-40)}$0${JSON.stringify(text.slice(offset, offset + 15))} + ${item.kind} ${item.label} (${item.newText}): ${broken.join("; ")}`,
          );
        }
      }
    }
    expect([...seen]).toEqual([]);
  });
});
