import { nearestName, type Catalogue } from "@labscape/devices";
import type { Providers } from "../analysis.js";
import type { Finding } from "../finding.js";
import type { Manifest } from "../model/index.js";
import { PortUsage } from "../model/usage.js";
import type { Range } from "../syntax/tree.js";
import { checkAddresses } from "./addresses.js";
import { checkBridges } from "./bridges.js";
import { checkCables } from "./cables.js";
import { createFinding, type Check, type CheckContext } from "./context.js";
import { checkDependencies } from "./dependencies.js";
import { checkEffect } from "./effect.js";
import { checkEndpoints } from "./endpoints.js";
import { checkIncludes } from "./includes.js";
import { checkDisks } from "./disks.js";
import { checkHost } from "./host.js";
import { checkOverrides } from "./overrides.js";
import { checkImages } from "./images.js";
import { checkLabName } from "./lab-name.js";
import { checkManagement } from "./management.js";
import { checkNodes } from "./nodes.js";
import { checkPositions } from "./positions.js";
import { checkSyntax } from "./syntax.js";
import { checkWritten, SoundTables } from "./written.js";

import type { CheckCode } from "./codes.js";

export { checkCodes, type CheckCode } from "./codes.js";
export { SoundTables } from "./written.js";

const checks: readonly Check[] = [
  checkSyntax,
  checkWritten,
  checkEffect,
  checkNodes,
  checkDependencies,
  checkEndpoints,
  checkCables,
  checkAddresses,
  checkManagement,
  checkBridges,
  checkPositions,
  checkIncludes,
  checkOverrides,
  checkImages,
  checkDisks,
  checkHost,
  checkLabName,
];

/**
 * How many mistyped names get a suggestion in one run. Renaming a node makes thousands of wrong names at once; comparing
 * each with every known name would take longer than a keystroke may.
 */
const SUGGESTION_LIMIT = 50;

/** What is said to be missing or of no use may be in an included file that is not to be had. */
const needsAllFiles: ReadonlySet<CheckCode> = new Set<CheckCode>([
  "unknown-node",
  "unknown-group",
  "unused-group",
  "unconnected-node",
  "bridge-with-one-port",
]);

/**
 * Runs every check; none hides what another finds. Findings come in the order of their ranges.
 * @param sound what is known of an earlier version; what is found out about this one is added.
 */
export function runChecks(
  manifest: Manifest,
  catalogue: Catalogue,
  providers: Providers,
  sound = new SoundTables(),
): readonly Finding[] {
  const found: { readonly range: Range; readonly finding: Finding }[] = [];
  let suggestions = 0;
  const context: CheckContext = {
    manifest,
    usage: new PortUsage(manifest),
    catalogue,
    providers,
    sound,
    report: (code, range, message, details = {}) => {
      if (manifest.isWhole || !needsAllFiles.has(code))
        found.push({ range, finding: createFinding(manifest.sources, code, range, message, details) });
    },
    nearest: (text, names) => (suggestions++ < SUGGESTION_LIMIT ? nearestName(text, names) : undefined),
  };
  for (const check of checks) check(context);
  return found.sort(({ range: a }, { range: b }) => a.start - b.start || a.end - b.end).map(({ finding }) => finding);
}
