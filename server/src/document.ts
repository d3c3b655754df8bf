import { analyze, isManifest, type Analysis } from "@labscape/topology";
import type { Catalogue } from "@labscape/devices";
import type { Providers, Range as OffsetRange } from "@labscape/topology";
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { TextDocument, type Range } from "vscode-languageserver-textdocument";

/** The language id under which editors open manifests. */
export const LANGUAGE_ID = "lab-manifest";

/** What every analysis needs besides the text. */
export interface AnalysisSetting {
  readonly catalogue: Catalogue;
  readonly providers?: Providers;
}

/**
 * An open document with what is known of its present version. The analysis is made when it is first asked for and dies
 * with the version, so nothing has to be invalidated.
 */
export class ManifestDocument {
  readonly uri: string;
  readonly #setting: AnalysisSetting;
  #text: TextDocument;
  #isManifest: boolean | undefined;
  #analysis: Analysis | undefined;

  constructor(uri: string, languageId: string, version: number, content: string, setting: AnalysisSetting) {
    this.uri = uri;
    this.#setting = setting;
    this.#text = TextDocument.create(uri, languageId, version, content);
  }

  get version(): number {
    return this.#text.version;
  }

  get text(): TextDocument {
    return this.#text;
  }

  /** False for a file of another tool that only shares the name `manifest.toml`; such a file gets no answers at all. */
  get isManifest(): boolean {
    this.#isManifest ??= this.#decide();
    return this.#isManifest;
  }

  analysis(): Analysis {
    this.#analysis ??= analyze(this.#text.getText(), { file: this.uri, ...this.#setting });
    return this.#analysis;
  }

  update(changes: TextDocumentContentChangeEvent[], version: number): void {
    this.#text = TextDocument.update(this.#text, changes, version);
    this.#analysis = undefined;
    this.#isManifest = undefined;
  }

  /** Lines and UTF-16 characters of a range of offsets. */
  range({ start, end }: OffsetRange): Range {
    return { start: this.#text.positionAt(start), end: this.#text.positionAt(end) };
  }

  #decide(): boolean {
    const name = fileName(this.uri);
    // Who chose the language by hand, or for a file without a name yet, means it.
    const chosen = this.#text.languageId === LANGUAGE_ID && name !== "manifest.toml";
    return chosen || isManifest(name, this.#text.getText());
  }
}

/** The last part of a URI's path, decoded. */
function fileName(uri: string): string {
  const path = uri.replace(/[?#].*$/s, "");
  const name = path.slice(path.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // Not percent-encoded as URIs are: the name as it stands.
  }
}
