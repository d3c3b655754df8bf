// A copy of examples/ to try things in. What is already there, changed or not, is left as it is.
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./commands.mjs";
import { step } from "./progress.mjs";

/** Copies the examples that are not in `folder` yet. */
export async function copyExamples(folder, examples = join(root, "examples")) {
  await step(`examples in ${relative(process.cwd(), folder) || folder}`, () => {
    mkdirSync(folder, { recursive: true });
    if (!existsSync(examples)) return { note: "there are none" };
    cpSync(examples, folder, { recursive: true, force: false });
    return {};
  });
}
