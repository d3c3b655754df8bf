import { describe, expect, test } from "vitest";
import { analyze, readModelFiles, type Providers } from "@labscape/topology";
import { builtinCatalogue, type Catalogue } from "@labscape/devices";
import { readMarked } from "../support/marked.js";

/** Asserts that a model file has exactly the findings that its caret lines say. */
function check(marked: string, providers: Providers = {}): void {
  const { text, expected } = readMarked(marked);
  const show = (each: { code: string; start: number; end: number }) =>
    `${text.slice(0, each.start).split("\n").length}: ${each.code} ${JSON.stringify(text.slice(each.start, each.end))}`;
  const found = findings([[{ file: "/m/a.toml", text }]], "/m/a.toml", providers);
  expect(found.map(({ code, range }) => show({ code, ...range })).sort()).toEqual(expected.map(show).sort());
}

function findings(folders: Parameters<typeof readModelFiles>[0], file: string, providers: Providers = {}) {
  return readModelFiles(folders, providers).files.get(file)?.findings ?? [];
}

const head = `name = "acme"
title = "ACME"
vendor = "ACME"
role = "router"
`;
const rest = `[hardware]
memory = 64
[ports]
pattern = "eth{n}"
default_count = 1
`;
const acme = head + rest;

describe("findings in a model file stand at the characters that cause them", () => {
  test.each([
    ["a good file has none", acme],
    ["an unknown key", `${head}vender = "x"\n^^^^^^ unknown-key\n${rest}`],
    ["a word out of no list", `${acme}[readiness]\nmethod = "tpc"\n#         ^^^ invalid-value`],
    ["a number beyond its range", `${head}[hardware]\nmemory = 1\n#        ^ out-of-range\n${rest.slice(23)}`],
    ["what a table lacks", `${head}[hardware]\n#^^^^^^^^ missing-key\n${rest.slice(23)}`],
    [
      "what the file lacks",
      `name = "acme"\n#       ^^^^ missing-key\n#       ^^^^ missing-key\nrole = "host"\n${rest}`,
    ],
    [
      "an unknown model to extend",
      'name = "acme"\nextends = "nobody"\n#          ^^^^^^ unknown-model\n' + acme.slice(14),
    ],
    ["a file that extends itself", 'name = "acme"\nextends = "acme"\n#          ^^^^ extends-cycle\n' + acme.slice(14)],
    ["a broken line", `${head}colour =\n#      ^ toml-syntax\n${rest}`],
    [
      "a template that does not exist",
      `${acme}[first_boot]\nmethod = "config-iso"\nfiles = [{ name = "a", template = "ios/confg" }]\n#                                  ^^^^^^^^^ invalid-value`,
    ],
  ])("%s", (_, marked) => check(marked));

  test("a template of one's own must be there", () => {
    const text = `${acme}[first_boot]\nmethod = "config-iso"\nfiles = [{ name = "a", template = "./a.j2" }]`;
    check(text, { fileState: () => "present" });
    check(`${text}\n#                                  ^^^^^^ file-not-found`, {
      fileState: (path, from) => (path === "./a.j2" && from === "/m/a.toml" ? "absent" : "present"),
    });
  });

  test("a name twice in one folder", () => {
    const both = [
      { file: "/m/a.toml", text: acme },
      { file: "/m/b.toml", text: acme },
    ];
    expect(findings([both], "/m/a.toml")).toEqual([]);
    expect(findings([both], "/m/b.toml").map(({ code }) => code)).toEqual(["duplicate-model"]);
    expect(
      findings(
        both.map((file) => [file]),
        "/m/b.toml",
      ),
    ).toEqual([]);
  });

  test("a broken file takes nothing from the others", () => {
    const { catalogue, files } = readModelFiles([
      [
        { file: "/m/a.toml", text: "name = [" },
        { file: "/m/b.toml", text: acme },
      ],
    ]);
    expect(files.get("/m/a.toml")?.findings).not.toEqual([]);
    expect(catalogue.find("acme")?.model.file).toBe("/m/b.toml");
  });
});

describe("precedence", () => {
  const model = (name: string, memory: number, more = "") =>
    `name = "${name}"\n${more}[hardware]\nmemory = ${memory}\n`;

  test("a later folder stands in for an earlier one, and both for what comes with Labscape", () => {
    const user = { file: "/user/frr.toml", text: model("frr_linux", 200, 'extends = "frr_linux"\n') };
    const lab = { file: "/lab/frr.toml", text: model("frr_linux", 300, 'extends = "frr_linux"\n') };
    const find = (folders: Parameters<typeof readModelFiles>[0]) =>
      readModelFiles(folders).catalogue.find("frr_linux")?.model;
    expect(find([])).toMatchObject({ hardware: { memory: 160 } });
    expect(find([])).not.toHaveProperty("file");
    expect(find([[user]])).toMatchObject({ file: "/user/frr.toml", hardware: { memory: 200 }, title: find([])?.title });
    expect(find([[user], [lab]])).toMatchObject({ file: "/lab/frr.toml", hardware: { memory: 300 } });
  });

  test("an alias of a user's model wins over one that comes with Labscape", () => {
    const text = model("my_frr", 200, 'extends = "frr_linux"\naliases = ["frr"]\n');
    expect(readModelFiles([[{ file: "/a.toml", text }]]).catalogue.find("frr")?.model.name).toBe("my_frr");
  });

  test("templates start at the file that names them, also in a model that another folder's file extends", () => {
    const first_boot = '[first_boot]\nmethod = "config-iso"\nfiles = [{ name = "a", template = "../t/a.j2" }]\n';
    const { catalogue } = readModelFiles([
      [{ file: "/user/models/acme.toml", text: acme + first_boot }],
      [{ file: "/lab/models/mine.toml", text: 'name = "mine"\nextends = "acme"\n' }],
    ]);
    expect(catalogue.find("mine")?.model.firstBoot.files).toEqual([{ name: "a", template: "/user/t/a.j2" }]);
  });
});

test("a manifest sees users' models", () => {
  const { catalogue } = readModelFiles([[{ file: "/m/a.toml", text: acme }]]);
  const manifest = 'name = "x"\nnodes = [{ name = "a", model = "acme" }, { name = "b", model = "acme" }]\n';
  const links = 'links = [{ src = "a::eth0", dst = "b::eth0" }]\n';
  const codes = (known: Catalogue) =>
    analyze(manifest + links, { file: "/m/lab.toml", catalogue: known }).findings.map(({ code }) => code);
  expect(codes(builtinCatalogue)).toContain("unknown-model");
  expect(codes(catalogue)).toEqual([]);
});
