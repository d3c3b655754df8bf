import { bundleForBrowser } from "../../browser-bundle.js";

/**
 * The extension of `memory-files.ts` as its files: text by name.
 *
 * @param files of its file system: text by path
 */
export async function memoryFilesExtension(
  files: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const { code } = await bundleForBrowser("test/vscode/harness/memory-files.ts", ["vscode"]);
  const manifest = {
    name: "memory-files",
    publisher: "labscape-tests",
    version: "1.0.0",
    engines: { vscode: "^1.100.0" },
    main: "./main.js",
    browser: "./main.js",
    activationEvents: ["onFileSystem:memfs"],
    capabilities: { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } },
  };
  return { "package.json": JSON.stringify(manifest), "main.js": code, "files.json": JSON.stringify(files) };
}
