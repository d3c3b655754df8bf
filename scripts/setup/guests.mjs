// The guests that test/guests builds.
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { cache, root, run } from "./commands.mjs";
import { ensurePackageLists } from "./packages.mjs";
import { step } from "./progress.mjs";

const output = join(cache, "guests");

/**
 * Builds the guests unless they are there and up to date.
 *
 * @param {readonly ("tiny_linux" | "frr_linux" | "debian_linux")[]} names
 */
export async function ensureGuests(names) {
  if (names.length > 0) await ensurePackageLists();
  for (const name of names) {
    await step(`guest ${name}`, async () => {
      const before = builtAt(name);
      await run(join(root, "test/guests/build.sh"), [output, name], {
        next: "see test/guests/README.md; `apt-get update` helps when a package cannot be found",
      });
      return before?.getTime() === builtAt(name)?.getTime() ? { note: "up to date" } : {};
    });
  }
}

/** Path of a guest's disk image. */
export function guestDisk(name) {
  return join(output, name, "disk.qcow2");
}

/** When a guest was built, or undefined: it was not. */
export function builtAt(name) {
  const recipe = join(output, name, "recipe");
  return existsSync(recipe) ? statSync(recipe).mtime : undefined;
}
