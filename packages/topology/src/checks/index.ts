import { nearestName, type Catalogue } from "@labscape/devices";
import type { Providers } from "../analysis.js";
import type { Finding } from "../finding.js";
import type { Manifest } from "../model/index.js";
import { portUsage } from "../model/usage.js";
import type { Range } from "../syntax/tree.js";
import { checkAddresses } from "./addresses.js";
import { checkBridges } from "./bridges.js";
import { checkCables } from "./cables.js";
import { createFinding, type Check, type CheckContext } from "./context.js";
import { checkDependencies } from "./dependencies.js";
import { checkDialects } from "./dialects.js";
import { checkEffect } from "./effect.js";
import { checkEndpoints } from "./endpoints.js";
import { checkFiles } from "./files.js";
import { checkImages } from "./images.js";
import { checkKeys } from "./keys.js";
import { checkManagement } from "./management.js";
import { checkNodes } from "./nodes.js";
import { checkSecrets } from "./secrets.js";
import { checkSyntax } from "./syntax.js";

export { checkCodes, type CheckCode } from "./codes.js";

const checks: readonly Check[] = [
  checkSyntax,
  checkKeys,
  checkDialects,
  checkEffect,
  checkNodes,
  checkDependencies,
  checkEndpoints,
  checkCables,
  checkAddresses,
  checkManagement,
  checkBridges,
  checkFiles,
  checkImages,
  checkSecrets,
];

/**
 * How many mistyped names get a suggestion in one run. Renaming a node makes thousands of wrong names at once; comparing
 * each with every known name would take longer than a keystroke may.
 */
const SUGGESTION_LIMIT = 50;

/** Runs every check; none hides what another finds. Findings come in the order of their ranges. */
export function runChecks(manifest: Manifest, catalogue: Catalogue, providers: Providers): readonly Finding[] {
  const found: { readonly range: Range; readonly finding: Finding }[] = [];
  let suggestions = 0;
  const context: CheckContext = {
    manifest,
    usage: portUsage(manifest),
    catalogue,
    providers,
    report: (code, range, message, details = {}) =>
      void found.push({ range, finding: createFinding(manifest.sources, code, range, message, details) }),
    nearest: (text, names) => (suggestions++ < SUGGESTION_LIMIT ? nearestName(text, names) : undefined),
  };
  for (const check of checks) check(context);
  return found.sort(({ range: a }, { range: b }) => a.start - b.start || a.end - b.end).map(({ finding }) => finding);
}
