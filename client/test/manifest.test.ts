import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { EDITING_COMMANDS, HOST_COMMANDS } from "../src/commands/names.js";

const root = resolve(import.meta.dirname, "../..");

interface Command {
  readonly command: string;
  readonly title: string;
  readonly icon?: string;
}

interface Extension {
  readonly main: string;
  readonly browser: string;
  readonly extensionKind: readonly string[];
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly walkthroughs: readonly {
      /** Pictures by theme. */
      readonly steps: readonly { readonly media: { readonly image: Readonly<Record<string, string>> } }[];
    }[];
    readonly menus: Readonly<
      Record<string, readonly { readonly command: string; readonly when?: string; readonly group: string }[]>
    >;
  };
}

const text = readFileSync(join(root, "package.json"), "utf8");
const extension = JSON.parse(text) as Extension;
const words = JSON.parse(readFileSync(join(root, "package.nls.json"), "utf8")) as Readonly<Record<string, string>>;
describe("the extension's manifest", () => {
  const commands = extension.contributes.commands.map(({ command }) => command);

  it("has every text that it names, and no other", () => {
    const named = [...text.matchAll(/"%([^%]+)%"/g)].map(([, key]) => key);
    expect(Object.keys(words).sort()).toEqual([...new Set(named)].sort());
  });

  it("says nothing to a person that could not be translated, but for names", () => {
    const shown = new Set([
      "title",
      "description",
      "displayName",
      "markdownDescription",
      "contents",
      "altText",
      "name",
    ]);
    const plain: string[] = [];
    const look = (value: unknown, place: string): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        // What a language model reads is English; names of tools, patterns and the like are for machines.
        if (["inputSchema", "grammars", "problemPatterns", "problemMatchers"].includes(key)) continue;
        if (shown.has(key) && typeof inner === "string" && !/^%.*%$/.test(inner))
          plain.push(`${place}/${key}: ${inner}`);
        else look(inner, Array.isArray(value) ? place : `${place}/${key}`);
      }
    };
    look((JSON.parse(text) as { readonly contributes: unknown }).contributes, "");
    expect(plain).toEqual([
      "/configuration/title: Labscape",
      "/viewsContainers/activitybar/title: Labscape",
      "/languageModelTools/name: labscape_describeLab",
      "/languageModelTools/name: labscape_listFindings",
      "/languageModelTools/name: labscape_explainPlan",
    ]);
  });

  it("announces the commands that are registered, and no other", () => {
    const registered = [...EDITING_COMMANDS, ...HOST_COMMANDS].map((name) => `labscape.${name}`);
    expect([...commands].sort()).toEqual(registered.sort());
  });

  it("shows what reaches a host only where there is one, but for what says why there is none", () => {
    const hidden = HOST_COMMANDS.filter((name) => !["deploy", "doctor"].includes(name)).map(
      (name) => `labscape.${name}`,
    );
    for (const [menu, entries] of Object.entries(extension.contributes.menus)) {
      for (const { command, when = "" } of entries) {
        // An item of the explorer is there only where a host is.
        const isShown = hidden.includes(command) && when !== "false" && !when.includes("viewItem");
        if (isShown) expect(when, `${menu}: ${command}`).toContain("!isWeb || remoteName");
        else expect(when, `${menu}: ${command}`).not.toContain("isWeb");
      }
    }
    const palette = (extension.contributes.menus["commandPalette"] ?? []).map(({ command }) => command);
    expect(palette).toEqual(expect.arrayContaining(hidden));
  });

  it("runs in a browser, and on the workspace's machine wherever there is one", () => {
    expect(extension.browser).toBe("./dist/client.browser.cjs");
    expect(extension.main).toBe("./dist/client.cjs");
    // In a browser VS Code adds the kind "web" for an extension with the entry `browser`, as the last choice.
    expect(extension.extensionKind).toEqual(["workspace"]);
  });

  it("shows a command in the palette only where there is a manifest, or never, but for those that need none", () => {
    const palette = extension.contributes.menus["commandPalette"] ?? [];
    const limited = palette.filter(({ when }) => when === "false" || when?.match(/lab-manifest|markdown/));
    const hosted = ["logConsole", "refreshLabs", "sendToConsoles"];
    const anywhere = [...hosted, "doctor", "newLab", "showLog", "walkthrough"].map((name) => `labscape.${name}`);
    expect([...limited.map(({ command }) => command), ...anywhere].sort()).toEqual([...commands].sort());
  });

  it("puts in menus only commands that exist, with an icon where the menu is a row of icons", () => {
    const icons = new Map(extension.contributes.commands.map(({ command, icon }) => [command, icon]));
    for (const entries of Object.values(extension.contributes.menus)) {
      for (const { command } of entries) expect(icons.has(command), command).toBe(true);
    }
    for (const { command } of extension.contributes.menus["editor/title"] ?? [])
      expect(icons.get(command)).toBeDefined();
    const inline = (extension.contributes.menus["view/item/context"] ?? []).filter(({ group }) =>
      group.startsWith("inline"),
    );
    for (const { command } of inline) expect(icons.get(command), command).toBeDefined();
  });

  it("takes the steps of its walkthrough only from pictures that are packed and commands that are there", () => {
    const packed = readFileSync(join(root, ".vscodeignore"), "utf8").split("\n");
    for (const { media } of extension.contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      expect(Object.keys(media.image)).toEqual(["dark", "light", "hc", "hcLight"]);
      for (const image of Object.values(media.image)) {
        expect(existsSync(join(root, image)), image).toBe(true);
        expect(packed).toContain(`!${image.replace(/-(dark|light)\.webp$/, "-*")}`);
      }
    }
    for (const [, command = ""] of Object.values(words).flatMap((text) => [
      ...text.matchAll(/\(command:(labscape\.\w+)\)/g),
    ])) {
      expect(commands).toContain(command);
    }
  });
});
