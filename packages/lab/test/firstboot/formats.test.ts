import { templates } from "@labscape/devices";
import type { LabNode } from "@labscape/topology";
import { describe, expect, it } from "vitest";
import { render } from "../../src/firstboot/render.js";
import { templateData } from "../../src/firstboot/template-data.js";
import { contextOf, key as ed25519Key, nodeOf } from "../nodes.js";
import { readers, readJunos, readJunosSet } from "./grammars/index.js";
import { everything, oneModelEach, rendered, rsaKey, withFiles, type Circumstances } from "./rendered.js";

/** Keys of every type that OpenSSH makes and devices take, with the data of no key. */
const keys = [rsaKey, ed25519Key, ecdsa(256), ecdsa(384), ecdsa(521), wireKey("ssh-dss", ["p", "q", "g", "y"])];

function ecdsa(bits: number): string {
  return wireKey(`ecdsa-sha2-nistp${bits}`, [`nistp${bits}`, "point"]);
}

function wireKey(type: string, parts: readonly string[]): string {
  const strings = [type, ...parts].map((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return Buffer.concat([length, Buffer.from(part, "latin1")]);
  });
  return `${type} ${Buffer.concat(strings).toString("base64")} a comment, of words`;
}

function read(files: ReadonlyMap<string, string>): readonly (readonly string[])[] {
  return [...files].flatMap(([template, text]) => {
    const reader = readers[template];
    if (reader === undefined) throw new Error(`write a reader for what ${template} makes`);
    return reader(text);
  });
}

describe.each(withFiles.map((model) => [model.name, model] as const))("%s understands its first boot", (_, model) => {
  it.each([
    ["with everything that a manifest can say", everything(model), {}],
    ["with an account of another name", { ...everything(model), user: "lab" }, {}],
    ["when the management network hands out the address", everything(model), { dhcp: true }],
    ["with keys of all types", { sshAuthorizedKeys: keys, user: "lab" }, {}],
    ["with nothing", { ports: [], sshAuthorizedKeys: [] }, {}],
    ["with an IPv6 address for management", {}, { context: { management: dualStack() } }],
  ])("%s", async (_, changes, circumstances) => {
    for (const statement of read(await rendered(model, changes, circumstances)))
      for (const word of statement) expect(word).not.toMatch(/undefined|\[object/);
  });
});

function dualStack() {
  const { management } = contextOf();
  if (management === undefined) throw new Error("the context has a management network");
  return { ...management, ipv6: "fd00::10/64" };
}

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

interface Unwritable {
  readonly templates: RegExp;
  readonly description?: RegExp;
  readonly password?: RegExp;
  readonly account?: RegExp;
}

describe.each([...oneModelEach])("%s", (template, model) => {
  const { supports } = model.firstBoot;
  const lines = async (changes: Partial<LabNode>, circumstances: Circumstances = {}): Promise<readonly string[]> => {
    const text = (await rendered(model, changes, circumstances)).get(template) ?? "";
    return readers[template]?.(text).map((words) => words.join(" ")) ?? [];
  };
  const cannot = unwritable.find(({ templates: of }) => of.test(template));
  const source = sourceOf(template);

  if (source.includes("port.description"))
    it.each(awkward)("says the description %j, or that it cannot", async (text) => {
      const said = lines(everything(model, text));
      if (cannot?.description?.test(text) === true)
        await expect(said).rejects.toMatchObject({ code: "template-error" });
      else expect((await said).some((line) => line.includes(text))).toBe(true);
    });

  if (supports.includes("user") && /\buser \|/.test(source))
    it.each(awkward)("says the account %j, or that it cannot", async (text) => {
      const said = lines({ user: text, sshAuthorizedKeys: [rsaKey] });
      if (cannot?.account?.test(text) === true) await expect(said).rejects.toMatchObject({ code: "template-error" });
      else expect((await said).some((line) => line.includes(text))).toBe(true);
    });

  if (source.includes("password.plain") && model.credentials.fixedPassword === undefined)
    it.each(awkward)("says the password %j, or that it cannot", async (text) => {
      const said = lines({}, { context: { secret: { password: text, passwordHash: "$6$salt$hash" } } });
      if (cannot?.password?.test(text) === true) await expect(said).rejects.toMatchObject({ code: "template-error" });
      else expect((await said).some((line) => line.includes(text))).toBe(true);
    });

  const scripts = supports.filter((each) => /scripts|files/.test(each) && source.includes(each.replace("text_", "")));
  if (scripts.length > 0)
    it.each(awkward)("carries a script or file that holds %j", async (text) => {
      const content = `#!/bin/sh\necho ${text}\n`;
      const said = await lines(everything(model), { content });
      expect(said.filter((line) => line.endsWith(content)).length).toBe(scripts.length);
    });
});

/** A template with those that it extends and includes. */
function sourceOf(template: string): string {
  const text = templates[template] ?? "";
  const others = [...text.matchAll(/(?:extends|include) "([^"]+)"/g)].map(([, name = ""]) => sourceOf(name));
  return [text, ...others].join("\n");
}

describe("the two formats of Junos", () => {
  const models = withFiles.filter(({ firstBoot }) =>
    firstBoot.files.some((file) => file.template.startsWith("junos/")),
  );
  it.each(models.map((model) => [model.name, model] as const))("say the same for %s", async (_, model) => {
    for (const changes of [everything(model), { sshAuthorizedKeys: keys, user: "lab" }, { ports: [] }]) {
      const data = await templateData(nodeOf(model, changes), contextOf(), {
        readText: () => Promise.resolve(""),
        environment: {},
      });
      const made = (template: string): string => render(template, templates[template] ?? "", data);
      expect(readJunosSet(made("junos/set"))).toEqual(readJunos(made("junos/juniper.conf")));
    }
  });
});
