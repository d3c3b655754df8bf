import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "./host.js";

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
