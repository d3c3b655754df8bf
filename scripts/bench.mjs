// Runs the benchmarks in bench/ that are named on the command line, or all of them: each bundled from the sources.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL("../bench/", import.meta.url));
const shared = new Set(["manifests"]);
const all = readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -".ts".length))
  .filter((name) => !shared.has(name));
const names = process.argv.length > 2 ? process.argv.slice(2) : all;

const out = mkdtempSync(join(tmpdir(), "labscape-bench-"));
try {
  for (const name of names) {
    const outfile = join(out, `${name}.mjs`);
    await build({
      entryPoints: [join(folder, `${name}.ts`)],
      bundle: true,
      platform: "node",
      format: "esm",
      conditions: ["labscape-source"],
      nodePaths: [fileURLToPath(new URL("../node_modules", import.meta.url))],
      outfile,
      logLevel: "warning",
    });
    const { status } = spawnSync(process.execPath, [outfile], { stdio: "inherit" });
    if (status !== 0) process.exitCode = 1;
  }
} finally {
  rmSync(out, { recursive: true });
}
