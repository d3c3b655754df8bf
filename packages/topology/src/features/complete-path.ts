import type { FolderEntry } from "../analysis.js";
import type { KeySpec } from "../keys/index.js";
import { sourceAt } from "../model/index.js";
import { byName, openText, order, type ValueContext } from "./items.js";
import type { Completion } from "./shapes.js";

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

/** Files and folders, one step of the path at a time. Only where something can list them. */
export function completePath(
  { analysis, offset, slot }: ValueContext,
  spec: KeySpec | undefined,
): readonly Completion[] {
  const source = sourceAt(analysis.sources, offset);
  const { start, end } = slot.range;
  const typed = slot.inString ? source.text.slice(start - source.base, offset - source.base) : "";
  const slash = typed.lastIndexOf("/") + 1;
  const folder = typed.slice(0, slash);
  const entries = analysis.providers.listFolder?.(folder === "" ? "." : folder, source.file) ?? [];
  const range = { start: start + slash, end };
  // A name without a slash is a volume of the image store.
  const prefix = spec?.name === "image" && folder === "" ? "./" : "";
  return shown(entries, typed.slice(slash), spec).map((entry, index) => {
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
function shown(entries: readonly FolderEntry[], typed: string, spec: KeySpec | undefined): readonly FolderEntry[] {
  const pattern = usual[spec?.name ?? ""];
  const isUsual = ({ name, folder }: FolderEntry) => folder || pattern === undefined || pattern.test(name);
  return entries
    .filter(({ name }) => typed.startsWith(".") || !name.startsWith("."))
    .sort((a, b) => Number(isUsual(b)) - Number(isUsual(a)) || byName(a.name, b.name));
}
