// The small guest as an image of the device model tiny_linux, in the image store of the libvirt that is used.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./commands.mjs";
import { builtAt, guestDisk } from "./guests.mjs";
import { step } from "./progress.mjs";

const command = join(root, "packages/cli/bin/labscape.js");

/** Puts the guest into the store behind `uri` unless this build of it is there. */
export async function ensureImage(name, uri) {
  await step(`image ${name}`, async () => {
    const built = builtAt(name);
    if (built === undefined || !existsSync(command)) return { note: "there is no labscape command yet" };
    // Later builds have higher versions, and nodes take the newest.
    const version = built.toISOString().slice(0, 16).replace(/\D+/g, ".");
    const { images } = JSON.parse(await run(process.execPath, [command, "image", "list", "--connect", uri, "--json"]));
    if (images.some((image) => image.model === name && image.version === version)) return { note: "up to date" };
    const add = ["image", "add", guestDisk(name), "--model", name, "--version", version, "--connect", uri];
    await run(process.execPath, [command, ...add], { next: "`npx labscape image list` shows the store" });
    return {};
  });
}
