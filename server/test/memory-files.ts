import type { FileAccess } from "@labscape/server";

/** A disk in memory. Its files may be changed while a server reads them. */
export class MemoryFiles implements FileAccess {
  readonly files = new Map<string, string>();
  /** Every file that was read, in order. */
  readonly reads: string[] = [];

  /**
   * Files of a folder in one text, each below a line `#- NAME`.
   * @param folder URI
   */
  constructor(folder: string, fixture: string) {
    for (const [name, text] of readFiles(fixture)) this.files.set(`${folder}/${name}`, text);
  }

  read(file: string): Promise<string | undefined> {
    this.reads.push(file);
    return Promise.resolve(this.files.get(file));
  }

  entries(folder: string): Promise<readonly { readonly name: string; readonly folder: boolean }[] | undefined> {
    const below = [...this.files.keys()].filter((file) => file.startsWith(`${folder}/`));
    const paths = below.map((file) => file.slice(folder.length + 1).split("/"));
    const names = new Map(paths.map(([name = "", ...rest]) => [name, rest.length > 0]));
    return Promise.resolve(
      below.length === 0 ? undefined : [...names].map(([name, isFolder]) => ({ name, folder: isFolder })),
    );
  }

  state(file: string): "present" | "absent" {
    return this.files.has(file) ? "present" : "absent";
  }
}

export function readFiles(fixture: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const part of fixture.split(/^#- /m).slice(1)) {
    const end = part.indexOf("\n");
    files.set(part.slice(0, end).trim(), part.slice(end + 1));
  }
  return files;
}
