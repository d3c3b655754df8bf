import { describe, expect, test } from "vitest";
import {
  completeModel,
  hoverModel,
  modelActions,
  modelDefinition,
  modelLinks,
  modelSymbols,
  readModelFiles,
  type ModelAnalysis,
  type ModelFile,
  type OutlineSymbol,
  type Providers,
  type Range,
} from "@labscape/topology";
import { applyCompletion, applyEdits, labelsAt, readCursor, type CompleteAt } from "../support/features.js";
import { brokenBefore, brokenBy, halfTyped } from "../support/half-typed.js";

const FILE = "file:///lab/.labscape/models/acme.toml";
const user: ModelFile = {
  file: "file:///home/labscape/models/big.toml",
  text: 'name = "big_router"\nextends = "vyos"\ntitle = "Big router"\n[hardware]\nmemory = 9000\n',
};

const providers: Providers = {
  listFolder: (path) =>
    path === "./"
      ? [
          { name: "acme.cfg", folder: false },
          { name: "more", folder: true },
        ]
      : [],
};

function analyzeModel(text: string): ModelAnalysis {
  const found = readModelFiles([[user], [{ file: FILE, text }]], providers).files.get(FILE);
  if (found === undefined) throw new Error("the file was not read");
  return found;
}

const completeAt: CompleteAt = (text, offset) => completeModel(analyzeModel(text), offset);
const labels = (marked: string): readonly string[] => labelsAt(marked, {}, completeAt);

const acme = `name = "acme"
title = "ACME"
vendor = "ACME"
role = "router"

[hardware]
memory = 2048
nic_model = "e1000"

[hardware.cpu]
require = ["vmx"]

[ports]
pattern = "eth{n}"
default_count = 2

[[members]]
name = "ctl"
nics = ["internal:fabric", "mirror"]

[[members]]
name = "fwd"
hardware = { memory = 256, machine = "pc" }
nics = ["internal:fabric", "data"]

[first_boot]
method = "config-iso"
files = [{ name = "a.cfg", template = "ios/config" }]
supports = ["user", "ztp_config"]

[first_boot.options]
style = "x"
`;

describe("completion", () => {
  test.each([
    ["an empty file", "$0", "name", 'name = "$0"'],
    ["a table in a line", 'name = "a"\nhard$0', "hardware", 'name = "a"\nhardware = { memory = 1024$0 }'],
    ["a table under a header", 'name = "a"\n$0', "[ports]", 'name = "a"\n[ports]\npattern = "$0"\ndefault_count = 1'],
    ["a row under a header", 'name = "a"\n$0', "[[members]]", 'name = "a"\n[[members]]\nname = "$0"'],
    ["a key under a header", "[hardware]\nmem$0", "memory", "[hardware]\nmemory = 1024$0"],
    ["a key under a header of rows", "[[members]]\n$0", "nics", '[[members]]\nnics = ["$0"]'],
    ["a truth the other way", "[hardware]\n$0", "nested_virtualization", "[hardware]\nnested_virtualization = true$0"],
    ["a dotted key", "hardware.$0", "memory", "hardware.memory = 1024$0"],
    ["a key in an inline table", "members = [{ $0 }]", "name", 'members = [{ name = "$0" }]'],
    ["a key before a value", "[ports]\npat$0 = 1", "pattern", "[ports]\npattern$0 = 1"],
    ["a header", "[$0]", "first_boot", "[first_boot$0]"],
    ["an inner header", "[first_boot.$0]", "options", "[first_boot.options$0]"],
    ["a header of rows", "[[$0]]", "consoles", "[[consoles$0]]"],
    ["inner rows", "[[first_boot.$0]]", "files", "[[first_boot.files$0]]"],
    ["a table of a row", "[[members]]\n[members.$0]", "hardware", "[[members]]\n[members.hardware$0]"],
    ["a word", 'role = "$0"', "router", 'role = "router$0"'],
    ["a word without quotes", "role = $0", "router", 'role = "router"$0'],
    ["a word in an array", '[image]\nformats = ["$0"]', "vmdk", '[image]\nformats = ["vmdk$0"]'],
    ["true", "[first_boot]\npartitioned = $0", "true", "[first_boot]\npartitioned = true$0"],
    ["a model that comes with Labscape", 'extends = "$0"', "cisco_iosv", 'extends = "cisco_iosv$0"'],
    ["a model of one's own", "extends = $0", "big_router", 'extends = "big_router"$0'],
    [
      "the number that is inherited",
      'extends = "big_router"\n[hardware]\n$0',
      "memory",
      'extends = "big_router"\n[hardware]\nmemory = 9000$0',
    ],
    [
      "the number of the model, in a member",
      "hardware.memory = 512\n[[members]]\nhardware = { $0 }",
      "memory",
      "hardware.memory = 512\n[[members]]\nhardware = { memory = 512$0 }",
    ],
    [
      "a template",
      '[[first_boot.files]]\ntemplate = "ios$0"',
      "ios/config",
      '[[first_boot.files]]\ntemplate = "ios/config$0"',
    ],
    ["the way to one's own", '[[first_boot.files]]\ntemplate = "$0"', "./", '[[first_boot.files]]\ntemplate = "./$0"'],
    [
      "a template of one's own",
      '[[first_boot.files]]\ntemplate = "./$0"',
      "acme.cfg",
      '[[first_boot.files]]\ntemplate = "./acme.cfg$0"',
    ],
    ["a row", "first_boot.files = [$0]", "{ … }", 'first_boot.files = [{ name = "$0", template = "" },]'],
    [
      "the other end of a cable",
      '[[members]]\nnics = ["internal:fabric"]\n[[members]]\nnics = ["$0"]',
      "internal:fabric",
      '[[members]]\nnics = ["internal:fabric"]\n[[members]]\nnics = ["internal:fabric$0"]',
    ],
  ])("%s", (_, marked, label, expected) => {
    expect(applyCompletion(marked, label, {}, completeAt)).toBe(expected);
  });

  test("what must be given comes first, unless it is inherited", () => {
    expect(labels("$0").slice(0, 6)).toEqual(["name", "title", "vendor", "role", "hardware", "ports"]);
    expect(labels('name = "a"\nextends = "vyos"\n$0').slice(0, 2)).toEqual(["aliases", "title"]);
  });

  test("what stands there is not offered again", () => {
    expect(labels("[hardware]\nmemory = 64\n$0")).not.toContain("memory");
    expect(labels('[first_boot]\nsupports = ["user", "$0"]')).not.toContain("user");
    expect(labels('name = "a"\n$0\n\n[hardware]\nmemory = 64')).not.toContain("[hardware]");
  });

  test("a model is its own parent only where it stands in for another one", () => {
    expect(labels('name = "acme"\nextends = "$0"')).not.toContain("acme");
    expect(labels('name = "vyos"\nextends = "$0"')).toContain("vyos");
    expect(labels('name = "big_router"\nextends = "$0"')).toContain("big_router");
  });

  test("nothing where any text may stand, and nothing behind an unknown key", () => {
    for (const marked of [
      'title = "$0"',
      "colour = $0",
      "[colour.$0]",
      "[colour]\na.$0",
      "# $0",
      "[hardware]\nmemory = $0",
    ])
      expect(labels(marked)).toEqual([]);
  });

  test("no completion, wherever it is accepted, makes a file wrong that was right", { timeout: 60_000 }, () => {
    const seen = new Set<string>();
    for (const { text, offset } of halfTyped(acme)) {
      const before = brokenBefore(text, offset);
      // Of a list of names one tells as much as all.
      const kinds = new Map(completeAt(text, offset).map((item) => [`${item.kind} ${item.newText.charAt(0)}`, item]));
      for (const item of kinds.values()) {
        const broken = brokenBy(text, offset, before, item);
        if (broken.length > 0) seen.add(`${text.slice(0, offset).slice(-40)}$0 + ${item.label}: ${broken.join("; ")}`);
      }
    }
    expect([...seen]).toEqual([]);
  });

  test("a word or a name that is offered for a value is a right one", () => {
    for (const [found] of acme.matchAll(/"(?:router|e1000|config-iso|ios\/config|mirror)"/g)) {
      const marked = acme.replace(found, '"$0"');
      for (const label of labels(marked).filter((each) => each !== "./" && !each.startsWith("internal:"))) {
        const text = applyCompletion(marked, label, {}, completeAt).replace("$0", "");
        const codes = analyzeModel(text).findings.filter(({ range }) => text.slice(range.start, range.end) === label);
        expect(codes, label).toEqual([]);
      }
    }
  });
});

describe("hover", () => {
  const hoverAt = (marked: string) => {
    const { text, offset } = readCursor(marked);
    const found = hoverModel(analyzeModel(text), offset);
    return found && [text.slice(found.range.start, found.range.end), found.markdown];
  };

  test("a key: what it does, what it may be, its default and what is inherited", () => {
    expect(hoverAt('extends = "big_router"\n[hardware]\nmem$0ory = 64')).toEqual([
      "memory",
      "**memory** · whole number, 16 to 1048576 · required\n\nMemory in MiB.\n\nInherited: `9000`.",
    ]);
    expect(hoverAt("[hardware]\nclo$0ck = 1")?.[1]).toBe(
      '**clock** · `"utc"`, `"localtime"`\n\nWhat the hardware clock shows.\n\nDefault: `"utc"`.',
    );
    expect(hoverAt("[hardware.c$0pu]")).toEqual(["cpu", "**cpu** · table\n\nCPU model and features."]);
    expect(hoverAt("[[members]]\n[members.hardware]\nmach$0ine = 1")?.[0]).toBe("machine");
  });

  test("the model itself and the one that it extends, with the file that it is in", () => {
    expect(hoverAt(acme.replace("acme", "a$0cme"))?.[1]).toContain("**ACME**");
    const [name, markdown] = hoverAt('name = "a"\nextends = "big$0_router"') ?? [];
    expect(name).toBe("big_router");
    expect(markdown).toContain("**Big router**");
    expect(markdown).toContain("| Defined in | `big.toml` |");
    expect(hoverAt('name = "vyos"\nextends = "vy$0os"')?.[1]).toContain("**VyOS**");
  });

  test("nothing at an unknown key", () => {
    expect(hoverAt("col$0our = 1")).toBeUndefined();
    expect(hoverAt("[first_boot.options]\nsty$0le = 1")).toBeUndefined();
  });
});

test("a model of the user's leads to its name in its file", () => {
  const definitionAt = (marked: string) => {
    const { text, offset } = readCursor(marked);
    return modelDefinition(analyzeModel(text), offset);
  };
  expect(definitionAt('name = "a"\nextends = "big$0_router"')).toEqual([
    { file: user.file, range: { start: 8, end: 18 } },
  ]);
  expect(definitionAt('name = "a"\nextends = "vy$0os"')).toEqual([]);
  expect(definitionAt('name$0 = "a"\nextends = "big_router"')).toEqual([]);
});

describe("outline", () => {
  const outline = (symbols: readonly OutlineSymbol[], depth = ""): readonly string[] =>
    symbols.flatMap(({ name, detail, children }) => [
      `${depth}${name}${detail === "" ? "" : ` ${detail}`}`,
      ...outline(children, `${depth}  `),
    ]);
  const outlineOf = (text: string) => outline(modelSymbols(analyzeModel(text)));

  test("tables with their keys, rows by their names, short values", () => {
    expect(
      outlineOf(`name = "acme"
notes = [
  "one",
]

[hardware]
memory = 2048
smbios = { system = { product = "x" } }

[[members]]
name = "ctl"

[members.hardware]
memory = 64

[[members]]
nics = ["data"]

[first_boot]
files = [{ name = "a", template = "b" }]

[hardware.cpu]
require = ["vmx"]
`),
    ).toEqual([
      'name "acme"',
      "notes",
      "hardware",
      "  memory 2048",
      "  smbios",
      "    system",
      '      product "x"',
      "  cpu",
      '    require ["vmx"]',
      "members 2",
      "  ctl",
      '    name "ctl"',
      "    hardware",
      "      memory 64",
      "  members 2",
      '    nics ["data"]',
      "first_boot",
      "  files 1",
      "    a",
      '      name "a"',
      '      template "b"',
    ]);
  });

  test("every symbol has a name, and its name lies within it and it within its table, in a file that is half typed, too", () => {
    const broken = ["[ports\n", 'a = 1\n[[members]]\n[]\n"" = 1\nhardware.cpu.model = "x"\n'];
    for (const text of [acme, ...broken, ...[...halfTyped(acme)].map((typed) => typed.text)]) {
      const check =
        (around: Range) =>
        ({ name, range, selectionRange, children }: OutlineSymbol): void => {
          expect(name).not.toBe("");
          expect(selectionRange.start).toBeGreaterThanOrEqual(range.start);
          expect(selectionRange.end).toBeLessThanOrEqual(range.end);
          expect(range.start).toBeGreaterThanOrEqual(around.start);
          expect(range.end).toBeLessThanOrEqual(around.end);
          children.forEach(check(range));
        };
      modelSymbols(analyzeModel(text)).forEach(check({ start: 0, end: text.length }));
    }
  });
});

test("templates of the author's own are links", () => {
  const text = acme.replace("ios/config", "../t/acme.j2");
  expect(modelLinks(analyzeModel(text)).map(({ range, path }) => [text.slice(range.start, range.end), path])).toEqual([
    ["../t/acme.j2", "../t/acme.j2"],
  ]);
  expect(modelLinks(analyzeModel(acme))).toEqual([]);
});

describe("mends", () => {
  const mended = (marked: string) => {
    const { text, offset } = readCursor(marked);
    const [action] = modelActions(analyzeModel(text), { start: offset, end: offset });
    return action && [action.title, applyEdits(text, action.edits)];
  };

  test.each([
    ["a key", acme.replace("vendor", "ven$0der"), "vendor", acme],
    ["a word", acme.replace("e1000", "e1$000"), "e1000", acme],
    ["a template", acme.replace("ios/config", "ios/$0confg"), "ios/config", acme],
    ["a parent", 'name = "a"\nextends = "vy$0oss"\n', "vyos", 'name = "a"\nextends = "vyos"\n'],
    ["another name of a parent", 'name = "a"\nextends = "fr$0r"\n', "frr_linux", 'name = "a"\nextends = "frr_linux"\n'],
    [
      "a parent of one's own",
      'name = "a"\nextends = "big_roter$0"\n',
      "big_router",
      'name = "a"\nextends = "big_router"\n',
    ],
  ])("%s", (_, marked, name, expected) => {
    expect(mended(marked)).toEqual([`Change to \`${name}\``, expected]);
  });

  test("none that would write a key twice", () => {
    expect(mended(acme.replace("role =", 'ven$0der = "x"\nrole ='))).toBeUndefined();
  });
});
