import type { Catalogue } from "@labscape/devices";
import type { Finding } from "./finding.js";
import type { Location, ResolvedLab } from "./model/lab.js";
import type { Manifest } from "./model/manifest.js";
import type { Sources } from "./model/sources.js";
import type { TomlDocument } from "./syntax/tree.js";

export type Dialect = "current" | "first";

/** What is known of the outside. Every answer may be "unknown" (undefined): the findings that need it are then absent. */
export interface Providers {
  /**
   * Text of an included file, by path relative to `from`; null: there is no such file, or none that can be read as text.
   * `file` names it as {@link AnalyzeOptions.file} would: one file has one name, whichever way leads to it.
   */
  readInclude?(path: string, from: string): { readonly file: string; readonly text: string } | null | undefined;
  /** What a path in the manifest leads to. */
  fileState?(path: string, from: string): "present" | "empty" | "absent" | undefined;
  /** What a folder holds, for completion; undefined: it cannot be listed. */
  listFolder?(path: string, from: string): readonly FolderEntry[] | undefined;
  /** Where other manifests give their labs this name; absent: no other manifests are known. */
  labsNamed?(name: string): readonly Location[];
  /** Versions of a model in the image store, newest first; undefined: the store is not known. */
  imageVersions?(model: string): readonly string[] | undefined;
  /** Files of a version in the image store; undefined: the store is not known. */
  imageFiles?(model: string, version: string): readonly StoredFile[] | undefined;
  /** Bytes of the disk that an image file holds, as a guest sees it; undefined: not known. */
  diskSize?(path: string, from: string): number | undefined;
  /** What the host has that runs the lab; undefined: no host was asked. */
  host?(): HostFacts | undefined;
}

/** A file of the image store. */
export interface StoredFile {
  readonly name: string;
  /** Bytes that a guest sees. */
  readonly size: number;
}

/** What a host has, all labs and everything else together; what is not known is absent. */
export interface HostFacts {
  /** MiB. */
  readonly memory?: number;
  readonly cpuCount?: number;
  /** Bytes of the file system that holds the disks. */
  readonly diskSize?: number;
  /** Names of the host's own bridges. */
  readonly bridges?: readonly string[];
}

/** A file or folder within a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly folder: boolean;
}

export interface AnalyzeOptions {
  /** Identifies the manifest in locations: a path or URI. */
  readonly file: string;
  readonly catalogue: Catalogue;
  readonly providers?: Providers;
  /**
   * The analysis of another version, most often the one before: what is the same in both is not read and checked again. It
   * gives all that away, so that it has to be made anew when that analysis is asked again; and what was got from that analysis
   * before (trees, declarations, entries, but not findings) says of places what holds for the new version.
   */
  readonly previous?: Analysis;
}

/**
 * All that is known about one version of a manifest. Made once per version; every language feature reads it.
 * Ranges are in the numbering of {@link Sources}, except those beside a `file`, which count from the start of that file.
 */
export interface Analysis {
  /** The manifest, then the files that it includes in the order of their first inclusion. */
  readonly sources: Sources;
  /** The manifest itself. */
  readonly file: string;
  readonly text: string;
  readonly syntax: TomlDocument;
  readonly catalogue: Catalogue;
  readonly providers: Providers;
  readonly dialect: Dialect;
  /** What is declared and referred to where; holds half-typed and wrong things too. */
  readonly manifest: Manifest;
  /** Made when it is asked for: no finding needs it, and findings are made anew with each keystroke. */
  readonly lab: ResolvedLab;
  /** All findings, those of the manifest first, in the order of their ranges. */
  readonly findings: readonly Finding[];
}
