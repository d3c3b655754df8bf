import {
  isTemplateFile,
  readModels,
  type Catalogue,
  type Problem,
  type ProblemCode,
  type ReadModelFile,
} from "@labscape/devices";
import type { Providers } from "../analysis.js";
import type { CheckCode } from "../checks/codes.js";
import { createFinding, replaceFix } from "../checks/context.js";
import type { Finding } from "../finding.js";
import { tableOf, textOf } from "../model/access.js";
import type { Source } from "../model/sources.js";
import { parseToml, toPlainValue, valueAt, type Path, type Range, type TomlTable } from "../syntax/index.js";

/** A device model's file as it is on disk or in an editor. */
export interface ModelFile {
  /** Path or URI. */
  readonly file: string;
  readonly text: string;
}

/** What is known of the files around. */
export type ModelProviders = Pick<Providers, "fileState" | "listFolder">;

/** All that is known about a model file among others; every language feature reads it. */
export interface ModelAnalysis extends Pick<ReadModelFile, "inherited" | "parent" | "standsIn"> {
  readonly source: Source;
  readonly providers: ModelProviders;
  /** Every model that there is, that of the file among them unless something is wrong in it. */
  readonly catalogue: Catalogue;
  /** In the order of their ranges; empty for a good file. */
  readonly findings: readonly Finding[];
}

export interface ModelFiles {
  /** The models that come with Labscape, and over them those of the files. */
  readonly catalogue: Catalogue;
  /** By file. */
  readonly files: ReadonlyMap<string, ModelAnalysis>;
}

/**
 * Reads users' device models: those of each folder, the folders in rising precedence. A file that is wrong gives findings and
 * no model; the others are not touched by it. Never throws.
 */
export function readModelFiles(folders: readonly (readonly ModelFile[])[], providers: ModelProviders = {}): ModelFiles {
  const sources = new Map<string, Source>();
  const layers = folders.map((files) =>
    files.map(({ file, text }) => {
      const source: Source = { file, text, syntax: parseToml(text), base: 0 };
      sources.set(file, source);
      const name = textOf(source.syntax.root.entries.get("name")?.value);
      return {
        file,
        value: toPlainValue(source.syntax.root),
        ...(name === undefined ? {} : { nameAt: name.range }),
      };
    }),
  );
  const { catalogue, files: read } = readModels(layers);
  const files = new Map<string, ModelAnalysis>();
  for (const [file, source] of sources) {
    const { problems, ...rest } = read.get(file) ?? { problems: [], inherited: {}, standsIn: false };
    const findings = [
      ...syntaxFindings(source),
      ...problems.map((problem) => problemFinding(source, problem)),
      ...templateFindings(source, providers),
    ].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
    files.set(file, { ...rest, source, providers, catalogue, findings });
  }
  return { catalogue, files };
}

function syntaxFindings(source: Source): readonly Finding[] {
  return source.syntax.errors.map(({ code, message, range, related }) =>
    createFinding(
      [source],
      code,
      range,
      message,
      related === undefined ? {} : { related: [{ range: related, message: "First here" }] },
    ),
  );
}

const codes: Readonly<Record<ProblemCode, CheckCode>> = {
  "unknown-key": "unknown-key",
  "missing-key": "missing-key",
  "wrong-type": "wrong-type",
  "out-of-range": "out-of-range",
  "invalid-value": "invalid-value",
  "duplicate-name": "duplicate-model",
  "unknown-model": "unknown-model",
  "extends-cycle": "extends-cycle",
};

function problemFinding(source: Source, { path, code, message, mend }: Problem): Finding {
  const { root } = source.syntax;
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.?!]$/.test(message) ? "" : "."}`;
  const range = rangeOf(root, path, code);
  // What is inherited is wrong in another file, and no table has a key twice.
  const isHere = valueAt(root, path) !== undefined;
  const isTaken = code === "unknown-key" && valueAt(root, [...path.slice(0, -1), mend ?? ""]) !== undefined;
  // The range is that of a key or of what stands between quotes; neither known keys nor names need an escape.
  const fixes = mend === undefined || !isHere || isTaken ? [] : [replaceFix(`Change to \`${mend}\``, range, mend)];
  return createFinding([source], codes[code], range, sentence, { fixes });
}

/** Templates of the author's own; they start at the folder of the file. */
function templateFindings(source: Source, { fileState }: ModelProviders): readonly Finding[] {
  const files = valueAt(source.syntax.root, ["first_boot", "files"]);
  const count = files?.kind === "array" || files?.kind === "table-array" ? files.items.length : 0;
  return Array.from({ length: count }, (_, index) => ["first_boot", "files", index, "template"]).flatMap((path) => {
    const template = textOf(valueAt(source.syntax.root, path));
    if (template === undefined || !isTemplateFile(template.value)) return [];
    if (fileState?.(template.value, source.file) !== "absent") return [];
    const message = `There is no file \`${template.value}\`. Paths start at the folder of the model's file.`;
    return [createFinding([source], "file-not-found", template.range, message, {})];
  });
}

/**
 * The characters that a problem is about: the value at its path, for an unknown key the key. What the file does not say
 * itself is the business of the innermost table that it has on the way, or of `extends` where that gives the rest.
 */
function rangeOf(root: TomlTable, path: Path, code: ProblemCode): Range {
  const last = path.at(-1);
  const owner = tableOf(valueAt(root, path.slice(0, -1)));
  const unknown = code === "unknown-key" && typeof last === "string" ? owner?.entries.get(last) : undefined;
  if (unknown !== undefined) return unknown.key.range;
  for (let length = path.length; length > 0; length--) {
    const range = ownRange(root, path.slice(0, length), length === path.length);
    if (range !== undefined) return range;
  }
  const name = root.entries.get("extends") ?? root.entries.get("name");
  return name?.value.kind === "string" ? name.value.contents : firstLine(root);
}

function ownRange(root: TomlTable, path: Path, whole: boolean): Range | undefined {
  const value = valueAt(root, path);
  if (value === undefined) return undefined;
  if (value.kind === "table") return value.nameRange;
  if (whole && value.kind === "string") return value.contents;
  if (whole && value.kind !== "array" && value.kind !== "table-array" && value.kind !== "inline-table")
    return value.range;
  const last = path.at(-1);
  const parent = tableOf(valueAt(root, path.slice(0, -1)));
  const key = typeof last === "string" ? parent?.entries.get(last)?.key.range : undefined;
  if (key !== undefined) return key;
  return value.kind === "inline-table" ? value.table.nameRange : undefined;
}

function firstLine({ entries }: TomlTable): Range {
  const [first] = entries.values();
  return first?.key.range ?? { start: 0, end: 0 };
}
