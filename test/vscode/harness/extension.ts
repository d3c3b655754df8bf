import { execFile } from "node:child_process";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { hostEntry, hostNode, root } from "./host.js";

const run = promisify(execFile);
let packed: Promise<string> | undefined;

/** Builds and packs the extension, once a test process; resolves with the package's path. */
export function packageExtension(): Promise<string> {
  packed ??= pack();
  return packed;
}

async function pack(): Promise<string> {
  const file = join(root, "out/vscode-tests/labscape.vsix");
  await mkdir(join(root, "out/vscode-tests"), { recursive: true });
  await run(process.execPath, ["scripts/package.mjs", file], { cwd: root });
  return file;
}

/** Puts the packed extension into a folder as VS Code installs it; resolves with the extension's own folder in it. */
export async function unpackExtension(folder: string): Promise<string> {
  const extension = await packageExtension();
  const places = ["--user-data-dir", join(folder, "data"), "--extensions-dir", join(folder, "extensions")];
  await run(hostNode, [hostEntry, ...places, "--install-extension", extension, "--force"]);
  const names = await readdir(join(folder, "extensions"));
  const name = names.find((each) => each.startsWith("labscape."));
  if (name === undefined) throw new Error("The extension was not installed");
  return join(folder, "extensions", name);
}
