import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly scope: string;
  readonly enum?: readonly string[];
  readonly markdownDescription: string;
}

const SCOPES: Readonly<Record<string, string>> = {
  window: "user, workspace",
  "machine-overridable": "user on each machine, workspace",
};

it("docs/settings.md says of every setting what package.json says (npx vitest -u writes it)", async () => {
  const extension = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
    readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, Setting>> } };
  };
  const words = JSON.parse(readFileSync(join(root, "package.nls.json"), "utf8")) as Readonly<Record<string, string>>;
  const { restrictedConfigurations: restricted } = extension.capabilities.untrustedWorkspaces;
  const sections = Object.entries(extension.contributes.configuration.properties).map(([name, setting]) => {
    const text = words[setting.markdownDescription.replaceAll("%", "")] ?? "";
    const values = setting.enum === undefined ? "" : `: ${setting.enum.map((value) => `\`${value}\``).join(", ")}`;
    return [
      `## \`${name}\``,
      text.replaceAll(/`#([\w.]+)#`/g, "`$1`"),
      [
        `- Type: ${setting.type}${values}`,
        `- Default: \`${JSON.stringify(setting.default)}\``,
        `- Set by: ${SCOPES[setting.scope] ?? `${setting.scope}, which this page cannot explain`}${restricted.includes(name) ? " (if trusted)" : ""}`,
      ].join("\n"),
    ].join("\n\n");
  });
  const page = ["# Settings of the extension", "Generated from package.json.", ...sections].join("\n\n");
  expect(page).not.toContain("cannot explain");
  await expect(`${page}\n`).toMatchFileSnapshot("../../docs/settings.md");
});
