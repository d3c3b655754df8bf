import { bothOrders32 } from "./byte-orders.js";
import type { Entry, Folder } from "./file-tree.js";

/** One entry of a system use area (IEEE P1281, SUSP): signature, length, version, data. */
function entry(signature: string, ...data: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(data);
  return Buffer.concat([Buffer.from(signature, "ascii"), Buffer.from([body.length + 4, 1]), body]);
}

/** Says which extension the volume uses: the one that Linux, the BSDs and cloud images look for (RRIP 1.09 of 1991). */
export const EXTENSION_REFERENCE = extensionReference(
  "RRIP_1991A",
  "THE ROCK RIDGE INTERCHANGE PROTOCOL PROVIDES SUPPORT FOR POSIX FILE SYSTEM SEMANTICS",
  "SEE PUBLISHER IDENTIFIER IN PRIMARY VOLUME DESCRIPTOR FOR CONTACT INFORMATION.",
);

function extensionReference(identifier: string, description: string, source: string): Buffer {
  const lengths = Buffer.from([identifier.length, description.length, source.length, 1]);
  return entry("ER", lengths, Buffer.from(identifier + description + source, "ascii"));
}

/** PX: mode, links, owner and group, all root's; readable by all. */
function posix(kind: Entry["kind"]): Buffer {
  const [mode, links] = kind === "folder" ? [0o040755, 2] : [0o100644, 1];
  return entry("PX", ...[mode, links, 0, 0].map(bothOrders32));
}

/** The system use area of an entry's directory record: attributes and the real name (NM). */
export function posixAttributes({ kind, name }: Entry): Buffer {
  return Buffer.concat([posix(kind), entry("NM", Buffer.from([0]), Buffer.from(name, "utf8"))]);
}

/**
 * The system use area of a folder's record of itself. In the root it also begins the use of the protocol (SP) and points to
 * the extension reference (CE).
 */
export function startOfFolder(
  folder: Folder,
  isRoot: boolean,
  reference: { readonly sector: number; readonly length: number },
): Buffer {
  if (!isRoot) return posix(folder.kind);
  return Buffer.concat([
    entry("SP", Buffer.from([0xbe, 0xef, 0])),
    posix(folder.kind),
    entry("CE", ...[reference.sector, 0, reference.length].map(bothOrders32)),
  ]);
}
