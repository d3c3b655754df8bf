import { randomBytes } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { LabError } from "../errors.js";

/**
 * Puts another text in the place of a manifest's: whoever reads the file sees the old text or the new one, never a part. Its
 * permissions stay; of a symbolic link the file changes that it leads to.
 * @throws LabError `permission-denied`: the folder of the file must be one that this user may write in.
 */
export async function writeManifestText(file: string, text: string): Promise<void> {
  try {
    const place = await realpath(file);
    const draft = path.join(path.dirname(place), `.${path.basename(place)}.${randomBytes(6).toString("hex")}`);
    const { mode } = await stat(place);
    try {
      await writeDraft(draft, text, mode);
      await rename(draft, place);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  } catch (cause) {
    throw new LabError(
      "permission-denied",
      `${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
      "It is as it was. Check the permissions of its folder, and the room on the disk.",
      { cause },
    );
  }
}

async function writeDraft(draft: string, text: string, mode: number): Promise<void> {
  const handle = await open(draft, "wx", mode);
  try {
    await handle.writeFile(text);
    // The mask of the process may have taken some of it.
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
