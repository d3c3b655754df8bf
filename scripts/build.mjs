// Builds what runs outside of tests: the packages as JavaScript and the bundles of the extension.  node scripts/build.mjs
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./setup/commands.mjs";
import { complain, step } from "./setup/progress.mjs";

try {
  await step("packages", () =>
    run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "--build", "packages/cli"]),
  );
  const bundles = join(root, "scripts/bundles.mjs");
  if (existsSync(bundles)) await step("extension", () => run(process.execPath, [bundles]));
} catch (error) {
  complain(error);
  process.exitCode = 1;
}
