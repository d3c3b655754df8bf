import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const sources = resolve(import.meta.dirname, "../src");

it("every text that the extension shows stands in l10n/bundle.l10n.json, for translators (npx vitest -u writes it)", async () => {
  const texts = new Set<string>();
  for (const name of readdirSync(sources, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  )) {
    const text = readFileSync(join(sources, name), "utf8");
    const calls = text.split("l10n.t(").length - 1;
    const found = [...text.matchAll(/l10n\.t\(\s*("(?:[^"\\]|\\.)*")/g)].map(([, literal = ""]) =>
      String(JSON.parse(literal)),
    );
    expect(found, `${name}: each call has a plain text first`).toHaveLength(calls);
    for (const message of found) texts.add(message);
  }
  const bundle = Object.fromEntries([...texts].sort().map((message) => [message, message]));
  await expect(`${JSON.stringify(bundle, null, 2)}\n`).toMatchFileSnapshot("../../l10n/bundle.l10n.json");
});
