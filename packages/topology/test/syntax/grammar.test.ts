import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar, type StateStack } from "vscode-textmate";
import { beforeAll, describe, expect, test } from "vitest";
import { rootShape, type TableShape, type ValueType } from "../../src/keys/index.js";

const grammarFile = fileURLToPath(new URL("../../../../syntaxes/lab-manifest.tmLanguage.json", import.meta.url));
const source = readFileSync(grammarFile, "utf8");
let grammar: IGrammar;

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
  await oniguruma.loadWASM(new Uint8Array(readFileSync(wasm)).buffer);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: () => Promise.resolve(textmate.parseRawGrammar(source, "lab-manifest.tmLanguage.json")),
  });
  const loaded = await registry.loadGrammar("source.lab-manifest");
  if (loaded === null) throw new Error("The grammar cannot be loaded");
  grammar = loaded;
});

/** The innermost scope of each piece of a text, without the grammar's own suffix; blanks are left out. */
function tokens(text: string): [piece: string, scope: string][] {
  const found: [string, string][] = [];
  let state: StateStack = textmate.INITIAL;
  for (const line of text.split("\n")) {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    for (const { startIndex, endIndex, scopes } of result.tokens) {
      const piece = line.slice(startIndex, endIndex).trim();
      if (piece !== "") found.push([piece, (scopes.at(-1) ?? "").replace(/\.lab-manifest$/, "")]);
    }
  }
  return found;
}

function scopeOf(text: string, piece: string): string | undefined {
  return tokens(text).findLast(([found]) => found === piece)?.[1];
}

describe("grammar", () => {
  test.each([
    ["# why", "# why", "comment.line.number-sign"],
    ["[[nodes]]", "nodes", "entity.name.section"],
    ["[groups.leaf]", "leaf", "entity.name.section"],
    ["name = 1", "name", "support.type.property-name"],
    ["nodes.leaf1 = 1", "leaf1", "variable.other.property"],
    ['"device model" = 1', '"device model"', "string.quoted.double.key"],
    ["memory = 0x1F", "0x1F", "constant.numeric.hex"],
    ["memory = 1_024", "1_024", "constant.numeric.integer"],
    ["x = -1.5e3", "-1.5e3", "constant.numeric.float"],
    ["x = inf", "inf", "constant.numeric.float"],
    ["x = true", "true", "constant.language.boolean"],
    ["x = 1979-05-27 07:32:00Z", "1979-05-27 07:32:00Z", "constant.other.datetime"],
    ["x = 07:32:00", "07:32:00", "constant.other.datetime"],
    ['x = "a\\tb"', "\\t", "constant.character.escape"],
    ['x = "a\\qb"', "\\q", "invalid.illegal.escape"],
    ["x = 'a\\tb'", "a\\tb", "string.quoted.single"],
    ['src = "leaf1::swp1"', "leaf1", "entity.name.type.node"],
    ['src = "leaf1::swp1"', "swp1", "variable.other.port"],
    ["src = 'leaf1::swp1'", "::", "punctuation.separator.endpoint"],
    ['x = [{ src = "leaf1::swp1" }]', "src", "support.type.property-name"],
    ["x = [\n  # why\n  1,\n]\nname = 1", "name", "support.type.property-name"],
  ])("%j: %s is %s", (text, piece, scope) => {
    expect(scopeOf(text, piece)).toBe(scope);
  });

  test("multi-line strings hold what looks like keys and headers", () => {
    const scopes = tokens('x = """\n[section]\nname = 1\n"""\nname = 1').map(([piece, scope]) => `${piece} ${scope}`);
    expect(scopes).toContain("[section] string.quoted.triple.double");
    expect(scopes).toContain("name = 1 string.quoted.triple.double");
    expect(scopes.slice(-3)).toEqual([
      "name support.type.property-name",
      "= keyword.operator.assignment",
      "1 constant.numeric.integer",
    ]);
  });

  test.each([
    ['name = "'],
    ['name = "leaf'],
    ["name = 'leaf"],
    ['src = "leaf1::'],
    ["nodes = ["],
    ['nodes = [\n  { name = "a", model = '],
    ['nodes = [\n  { name = "a", groups = ["x"'],
    ["[[nod"],
    ["[groups."],
    ["name ="],
    ["name"],
    ["x = {"],
    ['x = """'],
    ["x = '''\ntext"],
    ['x = """\ntext\n\n[management]\nmode = "nat"'],
    ["x = '''\n[groups.leaf] # leaves\nmemory = 1"],
    ['x = """\nnodes = [\n  { name = "a" },\n]'],
  ])("%j does not paint the lines after it", (open) => {
    expect(tokens(`${open}\n[[links]]\nmtu = 9000`).slice(-6)).toEqual([
      ["[[", "punctuation.definition.table"],
      ["links", "entity.name.section"],
      ["]]", "punctuation.definition.table"],
      ["mtu", "support.type.property-name"],
      ["=", "keyword.operator.assignment"],
      ["9000", "constant.numeric.integer"],
    ]);
  });

  test.each([["nodes = ["], ['depends_on = [\n  "a",']])("%j does not paint a key after it", (open) => {
    expect(tokens(`${open}\nmtu = 9000`).slice(-3)).toEqual([
      ["mtu", "support.type.property-name"],
      ["=", "keyword.operator.assignment"],
      ["9000", "constant.numeric.integer"],
    ]);
  });

  test("knows exactly the keys of the key table", () => {
    const described = new Set<string>();
    const addType = (type: ValueType): void => {
      if (type.kind === "array") addType(type.items);
      if (type.kind === "map") addType(type.values);
      if (type.kind === "either") type.types.forEach(addType);
      if (type.kind === "table") addShape(type.shape);
    };
    const addShape = (shape: TableShape): void => {
      for (const [name, key] of shape.keys) {
        described.add(name);
        addType(key.type);
      }
    };
    addShape(rootShape);
    const listed = /\(\?:([a-z0-9_|]+)\)\(\?!\[A-Za-z0-9_-\]\)/.exec(source)?.[1]?.split("|");
    expect(listed?.sort()).toEqual([...described].sort());
  });
});
