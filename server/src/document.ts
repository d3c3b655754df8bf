import { isManifest, type Range as OffsetRange } from "@labscape/topology";
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { TextDocument, type Position, type Range } from "vscode-languageserver-textdocument";
import { canonicalUri, fileNameOf } from "./uri.js";

/** The language id under which editors open manifests. */
export const LANGUAGE_ID = "lab-manifest";

/**
 * One version of a text, open in the editor or read from the disk. It never changes: an edit makes a new one, so that a
 * request is answered about the version that was there when it was asked, and what is known of a version dies with it.
 */
export class ManifestDocument {
  /** As the client spells it. */
  readonly uri: string;
  /** The canonical URI: its name everywhere inside the server. */
  readonly file: string;
  /** Null for a text that was read from the disk. */
  readonly version: number | null;
  readonly text: TextDocument;
  #named: boolean | undefined;

  constructor(text: TextDocument, version: number | null) {
    this.uri = text.uri;
    this.file = canonicalUri(text.uri);
    this.version = version;
    this.text = text;
  }

  static opened(uri: string, languageId: string, version: number, content: string): ManifestDocument {
    return new ManifestDocument(TextDocument.create(uri, languageId, version, content), version);
  }

  static onDisk(file: string, content: string): ManifestDocument {
    return new ManifestDocument(TextDocument.create(file, "", 0, content), null);
  }

  changed(changes: TextDocumentContentChangeEvent[], version: number): ManifestDocument {
    const { uri, languageId } = this.text;
    const copy = TextDocument.create(uri, languageId, version, this.text.getText());
    return new ManifestDocument(TextDocument.update(copy, changes, version), version);
  }

  /**
   * Whether it is a manifest by its name and text. False for a file of another tool that only shares the name
   * `manifest.toml`, and for a file that is only ever included.
   */
  get isManifest(): boolean {
    return (this.#named ??= this.#decide());
  }

  /** Lines and UTF-16 characters of a range of offsets. */
  range({ start, end }: OffsetRange): Range {
    return { start: this.text.positionAt(start), end: this.text.positionAt(end) };
  }

  offsetAt(position: Position): number {
    return this.text.offsetAt(position);
  }

  #decide(): boolean {
    const name = fileNameOf(this.uri);
    // Who chose the language by hand, or for a file without a name yet, means it.
    const chosen = this.text.languageId === LANGUAGE_ID && name !== "manifest.toml";
    return chosen || isManifest(name, this.text.getText());
  }
}
