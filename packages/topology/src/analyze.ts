import type { Analysis, AnalyzeOptions, Dialect } from "./analysis.js";
import { runChecks, SoundTables } from "./checks/index.js";
import type { Finding } from "./finding.js";
import {
  readLabFiles,
  readManifest,
  resolveLab,
  type Manifest,
  type ResolvedLab,
  type Sources,
} from "./model/index.js";
import { parseToml, type TomlDocument } from "./syntax/index.js";

/** Reads a manifest and what it includes: their trees, what they declare, the lab that it means and all findings. Never throws, whatever the text. */
export function analyze(text: string, options: AnalyzeOptions): Analysis {
  return new TextAnalysis(text, options);
}

/** What an analysis may give away to that of the next version. */
interface Parts {
  readonly manifest: Manifest;
  readonly sound: SoundTables;
}

type Included = ReturnType<NonNullable<NonNullable<AnalyzeOptions["providers"]>["readInclude"]>>;

class TextAnalysis implements Analysis {
  readonly text: string;
  readonly file: string;
  readonly catalogue: Analysis["catalogue"];
  readonly providers: Analysis["providers"];
  readonly findings: readonly Finding[];
  /** Absent after they were given away: what they say of places is then that of the next version. */
  #parts: Parts | undefined;
  #lab: ResolvedLab | undefined;
  /** What was included, in case that it must be read again. */
  readonly #included = new Map<string, Included>();

  constructor(text: string, { file, catalogue, providers = {}, previous }: AnalyzeOptions) {
    this.text = text;
    this.file = file;
    this.catalogue = catalogue;
    this.providers = providers;
    const given = previous instanceof TextAnalysis ? previous.#giveAway() : undefined;
    const manifest = this.#read(given?.manifest);
    this.#parts = { manifest, sound: given?.sound ?? new SoundTables() };
    this.findings = runChecks(manifest, catalogue, providers, this.#parts.sound);
  }

  get manifest(): Manifest {
    this.#parts ??= { manifest: this.#read(), sound: new SoundTables() };
    return this.#parts.manifest;
  }

  get sources(): Sources {
    return this.manifest.sources;
  }

  get syntax(): TomlDocument {
    return this.sources[0].syntax;
  }

  get dialect(): Dialect {
    return this.manifest.dialect;
  }

  get lab(): ResolvedLab {
    return (this.#lab ??= resolveLab(this.manifest));
  }

  #giveAway(): Parts | undefined {
    const parts = this.#parts;
    this.#parts = undefined;
    return parts;
  }

  #read(previous?: Manifest): Manifest {
    const { file, catalogue } = this;
    const readInclude = (path: string, from: string): Included => {
      const key = JSON.stringify([path, from]);
      if (!this.#included.has(key)) this.#included.set(key, this.providers.readInclude?.(path, from));
      return this.#included.get(key);
    };
    const files = readLabFiles(this.text, {
      file,
      providers: { readInclude },
      ...(previous === undefined ? {} : { previous: previous.sources }),
    });
    return readManifest(files, catalogue, previous);
  }
}

const rowKeys = ["nodes", "devices", "links", "connections"];

/**
 * Whether a file is a manifest: `*.lab.toml` and `lab.toml` by their name, `manifest.toml` when its root has nodes or links,
 * as other tools use that name too.
 * @param fileName path or URI of the file.
 */
export function isManifest(fileName: string, text: string): boolean {
  const base = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  if (base === "lab.toml" || base.endsWith(".lab.toml")) return true;
  if (base !== "manifest.toml") return false;
  const { entries } = parseToml(text).root;
  return rowKeys.some((key) => entries.has(key));
}
