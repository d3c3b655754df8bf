import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { containerlabTopology } from "./labs.js";
import { LanguageServer } from "./language-server.js";

/** The language server, as the extension ships it; the runner has built it. */
export function startOwnServer(text: string): Promise<LanguageServer> {
  const script = process.env["BENCH_SERVER"];
  if (script === undefined) throw new Error("BENCH_SERVER names the bundle of the server; run this with npm run bench");
  return LanguageServer.start(script, { name: "bench.lab.toml", languageId: "lab-manifest", text });
}

/** yaml-language-server over the same topology for containerlab, with a schema. */
export function startYamlServer(nodes: number): Promise<LanguageServer> {
  const root = process.env["BENCH_ROOT"] ?? process.cwd();
  const schema = pathToFileURL(path.join(root, "bench/support/containerlab.schema.json")).href;
  const script = createRequire(path.join(root, "package.json")).resolve(
    "yaml-language-server/bin/yaml-language-server",
  );
  return LanguageServer.start(
    script,
    {
      name: "bench.clab.yml",
      languageId: "yaml",
      text: `# yaml-language-server: $schema=${schema}\n${containerlabTopology(nodes)}`,
    },
    { yaml: { validate: true, schemaStore: { enable: false } } },
  );
}

/** What yaml-language-server waits after a change before it looks at it, in milliseconds. Not counted as its work. */
export const yamlServerDelay = 200;
