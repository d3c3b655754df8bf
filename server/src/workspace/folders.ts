import { canonicalUri } from "../uri.js";

interface Folder {
  readonly uri: string;
}

/** The folders that the client has open, by canonical URIs without a slash at their end. */
export class Folders {
  #uris: readonly string[];

  constructor(folders: readonly Folder[]) {
    this.#uris = normalize(folders);
  }

  get uris(): readonly string[] {
    return this.#uris;
  }

  change({ added, removed }: { readonly added: readonly Folder[]; readonly removed: readonly Folder[] }): void {
    const gone = normalize(removed);
    const kept = this.#uris.filter((uri) => !gone.includes(uri));
    this.#uris = [...new Set([...kept, ...normalize(added)])];
  }
}

function normalize(folders: readonly Folder[]): readonly string[] {
  return folders.map(({ uri }) => canonicalUri(uri).replace(/\/$/, ""));
}
