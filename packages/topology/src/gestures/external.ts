import { quoteString } from "../syntax/index.js";
import type { Draft } from "./draft.js";
import { findBridge } from "./find.js";
import type { Gesture, Selection } from "./gesture.js";
import { Refused } from "./refused.js";
import { addKeys, removeKey, setValue } from "./rows.js";

/** Joins a segment to a bridge of the host, to another one, or to none any more. */
export function setExternal(
  draft: Draft,
  { bridge: name, external }: Extract<Gesture, { kind: "set-external" }>,
): Partial<Selection> {
  const { rows, table: strongest } = findBridge(draft.analysis, name);
  if (external === undefined) removeKey(draft, rows, "external");
  else {
    const value = quoteString(checkHostBridge(external));
    const table = rows.find((row) => row.table.entries.has("external"))?.table;
    if (table === undefined) addKeys(draft.at(strongest.nameRange.start), strongest, [["external", value]]);
    else setValue(draft.at(table.nameRange.start), table, "external", value);
  }
  return { bridges: [name] };
}

/**
 * Checks the name of a host's bridge by what Linux allows for an interface (`dev_valid_name` in net/core/dev.c), in ASCII.
 *
 * @throws Refused for what can be none
 */
export function checkHostBridge(name: string): string {
  if (!/^[!-.0-9;-~]{1,15}$/.test(name) || name === "." || name === "..")
    throw new Refused(
      "invalid",
      "A bridge of the host has a name of 1 to 15 characters without spaces, slashes and colons, such as br0.",
    );
  return name;
}
