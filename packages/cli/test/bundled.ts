import { writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

/**
 * Bundles the command into a folder, so that it runs as a process of its own without a build and without the checkout.
 * @returns path of the program for Node.
 */
export async function bundledCommand(folder: string): Promise<string> {
  await build({
    entryPoints: [path.join(import.meta.dirname, "../src/main.ts")],
    outfile: path.join(folder, "main.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["labscape-source"],
    logLevel: "error",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  const program = path.join(folder, "labscape.mjs");
  await writeFile(
    program,
    'import { main } from "./main.mjs";\nprocess.exitCode = await main(process.argv.slice(2));\n',
  );
  return program;
}
