/**
 * The house's arrows: client, server, cli -> lab -> topology -> devices; lab -> node-libvirt; cli -> server.
 * `npm run lint` fails on an import against an arrow, on a cycle, and on a package that is not declared.
 */
const may = {
  "packages/node-libvirt": [],
  "packages/devices": [],
  "packages/topology": ["packages/devices"],
  "packages/lab": ["packages/devices", "packages/topology", "packages/node-libvirt"],
  server: ["packages/devices", "packages/topology"],
  client: ["packages/topology", "packages/lab"],
  "packages/cli": ["packages/devices", "packages/topology", "packages/lab", "server"],
};

const arrows = Object.entries(may).map(([folder, allowed]) => ({
  name: `imports-of-${folder.replace("packages/", "")}`,
  comment: `${folder} may import from ${allowed.join(", ") || "no other package"} only.`,
  severity: "error",
  from: { path: `^${folder}/src/` },
  to: {
    path: "^(packages|server|client)/",
    pathNot: [folder, ...allowed].map((f) => `^${f}/`),
  },
}));

/** The parts of the client that need a machine below them. All others run in a browser too. */
const hostParts =
  "^client/src/(console|deploy|doctor|engine|operate|tasks)/" +
  "|^client/src/(hosts|load-engine|main\\.node|index|model-folders|workshop|commands/host|explorer/explorer|language/node|tools/explain-plan)\\.ts$";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...arrows,
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "pure-packages",
      comment: "topology and devices run in a browser: no Node modules.",
      severity: "error",
      from: { path: "^packages/(topology|devices)/src/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-server",
      comment:
        "The server runs in a browser's worker: only its process's own part knows Node modules, and only that part's main uses it.",
      severity: "error",
      from: { path: "^server/src/", pathNot: "^server/src/(node/|main\\.node\\.ts$)" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-server-core",
      comment: "The same, for what the process's own part brings in.",
      severity: "error",
      from: { path: "^server/src/", pathNot: "^server/src/(node/|main\\.node\\.ts$)" },
      to: { path: "^server/src/(node/|main\\.)|vscode-languageserver/node" },
    },
    {
      name: "pure-client",
      comment: "What runs in a browser too knows no module of Node.",
      severity: "error",
      from: { path: "^client/src/", pathNot: hostParts },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-client-core",
      comment: "The same, for what the engine and the parts that need a machine bring in; their types weigh nothing.",
      severity: "error",
      from: { path: "^client/src/", pathNot: hostParts },
      to: {
        path: `${hostParts}|^packages/(lab|node-libvirt)/|vscode-languageclient/node`,
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "no-undeclared-packages",
      severity: "error",
      comment: "Except `vscode`, which the editor gives to the extension; its types stand in for it.",
      from: { path: "^(packages/[^/]+|server|client)/src/" },
      to: { dependencyTypes: ["npm-no-pkg", "unknown", "npm-dev"], pathNot: "^node_modules/@types/vscode/" },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(/dist/|/generated/)" },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["labscape-source", "types", "import", "node", "default"],
      extensions: [".ts", ".js", ".mjs", ".cjs", ".json", ".d.ts"],
    },
  },
};
