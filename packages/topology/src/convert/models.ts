import type { Draft } from "./draft.js";
import type { SpelledKey } from "./spelled-keys.js";
import { isNodeTable, scopeKey } from "./places.js";

/** `device_model` <-> `model`, on nodes, in `defaults` and in groups. */
export function convertModels({ to, keys, changes, refuse }: Draft): void {
  const [from, into] = to === "current" ? ["device_model", "model"] : ["model", "device_model"];
  const taken = new Set(keys.filter((key) => holdsNodeKey(key, into)).map(({ path }) => scopeKey(path.slice(0, -1))));
  for (const key of keys) {
    if (!holdsNodeKey(key, from)) continue;
    if (taken.has(scopeKey(key.path.slice(0, -1))))
      refuse(
        key.part.range,
        "`model` and `device_model` are one key in the end, and only `model` is used. Remove the other.",
      );
    else changes.replace(key.part.range, into);
  }
}

function holdsNodeKey({ path }: SpelledKey, name: string): boolean {
  return path.at(-1) === name && isNodeTable(path.slice(0, -1));
}
