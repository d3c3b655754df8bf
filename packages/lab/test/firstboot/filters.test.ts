import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { filters } from "../../src/firstboot/filters.js";
import { missingPrograms, run } from "../tools.js";

/** Texts that end strings, begin commands or change lines in one format or another. */
const hostile = [
  "",
  "plain",
  " leading and trailing ",
  'it\'s "quoted" and `ticked`',
  "$(touch /tmp/x) ${HOME} $HOME; rm -rf /",
  "back\\slash \\n \\",
  "line\nbreak\r\nand\ttab",
  "- list: item # comment",
  "yes",
  "null",
  "0123",
  "{{ password.plain }} {% raw %}",
  '<a b="c">&amp;</a> ]]>',
  "größe € 😀",
  "\u0085 \u2028 \u2029 \ufeff \u007f \u009f",
  "*anchor &ref !tag %dir @at",
  "-n",
];

describe("filters", () => {
  it.each(hostile)("json and yaml give %j back", (text) => {
    const value = { text, list: [text, 1, true, null], [text]: "key" };
    expect(JSON.parse(filters.json(value))).toEqual(value);
    for (const version of ["1.1", "1.2"] as const) {
      expect(parse(`key: ${filters.yaml(text)}\n`, { version })).toEqual({ key: text });
      expect(parse(`key: ${filters.yaml(value)}\n`, { version })).toEqual({ key: value });
    }
    expect(filters.yaml(value)).not.toMatch(/[\n\r\u0085\u2028\u2029]/);
  });

  it.skipIf(missingPrograms("sh").length > 0).each(hostile)("shell gives %j back", async (text) => {
    const { stdout } = await run("sh", ["-c", `printf '[%s]' ${filters.shell(text)}`]);
    expect(stdout).toBe(`[${text}]`);
  });

  it.each([
    [`a<b>&"c"'d'`, "a&lt;b&gt;&amp;&quot;c&quot;&apos;d&apos;"],
    ["two\nlines\tand tab", "two&#10;lines&#9;and tab"],
  ])("xml of %j", (text, expected) => {
    expect(filters.xml(text)).toBe(expected);
  });

  it.each([
    ["plain", '"plain"'],
    ['to "core" \\ }', String.raw`"to \"core\" \\ }"`],
  ])("junos of %j", (text, expected) => {
    expect(filters.junos(text)).toBe(expected);
  });

  it.each([
    ["plain", '"plain"'],
    ['"$name" \\', String.raw`"\"\$name\" \\"`],
    ["why?\n", String.raw`"why\3F\0A"`],
  ])("routeros of %j", (text, expected) => {
    expect(filters.routeros(text)).toBe(expected);
  });

  it("ios and eos leave one line as it is", () => {
    expect(filters.ios("to core !; 1/0")).toBe("to core !; 1/0");
    expect(filters.eos(24)).toBe("24");
  });

  it("word leaves one word as it is, and vyos quotes all but a quote", () => {
    expect(filters.word("lab-1")).toBe("lab-1");
    expect(filters.vyos('say "yes" \\')).toBe(`'say "yes" \\'`);
  });

  it.each([
    ["word", "two words"],
    ["word", ""],
    ["word", "it's"],
    ["word", "why?"],
    ["vyos", "it's"],
    ["vyos", "two\nlines"],
    ["ios", "a\nno shutdown"],
    ["ios", "a\rb"],
    ["ios", "why?"],
    ["eos", "a\u0003b"],
    ["junos", "a\nb"],
    ["shell", "a\0b"],
    ["shell", ["a"]],
    ["xml", "a\u0001b"],
    ["yaml", "half \ud800"],
    ["yaml", undefined],
    ["json", undefined],
  ] as const)("%s refuses %j", (name, value) => {
    expect(() => filters[name](value)).toThrow();
  });
});
