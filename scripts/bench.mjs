/**
 * Runs the benchmarks in `bench/lines/`, each bundled from the sources and in a process of its own, and prints one table.
 *
 *   npm run bench                         all of them
 *   npm run bench -- parse memory         some of them
 *   npm run bench -- --write              all of them, and writes docs/benchmarks.md
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { format, resolveConfig } from "prettier";
import { bundles } from "./bundles.mjs";
import { page } from "./bench/page.mjs";
import { isFarOff, textTable } from "./bench/table.mjs";

const root = path.resolve(import.meta.dirname, "..");
const lines = path.join(root, "bench/lines");
const all = readdirSync(lines)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -".ts".length));

const write = process.argv.includes("--write");
const named = process.argv.slice(2).filter((argument) => argument !== "--write");
const unknown = named.filter((name) => !all.includes(name));
if (unknown.length > 0 || (write && named.length > 0)) {
  console.error(
    unknown.length > 0
      ? `There is no benchmark ${unknown.join(", ")}; there are ${all.join(", ")}.`
      : "--write needs all benchmarks in one run: name none.",
  );
  process.exit(2);
}

const out = mkdtempSync(path.join(tmpdir(), "labscape-bench-"));
try {
  for (const name of ["server.cjs", "canvas.js", "preview.js"]) {
    const options = bundles.find(({ outfile }) => outfile === `dist/${name}`);
    await build({ ...options, outfile: path.join(out, name), minify: true });
  }

  /** @type {import("./bench/table.mjs").Row[]} */
  const rows = [];
  /** @type {string[]} */
  const skipped = [];
  for (const name of named.length > 0 ? named : all) {
    const { results, skip, failure } = await measure(name);
    if (failure !== undefined) throw new Error(`${name}: ${failure}`);
    rows.push(...results);
    if (skip !== undefined) skipped.push(`${name}: ${skip}`);
  }
  console.log(textTable(rows));
  for (const each of skipped) console.log(`not measured: ${each}`);
  if (write) {
    const filepath = path.join(root, "docs/benchmarks.md");
    writeFileSync(filepath, await format(page(rows, skipped), { ...(await resolveConfig(filepath)), filepath }));
  }
  if (rows.some(isFarOff)) process.exitCode = 1;
} finally {
  rmSync(out, { recursive: true });
}

/**
 * Runs one benchmark.
 *
 * @param {string} name
 * @returns {Promise<{ results: import("./bench/table.mjs").Row[], skip?: string, failure?: string }>}
 */
async function measure(name) {
  const outfile = path.join(out, `${name}.cjs`);
  await build({
    absWorkingDir: root,
    stdin: { contents: program(name), resolveDir: root, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "cjs",
    conditions: ["labscape-source"],
    mainFields: ["module", "main"],
    // What a source finds beside itself: the throw-away hypervisor its script.
    define: { "import.meta.dirname": JSON.stringify(path.join(root, "test/libvirt")) },
    outfile,
    logLevel: "warning",
  });
  const child = fork(outfile, {
    env: {
      ...process.env,
      BENCH_SERVER: path.join(out, "server.cjs"),
      BENCH_CANVAS: path.join(out, "canvas.js"),
      BENCH_PREVIEW: path.join(out, "preview.js"),
      BENCH_ROOT: root,
    },
  });
  const [answer] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => [{ results: [], failure: `ended with ${code} before it had a result` }]),
  ]);
  child.kill();
  return answer;
}

/** @param {string} name */
function program(name) {
  return `
import measure from "./bench/lines/${name}";
import { SkipLine } from "./bench/result";
(async () => measure())().then(
  (results) => process.send({ results }),
  (error) =>
    process.send(error instanceof SkipLine ? { results: [], skip: error.message } : { results: [], failure: error.stack }),
);
`;
}
