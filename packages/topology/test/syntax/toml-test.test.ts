import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseToml, type TomlDocument } from "@labscape/topology";
import { normalizeTagged, tagTable } from "./tagged-values.js";

const suite = fileURLToPath(new URL("../toml-test/", import.meta.url));
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Documents that only TOML 1.1 allows. */
const newIn11 = new Set(["string/escape-esc"]);

function names(kind: "valid" | "invalid"): string[] {
  return readdirSync(join(suite, kind), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".toml"))
    .map((file) => file.slice(0, -".toml".length))
    .sort();
}

function parseFile(kind: "valid" | "invalid", name: string): TomlDocument {
  return parseToml(utf8.decode(readFileSync(join(suite, kind, `${name}.toml`))));
}

describe("toml-test", () => {
  test("the suite is complete", () => {
    expect(names("valid")).toHaveLength(100);
    expect(names("invalid")).toHaveLength(234);
  });

  describe("valid", () => {
    test.each(names("valid"))("%s", (name) => {
      const document = parseFile("valid", name);
      const codes = new Set(document.errors.map((error) => error.code));
      expect([...codes]).toEqual(newIn11.has(name) ? ["toml-1.1-feature"] : []);
      const expected: unknown = JSON.parse(readFileSync(join(suite, "valid", `${name}.json`), "utf8"));
      expect(tagTable(document.root)).toEqual(normalizeTagged(expected));
    });
  });

  describe("invalid", () => {
    test.each(names("invalid"))("%s", (name) => {
      let document: TomlDocument;
      try {
        document = parseFile("invalid", name);
      } catch (error) {
        // Bytes that are no UTF-8 never become a text.
        expect(error).toMatchObject({ code: "ERR_ENCODING_INVALID_ENCODED_DATA" });
        expect(name).toMatch(/^encoding\//);
        return;
      }
      expect(document.errors).not.toEqual([]);
    });
  });
});
