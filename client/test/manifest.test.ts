import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

interface Command {
  readonly command: string;
  readonly title: string;
  readonly icon?: string;
}

interface Extension {
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
  };
}

const text = readFileSync(join(root, "package.json"), "utf8");
const extension = JSON.parse(text) as Extension;
const words = JSON.parse(readFileSync(join(root, "package.nls.json"), "utf8")) as Readonly<Record<string, string>>;
const sources = readdirSync(join(root, "client/src"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(join(root, "client/src", name), "utf8"))
  .join("\n");

describe("the extension's manifest", () => {
  const commands = extension.contributes.commands.map(({ command }) => command);

  it("has every text that it names, and no other", () => {
    const named = [...text.matchAll(/"%([^%]+)%"/g)].map(([, key]) => key);
    expect(Object.keys(words).sort()).toEqual([...new Set(named)].sort());
  });

  it("announces the commands that are registered, and no other", () => {
    const registered = [...sources.matchAll(/\b(?:command|hostCommand)\(\s*"(\w+)"/g)].map(
      ([, name]) => `labscape.${name}`,
    );
    expect([...commands].sort()).toEqual(registered.sort());
  });

  it("shows a command in the palette only where there is a manifest, but for the log", () => {
    const limited = extension.contributes.menus["commandPalette"]?.filter(({ when }) => when?.includes("lab-manifest"));
    expect(limited?.map(({ command }) => command).sort()).toEqual(
      commands.filter((command) => command !== "labscape.showLog").sort(),
    );
  });

  it("puts in menus only commands that exist, with an icon where the menu is a row of icons", () => {
    const icons = new Map(extension.contributes.commands.map(({ command, icon }) => [command, icon]));
    for (const entries of Object.values(extension.contributes.menus)) {
      for (const { command } of entries) expect(icons.has(command), command).toBe(true);
    }
    for (const { command } of extension.contributes.menus["editor/title"] ?? [])
      expect(icons.get(command)).toBeDefined();
  });
});
