import { describe, expect, test } from "vitest";
import { parseToml, type TomlTable } from "@labscape/topology";

/** The same pairs in each form that a table can be written in. */
const forms: readonly [name: string, tableOf: (pairs: readonly string[]) => TomlTable | undefined][] = [
  ["root", (pairs) => parseToml(pairs.join("\n")).root],
  [
    "header",
    (pairs) => {
      const value = parseToml(`[t]\n${pairs.join("\n")}`).root.entries.get("t")?.value;
      return value?.kind === "table" ? value : undefined;
    },
  ],
  [
    "inline table",
    (pairs) => {
      const value = parseToml(`t = { ${pairs.join(", ")} }`).root.entries.get("t")?.value;
      return value?.kind === "inline-table" ? value.table : undefined;
    },
  ],
];

// Small tables are searched, large ones have an index.
describe.each(forms)("the entries of a table: %s", (_, tableOf) => {
  test.each([1, 8, 9, 16, 17, 100])("%i of them", (count) => {
    const names = Array.from({ length: count }, (_, index) => `key${index}`);
    const entries = tableOf(names.map((name, index) => `${name} = ${index}`))?.entries;
    expect(entries?.size).toBe(count);
    expect([...(entries?.keys() ?? [])]).toEqual(names);
    expect([...(entries ?? [])].map(([key, entry]) => [key, entry.key.text])).toEqual(
      names.map((name) => [name, name]),
    );
    expect([...(entries?.values() ?? [])].map(({ value }) => value.kind === "integer" && Number(value.value))).toEqual(
      names.map((_, index) => index),
    );
    const seen: string[] = [];
    entries?.forEach((entry, key) => seen.push(`${key} ${entry.key.text}`));
    expect(seen).toEqual(names.map((name) => `${name} ${name}`));
    for (const name of names) expect(entries?.get(name)?.key.text).toBe(name);
    expect([entries?.has("other"), entries?.get("other")]).toEqual([false, undefined]);
  });

  test.each([2, 9, 40])("a value takes the place of a missing one, another one does not: %i keys", (count) => {
    const pairs = ["a =", ...Array.from({ length: count }, (_, index) => `key${index} = 0`), "a = 1", "a = 2"];
    const entries = tableOf(pairs)?.entries;
    const first = [...(entries ?? [])][0];
    expect(first?.[0]).toBe("a");
    expect(first?.[1].value).toMatchObject({ kind: "integer", value: 1n });
    expect(entries?.size).toBe(count + 1);
  });
});
