import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { inject } from "vitest";
import { hostEntry, hostNode } from "./host.js";

const run = promisify(execFile);

/** Puts the packed extension into a folder as VS Code installs it; resolves with the extension's own folder in it. */
export async function unpackExtension(folder: string): Promise<string> {
  const places = ["--user-data-dir", join(folder, "data"), "--extensions-dir", join(folder, "extensions")];
  await run(hostNode, [hostEntry, ...places, "--install-extension", inject("extension"), "--force"]);
  const names = await readdir(join(folder, "extensions"));
  const name = names.find((each) => each.startsWith("labscape."));
  if (name === undefined) throw new Error("The extension was not installed");
  return join(folder, "extensions", name);
}
