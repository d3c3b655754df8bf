import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { builtinCatalogue } from "@labscape/devices";
import { manifestSchema, parseToml, toPlainValue } from "@labscape/topology";
import { nodeShape, rootShape, type TableShape, type ValueType } from "../../src/keys/index.js";
import { Dice, generateManifest } from "../convert/generate.js";
import { samples } from "../samples/index.js";
import { analyzeText } from "../support/analyze.js";

const root = new URL("../../../../", import.meta.url);
const schema = manifestSchema(builtinCatalogue);
// Formats are for people; what they ask for is checked by Labscape's own rules.
const ajv = new Ajv({
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allErrors: true,
  validateFormats: false,
});
const isValid = ajv.compile(schema);

/** What the schema says against a text; nothing where it is content. */
function complaints(text: string): readonly string[] {
  isValid(toPlainValue(parseToml(text).root));
  return (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}

function errorsOf(text: string): readonly string[] {
  const errors = analyzeText(text, { imageVersions: () => undefined }).findings.filter(
    ({ severity }) => severity === "error",
  );
  return errors.map(({ code }) => code);
}

/** The examples of the pages of the checks, the wrong ones first. */
const pages = readdirSync(new URL("docs/checks/", root))
  .filter((file) => file !== "README.md")
  .map((file) => {
    const page = readFileSync(new URL(`docs/checks/${file}`, root), "utf8");
    const examples = [...page.matchAll(/^```toml\n(.*?)^```$/gms)].map(([, example]) => example ?? "");
    return { code: file.replace(".md", ""), examples };
  });

const examples = readdirSync(new URL("examples/", root), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".toml"))
  .map((file) => [file, readFileSync(new URL(`examples/${file}`, root), "utf8")] as const);

test("schema/manifest.schema.json is made from the key table: npm run generate -w packages/topology", async () => {
  const text = `${JSON.stringify(schema, undefined, 2)}\n`;
  await expect(text).toMatchFileSnapshot(fileURLToPath(new URL("schema/manifest.schema.json", root)));
});

test("readers of newer drafts take it the same way", () => {
  const plain = Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== "$schema"));
  const newer = new Ajv2020({ strict: false, validateFormats: false }).compile(plain);
  for (const text of [samples.firstDialect, 'name = "x"\nnodes = [{ name = "a" }]', 'nodes = [{ nme = "a" }]']) {
    const manifest = toPlainValue(parseToml(text).root);
    expect(newer(manifest), text).toBe(isValid(manifest));
  }
});

describe("what has no error is valid", () => {
  test.each([...examples, ...Object.entries(samples)])("%s", (_, text) => {
    expect(errorsOf(text)).toEqual([]);
    expect(complaints(text)).toEqual([]);
  });

  test.each(
    pages.flatMap(({ code, examples: [wrong = "", right = ""] }) => [[code, wrong] as const, [code, right] as const]),
  )("an example of %s", (_, text) => {
    if (errorsOf(text).length === 0) expect(complaints(text)).toEqual([]);
  });

  test("generated manifests of both dialects", () => {
    for (let seed = 0; seed < 50; seed++)
      for (const dialect of ["current", "first"] as const) {
        const text = generateManifest(new Dice(seed), dialect, false);
        expect(complaints(text), text).toEqual([]);
      }
  });

  test("a manifest that has its nodes, or their models, from elsewhere", () => {
    expect(complaints('include = ["base.lab.toml"]\nnodes = [{ name = "a" }]')).toEqual([]);
    expect(complaints('name = "x"\ndefaults.model = "tiny_linux"\nnodes = [{ name = "a" }]')).toEqual([]);
  });
});

describe("what the key table forbids is not valid", () => {
  test.each(pages.filter(({ code }) => ["unknown-key", "wrong-type", "missing-key", "out-of-range"].includes(code)))(
    "the wrong example of $code",
    ({ examples: [wrong = ""] }) => {
      expect(complaints(wrong)).not.toEqual([]);
    },
  );

  test.each([
    ["a name that a lab cannot have", 'name = "A B"\nnodes = []'],
    ["a model that there is not", 'name = "x"\nnodes = [{ name = "a", model = "none" }]'],
    ["a node without a model in the first dialect", 'id = "1e18b3bfe149"\ndevices = [{ name = "a" }]'],
    ["half a link", 'name = "x"\nnodes = []\nlinks = [{ src = "a::b" }]'],
    ["half an end", 'name = "x"\nnodes = []\nlinks = [{ src = "a::b", device_b = "c" }]'],
    ["an endpoint without a port", 'name = "x"\nnodes = []\nbridges = [{ name = "l", links = ["a"] }]'],
    ["no nodes", 'name = "x"'],
  ])("%s", (_, text) => {
    expect(errorsOf(text)).not.toEqual([]);
    expect(complaints(text)).not.toEqual([]);
  });

  /** A manifest with a value for one key. */
  const withKey = (table: "root" | "node", key: string, value: unknown): unknown => {
    const node = { name: "a", model: "tiny_linux", ...(table === "node" && { [key]: value }) };
    return { name: "x", nodes: [node], ...(table === "root" && { [key]: value }) };
  };
  const tables = { root: rootShape, node: nodeShape } satisfies Record<string, TableShape>;
  const acting = Object.entries(tables).flatMap(([table, { keys }]) =>
    [...keys.values()]
      .filter(({ status }) => status === undefined)
      .map(({ name, type }) => [table === "root" ? "root" : "node", name, type] as const),
  );

  test.each(acting)("%s: %s of another kind, and out of its range", (table, key, type) => {
    for (const wrong of wrongValues(type))
      expect(isValid(withKey(table, key, wrong)), JSON.stringify(wrong)).toBe(false);
  });

  function wrongValues(type: ValueType): readonly unknown[] {
    if (type.kind === "integer" || type.kind === "number") return ["1", type.min - 1, type.max + 1];
    if (type.kind === "enum") return [1, "no such word"];
    return type.kind === "boolean" ? ["true"] : type.kind === "string" ? [1, []] : [true, 1];
  }
});
