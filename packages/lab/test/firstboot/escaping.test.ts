import { templates, type DeviceModel } from "@labscape/devices";
import type { LabNode } from "@labscape/topology";
import { describe, expect, it } from "vitest";
import { readers } from "./grammars/index.js";
import { everything, oneModelEach, rendered, rsaKey, type Circumstances } from "./rendered.js";

/** Texts that end strings, begin commands or comments, change lines or ask for help in one format or another. */
const awkward = [
  "two words",
  "it's",
  'say "yes"',
  '"',
  "back\\slash \\",
  "# no comment",
  "! no comment",
  "$HOME $(id) `id` ${x}",
  "{{ password.plain }} {% raw %}",
  "a; b } c { d",
  "größe € 😀",
  "100 % | > < &",
  "why?",
  "two\nlines",
  "two\r\nends",
  "a\ttab",
  "-n",
  "\u2028",
  "‘curly’",
];

/** What a format has no way to write: then deploying stops with an error instead of saying something else to the device. */
const unwritable: readonly Unwritable[] = [
  {
    templates: /^(?:aoscx|asa|eos|ios|iosxr|nxos|panos)\//,
    description: /[?\p{Cc}\u2028]/u,
    password: /[?\p{Cc}\s"'\\]/u,
    account: /[?\p{Cc}\s"'\\]/u,
  },
  { templates: /^frr\/|^cumulus\/cumulus-ztp-nclu/, description: /[?\p{Cc}\u2028]/u },
  {
    templates: /^(?:junos|fortios|sros)\//,
    description: /[\p{Cc}\u2028]/u,
    password: /[\p{Cc}\u2028]/u,
    account: /[\p{Cc}\u2028]/u,
  },
  {
    templates: /^vyos\//,
    description: /['\p{Cc}\u2028]/u,
    password: /['\p{Cc}\u2028]/u,
    account: /[?\p{Cc}\s"'\\]/u,
  },
];

interface Unwritable extends Partial<Record<Subject["what"], RegExp>> {
  readonly templates: RegExp;
}

/** What comes from outside into a template: where the template shows that it says it, and how a test gives it. */
interface Subject {
  readonly what: "description" | "account" | "password";
  readonly shown: RegExp;
  readonly isGiven: (model: DeviceModel) => boolean;
  readonly give: (model: DeviceModel, text: string) => readonly [Partial<LabNode>, Circumstances];
}

const subjects: readonly Subject[] = [
  {
    what: "description",
    shown: /port\.description/,
    isGiven: () => true,
    give: (model, text) => [everything(model, text), {}],
  },
  {
    what: "account",
    shown: /\buser \|/,
    isGiven: ({ firstBoot }) => firstBoot.supports.includes("user"),
    give: (_, text) => [{ user: text, sshAuthorizedKeys: [rsaKey] }, {}],
  },
  {
    what: "password",
    shown: /password\.plain/,
    isGiven: ({ credentials }) => credentials.fixedPassword === undefined,
    give: (_, text) => [{}, { context: { secret: { password: text, passwordHash: "$6$salt$hash" } } }],
  },
];

const cases = [...oneModelEach].flatMap(([template, model]) =>
  subjects
    .filter(({ shown, isGiven }) => shown.test(sourceOf(template)) && isGiven(model))
    .map((subject) => [template, subject.what, model, subject] as const),
);

describe.each(cases)("%s says the %s of a manifest", (template, what, model, { give }) => {
  const cannot = unwritable.find(({ templates: of }) => of.test(template))?.[what];

  it.each(awkward)("when it is %j, or that it cannot", async (text) => {
    const said = linesOf(template, model, ...give(model, text));
    if (cannot?.test(text) === true) await expect(said).rejects.toMatchObject({ code: "template-error" });
    else expect((await said).filter((line) => line.includes(text))).not.toEqual([]);
  });
});

const carriers = [...oneModelEach].flatMap(([template, model]) => {
  const carried = ["startup_scripts", "user_scripts", "files"].filter((name) =>
    sourceOf(template).includes(`in ${name}`),
  );
  return carried.length === 0 ? [] : [[template, carried.length, model] as const];
});

describe.each(carriers)("%s carries scripts and files", (template, count, model) => {
  it.each(awkward)("that hold %j", async (text) => {
    const content = `#!/bin/sh\necho ${text}\n`;
    const said = await linesOf(template, model, everything(model), { content });
    expect(said.filter((line) => line.endsWith(content))).toHaveLength(count);
  });
});

async function linesOf(
  template: string,
  model: DeviceModel,
  changes: Partial<LabNode>,
  circumstances: Circumstances,
): Promise<readonly string[]> {
  const text = (await rendered(model, changes, circumstances)).get(template) ?? "";
  return readers[template]?.(text).map((words) => words.join(" ")) ?? [];
}

/** A template with those that it extends and includes. */
function sourceOf(template: string): string {
  const text = templates[template] ?? "";
  const others = [...text.matchAll(/(?:extends|include) "([^"]+)"/g)].map(([, name = ""]) => sourceOf(name));
  return [text, ...others].join("\n");
}
