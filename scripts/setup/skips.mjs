// Which skipped tests are accepted in continuous integration: scripts/allowed-skips.json, a list of
// { "test": REGULAR EXPRESSION, "because": REASON }.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The list, read. @returns {readonly { test: RegExp, because: string }[]} */
export function allowedSkips() {
  const list = JSON.parse(readFileSync(join(import.meta.dirname, "../allowed-skips.json"), "utf8"));
  return list.map(({ test, because }) => ({ test: new RegExp(test), because }));
}

/** The skipped tests that the list does not accept. */
export function unlistedSkips(skipped, allowed = allowedSkips()) {
  return skipped.filter((skip) => !allowed.some(({ test }) => test.test(skip.test)));
}

/** A line for each group of skipped tests, with their number. */
export function describeSkips(skipped) {
  const counts = new Map();
  for (const { group } of skipped) counts.set(group, (counts.get(group) ?? 0) + 1);
  return [...counts].map(([group, count]) => `${group}: ${count} skipped`);
}
