import type { AnalyzeOptions } from "../analysis.js";
import { maxTextLength, parseToml, type StringValue } from "../syntax/index.js";
import { arrayOf } from "./access.js";
import type { Source, Sources } from "./sources.js";

/** How deep includes may be nested. A lab needs two or three; who reaches this walks in circles under changing names. */
const DEPTH_LIMIT = 16;

/** How many files a lab may have. */
const FILE_LIMIT = 256;

/** A path in `include`, and what came of it. */
export interface Include {
  readonly path: StringValue;
  /** The file that it is written in. */
  readonly from: Source;
  readonly outcome:
    | { readonly kind: "read"; readonly source: Source }
    /** Nobody can look, or there is no such file. */
    | { readonly kind: "unknown" | "absent" | "misnamed" }
    /** The file is on the way here already; `way` are the includes from that file to this one. */
    | { readonly kind: "cycle"; readonly way: readonly Include[] }
    | { readonly kind: "refused"; readonly reason: string };
}

/** The files of a lab. */
export interface LabFiles {
  readonly sources: Sources;
  /** In the order in which they were met. */
  readonly includes: readonly Include[];
  /** The sources in the order in which they win: the manifest first, every file before those that it includes. */
  readonly strongestFirst: Sources;
}

interface ReadOptions extends Pick<AnalyzeOptions, "file" | "providers"> {
  /** The files of another version. They must not be used any longer. */
  readonly previous?: Sources;
}

/** Reads a manifest and all that it includes, each file once. Ends whatever includes what. */
export function readLabFiles(text: string, options: ReadOptions): LabFiles {
  return new Reader(text, options).read();
}

class Reader {
  readonly #options: ReadOptions;
  readonly #sources: [Source, ...Source[]];
  readonly #byFile = new Map<string, Source>();
  readonly #includes: Include[] = [];
  /** What is included, the weakest first. */
  readonly #included: Source[] = [];

  constructor(text: string, options: ReadOptions) {
    this.#options = options;
    const manifest = this.#parse(options.file, text, 0);
    this.#sources = [manifest];
    this.#byFile.set(options.file, manifest);
  }

  read(): LabFiles {
    const [manifest] = this.#sources;
    this.#follow(manifest, []);
    const strongestFirst: Sources = [manifest, ...this.#included.reverse()];
    return { sources: this.#sources, includes: this.#includes, strongestFirst };
  }

  /** @param way the includes that led here. */
  #follow(from: Source, way: readonly Include[]): void {
    for (const path of arrayOf(from.syntax.root.entries.get("include")?.value)?.items ?? []) {
      // What is no path at all is found by the checks of keys and formats.
      if (path.kind !== "string" || path.value.trim() === "") continue;
      const known = this.#sources.length;
      const include: Include = { path, from, outcome: this.#open(path.value, from, way) };
      this.#includes.push(include);
      const isNew = this.#sources.length > known;
      if (include.outcome.kind !== "read" || !isNew) continue;
      this.#follow(include.outcome.source, [...way, include]);
      this.#included.push(include.outcome.source);
    }
  }

  #open(path: string, from: Source, way: readonly Include[]): Include["outcome"] {
    // Anything else would come to light in findings: a manifest of a stranger may name what the reader keeps to himself.
    if (!/\.toml$/i.test(path)) return { kind: "misnamed" };
    const content = this.#options.providers?.readInclude?.(path, from.file);
    if (content === undefined) return { kind: "unknown" };
    if (content === null) return { kind: "absent" };
    const onTheWay = [this.#sources[0], ...way.map(({ outcome }) => (outcome.kind === "read" ? outcome.source : from))];
    const again = onTheWay.findIndex(({ file }) => file === content.file);
    if (again >= 0) return { kind: "cycle", way: way.slice(again) };
    const known = this.#byFile.get(content.file);
    if (known !== undefined) return { kind: "read", source: known };
    if (way.length >= DEPTH_LIMIT)
      return { kind: "refused", reason: `Includes cannot be nested more than ${DEPTH_LIMIT} deep.` };
    if (this.#sources.length >= FILE_LIMIT)
      return { kind: "refused", reason: `A lab cannot have more than ${FILE_LIMIT} files.` };
    const source = this.#parse(content.file, content.text, this.#sources.length * maxTextLength);
    this.#sources.push(source);
    this.#byFile.set(content.file, source);
    return { kind: "read", source };
  }

  /** What has not changed since the version before is not parsed again. */
  #parse(file: string, text: string, base: number): Source {
    const before = this.#options.previous?.[base / maxTextLength];
    if (before?.file !== file) return { file, text, syntax: parseToml(text, { base }), base };
    if (before.text === text) return before;
    return { file, text, syntax: parseToml(text, { base, previous: before.syntax }), base };
  }
}
