import type { FolderEntry, Providers } from "../analysis.js";
import type { Source } from "../model/index.js";
import { byName, openText, order } from "./items.js";
import type { Completion } from "./shapes.js";
import type { Slot } from "./slot.js";

/** Endings of the files that a key most likely means. They come first; the others follow. */
const usual: Readonly<Record<string, RegExp>> = {
  image: /\.(qcow2|raw|img)$/i,
  cdrom: /\.iso$/i,
  include: /\.toml$/i,
  ssh_authorized_key_files: /\.pub$/i,
  source: /\.pub$/i,
  startup_scripts: /\.(sh|ps1|py)$/i,
  user_scripts: /\.(sh|ps1|py)$/i,
};

export interface PathContext {
  readonly source: Source;
  readonly providers: Pick<Providers, "listFolder">;
  readonly offset: number;
  readonly slot: Slot;
}

/** Files and folders, one step of the path at a time. Only where something can list them. */
export function completePath({ source, providers, offset, slot }: PathContext, key?: string): readonly Completion[] {
  const { start, end } = slot.range;
  const typed = slot.inString ? source.text.slice(start - source.base, offset - source.base) : "";
  const slash = typed.lastIndexOf("/") + 1;
  const folder = typed.slice(0, slash);
  const entries = providers.listFolder?.(folder === "" ? "." : folder, source.file) ?? [];
  const range = { start: start + slash, end };
  // A name without a slash is a volume of the image store.
  const prefix = key === "image" && folder === "" ? "./" : "";
  return shown(entries, typed.slice(slash), key).map((entry, index) => {
    const text = prefix + entry.name;
    return {
      label: entry.folder ? `${entry.name}/` : entry.name,
      kind: "file",
      range,
      // Behind a folder the path goes on, so that the cursor stays before the closing quote.
      newText: entry.folder ? openText(slot, `${text}/`) : slot.quote(text),
      snippet: entry.folder,
      filterText: slot.inString ? entry.name : slot.quote(entry.name),
      sortText: order(index),
    };
  });
}

/** The usual files first, folders among them, then the rest; hidden ones where a dot was typed. */
function shown(entries: readonly FolderEntry[], typed: string, key: string | undefined): readonly FolderEntry[] {
  const pattern = usual[key ?? ""];
  const isUsual = ({ name, folder }: FolderEntry) => folder || pattern === undefined || pattern.test(name);
  return entries
    .filter(({ name }) => typed.startsWith(".") || !name.startsWith("."))
    .sort((a, b) => Number(isUsual(b)) - Number(isUsual(a)) || byName(a.name, b.name));
}
