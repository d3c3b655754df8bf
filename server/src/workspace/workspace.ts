import type { Catalogue } from "@labscape/devices";
import type { Location, Providers, Range as OffsetRange } from "@labscape/topology";
import type { Location as Place } from "vscode-languageserver";
import { ManifestDocument } from "../document.js";
import { fileNameOf } from "../uri.js";
import { mayBeManifest, type FileAccess } from "./file-access.js";
import { describeLab } from "./index-entry.js";
import { sourceOf, type Lab } from "./lab.js";
import { Labs } from "./labs.js";
import { ManifestIndex, type IndexChange } from "./manifest-index.js";
import { Texts } from "./texts.js";
import { View } from "./view.js";

/** Of the manifests that include a file, how many are consulted about it. */
const MAX_CONTEXTS = 4;
/** How deep includes may nest before the rest is left unread. */
const MAX_ROUNDS = 32;
/** Where every file starts, whatever is in it. */
const START = { line: 0, character: 0 };

export interface WorkspaceSetting {
  readonly catalogue: Catalogue;
  readonly files: FileAccess;
  readonly providers?: Providers;
}

/**
 * Every manifest that the server knows: the open ones, those that the index has found, and the files that they include.
 * The text of an open document wins over the disk's.
 */
export class Workspace {
  readonly index = new ManifestIndex();
  /** Settled when the workspace has been looked through for manifests. */
  indexed: Promise<void> = Promise.resolve();
  readonly files: FileAccess;
  readonly #texts: Texts;
  readonly #labs: Labs;
  #catalogue: Catalogue;
  #modelTexts: ReadonlyMap<string, string> = new Map();
  readonly #open = new Map<string, ManifestDocument>();
  /** For each open document, what its findings depend on. */
  readonly #dependencies = new Map<string, ReadonlySet<string>>();
  readonly #listeners: ((files: ReadonlySet<string>) => void)[] = [];
  readonly #partsListeners: (() => void)[] = [];

  constructor({ catalogue, files, providers }: WorkspaceSetting) {
    this.files = files;
    this.#texts = new Texts(files);
    this.#catalogue = catalogue;
    this.#labs = new Labs({
      catalogue: () => this.#catalogue,
      home: files.home,
      ...(providers === undefined ? {} : { providers }),
      textOf: (file) => this.document(file),
      stateOf: (file) => (this.#open.has(file) ? this.#stateOfOpen(file) : files.state?.(file)),
      folder: (folder) => files.folder?.(folder),
      labsNamed: (name) => this.#labsNamed(name),
    });
  }

  /** Tells of open documents whose findings may have changed. */
  onAffected(listener: (files: ReadonlySet<string>) => void): void {
    this.#listeners.push(listener);
  }

  /** Tells that other files than before may be included by manifests. */
  onPartsChanged(listener: () => void): void {
    this.#partsListeners.push(listener);
  }

  /** Every file that a manifest includes. */
  get parts(): readonly string[] {
    const parts = new Set<string>();
    for (const { file, sources } of this.index.entries)
      for (const source of sources) if (source !== file) parts.add(source);
    return [...parts].sort();
  }

  get openDocuments(): Iterable<ManifestDocument> {
    return this.#open.values();
  }

  /** An open document, by its canonical URI. */
  opened(file: string): ManifestDocument | undefined {
    return this.#open.get(file);
  }

  /** Null: there is no such file; undefined: its text has not been read. */
  document(file: string): ManifestDocument | null | undefined {
    return this.#open.get(file) ?? this.#texts.get(file);
  }

  load(file: string): Promise<ManifestDocument | null> {
    const open = this.#open.get(file);
    return open === undefined ? this.#texts.load(file) : Promise.resolve(open);
  }

  /** The device models that there are now. */
  get catalogue(): Catalogue {
    return this.#catalogue;
  }

  /**
   * There are other device models now: all that was made with the former ones is of the past.
   *
   * @param texts of the files that the users' models were read from, by file.
   */
  setModels(catalogue: Catalogue, texts: ReadonlyMap<string, string>): void {
    this.#catalogue = catalogue;
    this.#modelTexts = texts;
    this.#labs.forgetWhere(() => true);
    this.#tell(new Set(this.#open.keys()));
  }

  /** A document was opened, or has a new version. */
  put(document: ManifestDocument): void {
    this.#open.set(document.file, document);
    this.#labs.expectOpen(this.#open.size * (MAX_CONTEXTS + 1));
    this.#changed([document.file]);
  }

  /** A document was closed: from now on what the disk says counts. */
  close(file: string): void {
    this.#open.delete(file);
    this.#dependencies.delete(file);
    this.fileChanged(file);
  }

  /** A file was made, changed or removed on the disk. */
  fileChanged(file: string): void {
    this.#texts.forget(file);
    if (!this.#open.has(file)) this.#changed([file]);
  }

  /**
   * Makes findings anew that knew this of the index.
   * @param origin the manifest that the change comes from; it knows already.
   */
  indexChanged({ files, names }: IndexChange, origin?: string): void {
    if (files.size === 0 && names.size === 0) return;
    if (files.size > 0) for (const listener of this.#partsListeners) listener();
    const sharesName = (file: string): boolean =>
      file !== origin && names.size > 0 && names.has(this.index.nameOf(file)?.value ?? "");
    this.#labs.forgetWhere(({ document }) => sharesName(document.file));
    this.#tell(new Set([...this.#open.keys()].filter((file) => files.has(file) || sharesName(file))));
  }

  /** The lab of a manifest, with everything that it includes; read from the disk where need be. */
  async lab(document: ManifestDocument): Promise<Lab> {
    let lab = this.#labs.of(document);
    for (let round = 0; lab.missing.length > 0 && round < MAX_ROUNDS; round++) {
      await Promise.all(lab.missing.map((file) => this.load(file)));
      this.#labs.drop(document);
      lab = this.#labs.of(document);
    }
    return lab;
  }

  /**
   * The labs in which a document is read, the one that explains it first. That is its own, unless it has no name and other
   * manifests include it. None when it is no manifest and nobody includes it.
   */
  async labsOf(document: ManifestDocument): Promise<readonly Lab[]> {
    const including = this.index.including(document.file);
    if (including.length === 0) return document.isManifest ? [await this.lab(document)] : [];
    const own = await this.lab(document);
    const standsAlone = this.standsAlone(document);
    // Of those that are open every one is asked, as the person sees their findings too.
    const consulted = standsAlone ? including.filter((file) => this.#open.has(file)) : openFirst(including, this.#open);
    const others: Lab[] = [];
    for (const file of consulted.slice(0, MAX_CONTEXTS)) {
      const root = await this.load(file);
      const lab = root === null ? undefined : await this.lab(root);
      if (lab !== undefined && sourceOf(lab, document.file) !== undefined) others.push(lab);
    }
    return standsAlone || (others.length === 0 && document.isManifest) ? [own, ...others] : others;
  }

  /** A document as the lab sees it that explains it best; undefined when it is no manifest and nobody includes it. */
  async view(document: ManifestDocument): Promise<View | undefined> {
    const [lab] = await this.labsOf(document);
    const source = lab === undefined ? undefined : sourceOf(lab, document.file);
    if (lab === undefined || source === undefined) return undefined;
    return new View(this, document, lab, source);
  }

  /**
   * Whether a document that others include is a lab by itself too: it is called as manifests are, and gives a lab's name.
   * The language that an editor shows it in says nothing, as that follows from its being included.
   */
  standsAlone(document: ManifestDocument): boolean {
    return document.isManifest && mayBeManifest(fileNameOf(document.file)) && this.hasName(document);
  }

  /** Whether a document gives a lab's name; if not it may be a part that others include. */
  hasName(document: ManifestDocument): boolean {
    return describeLab(this.#labs.of(document)).name !== undefined;
  }

  /** What a document says by itself, whoever includes it. */
  alone(document: ManifestDocument): Lab {
    return this.#labs.of(document);
  }

  isCurrent(lab: Lab): boolean {
    return this.#labs.isCurrent(lab);
  }

  /** Notes what the findings of an open document depend on, and what they say of it to the rest of the workspace. */
  note(document: ManifestDocument, labs: readonly Lab[]): void {
    if (this.#open.get(document.file) !== document) return;
    this.#dependencies.set(document.file, new Set(labs.flatMap((lab) => [lab.document.file, ...lab.dependencies])));
    const own = labs.find((lab) => lab.document === document);
    if (own !== undefined) this.indexChanged(this.index.putOpen(describeLab(own)), document.file);
    else if (this.index.has(document.file)) this.indexChanged(this.index.remove(document.file));
  }

  /** Every file that an open document's findings depend on. */
  get watched(): ReadonlySet<string> {
    return new Set([...this.#dependencies.values()].flatMap((files) => [...files]));
  }

  /** The manifests and the parts of manifests that are concerned when such files change: they are such, or name such. */
  filesNaming(concerned: (file: string) => boolean): ReadonlySet<string> {
    const found = new Set<string>();
    for (const { file, sources, dependencies } of this.index.entries) {
      if (!concerned(file) && ![...dependencies].some(concerned)) continue;
      for (const source of sources) found.add(source);
    }
    for (const { file, isManifest } of this.#open.values()) if (isManifest) found.add(file);
    return found;
  }

  /** A place in a file of a lab, or of another file that is known, as the protocol has it; undefined for an unknown file. */
  place(file: string, range: OffsetRange, lab?: Lab): Place | undefined {
    const text = (lab === undefined ? undefined : sourceOf(lab, file)?.text) ?? this.#modelTexts.get(file);
    const document =
      text === undefined
        ? this.document(file)
        : lab?.document.file === file
          ? lab.document
          : this.#documentWith(file, text);
    if (document !== undefined && document !== null) return { uri: document.uri, range: document.range(range) };
    if (range.end === 0) return { uri: file, range: { start: START, end: START } };
    const name = this.index.nameOf(file);
    return name?.range.start === range.start ? { uri: file, range: name.place } : undefined;
  }

  /** The file as an analysis has read it, from which an open document may have moved on. */
  #documentWith(file: string, text: string): ManifestDocument | undefined {
    const document = this.document(file);
    return document?.text.getText() === text ? document : ManifestDocument.onDisk(file, text);
  }

  #labsNamed(name: string): Location[] {
    return [...this.index.named(name)].map((found) => ({ file: found.file, range: found.name.range }));
  }

  #stateOfOpen(file: string): "present" | "empty" {
    return this.#open.get(file)?.text.getText() === "" ? "empty" : "present";
  }

  #changed(files: readonly string[]): void {
    const affected = new Set<string>();
    for (const file of files) {
      this.#labs.forget(file);
      if (this.#open.has(file)) affected.add(file);
      for (const [open, dependencies] of this.#dependencies) if (dependencies.has(file)) affected.add(open);
    }
    this.#tell(affected);
  }

  #tell(affected: ReadonlySet<string>): void {
    if (affected.size > 0) for (const listener of this.#listeners) listener(affected);
  }
}

function openFirst(files: readonly string[], open: ReadonlyMap<string, unknown>): readonly string[] {
  return [...files].sort((a, b) => Number(open.has(b)) - Number(open.has(a)));
}
