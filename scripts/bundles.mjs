/**
 * What esbuild makes from the sources, below `dist/`:
 *
 *   client.cjs          what VS Code loads when the extension activates: commands and registrations, nothing heavy
 *   language.cjs        the language client; loaded right after activation
 *   engine.cjs          the engine; loaded by the first command that reaches a host
 *   server.cjs          the language server, a process of its own
 *   client.browser.cjs  the extension where there is nothing but a browser: one file, because nothing else can be required
 *                       there, and without the engine
 *   server.browser.js   the language server as a worker of the browser
 *   canvas.js           the script of the canvas' web page
 *   preview.js          the script of the preview's web page, with mermaid
 *
 *   node scripts/bundles.mjs [--minify]
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.resolve(import.meta.dirname, "..");

/** Parts of the client that load on first use, by their module: `import` of it becomes a `require` of that part's own bundle. */
const LAZY_PARTS = { "engine/index": "engine", "language/node": "language" };

/** @type {import("esbuild").Plugin} */
const lazyParts = {
  name: "lazy-parts",
  setup(context) {
    for (const [module, part] of Object.entries(LAZY_PARTS)) {
      context.onResolve({ filter: new RegExp(`/${module}\\.js$`) }, ({ kind }) =>
        kind === "dynamic-import" ? { path: `./${part}.cjs`, external: true } : undefined,
      );
    }
  },
};

/**
 * Mermaid loads each kind of diagram on demand, and one file that may not fetch others would hold all of them. The preview
 * draws flow charts laid out by dagre: everything else becomes an error, which takes two thirds off the bundle.
 *
 * @type {import("esbuild").Plugin}
 */
const flowChartsOnly = {
  name: "flow-charts-only",
  setup(context) {
    const kept = /\/(flowDiagram|dagre|sizeCapture)-[^/]*\.mjs$/;
    context.onResolve({ filter: /.*/ }, ({ kind, path: imported, importer }) =>
      kind === "dynamic-import" && /[\\/]mermaid[\\/]dist[\\/]/.test(importer) && !kept.test(imported)
        ? { path: imported, namespace: "left-out" }
        : undefined,
    );
    context.onLoad({ filter: /.*/, namespace: "left-out" }, ({ path: left }) => ({
      contents: `throw new Error(${JSON.stringify(`${left} is not part of this bundle`)});`,
    }));
  },
};

/** @type {import("esbuild").BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  conditions: ["labscape-source"],
  logLevel: "warning",
  legalComments: "none",
};

/** @type {import("esbuild").BuildOptions} */
const node = {
  ...common,
  platform: "node",
  format: "cjs",
  target: "node20",
  mainFields: ["module", "main"],
  external: ["vscode"],
  supported: { "dynamic-import": false },
};

/** @type {import("esbuild").BuildOptions} */
const browser = { ...common, platform: "browser", format: "iife", target: "chrome120" };

/** @type {readonly import("esbuild").BuildOptions[]} */
export const bundles = [
  { ...node, entryPoints: ["client/src/main.node.ts"], outfile: "dist/client.cjs", plugins: [lazyParts] },
  ...Object.entries(LAZY_PARTS).map(([module, part]) => ({
    ...node,
    entryPoints: [`client/src/${module}.ts`],
    outfile: `dist/${part}.cjs`,
  })),
  {
    ...browser,
    format: "cjs",
    entryPoints: ["client/src/main.browser.ts"],
    outfile: "dist/client.browser.cjs",
    external: ["vscode"],
  },
  { ...browser, entryPoints: ["server/src/main.browser.ts"], outfile: "dist/server.browser.js" },
  { ...node, entryPoints: ["server/src/main.node.ts"], outfile: "dist/server.cjs" },
  {
    ...browser,
    entryPoints: ["client/webview/preview.ts"],
    outfile: "dist/preview.js",
    plugins: [flowChartsOnly],
  },
  {
    ...browser,
    entryPoints: ["client/webview/canvas/main.ts"],
    outfile: "dist/canvas.js",
  },
];

/**
 * Builds every bundle.
 *
 * @param {{ minify?: boolean }} options `minify` for the package; without it a source map lies beside each bundle
 */
export async function buildBundles({ minify = false } = {}) {
  for (const options of bundles) await build({ ...options, minify, sourcemap: minify ? false : "linked" });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildBundles({ minify: process.argv.includes("--minify") });
}
