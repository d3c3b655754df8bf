import { stat } from "node:fs/promises";
import path from "node:path";
import { text as readAll } from "node:stream/consumers";
import { findManifests } from "@labscape/lab";
import { UsageError } from "./exit.js";
import type { Io } from "./io.js";

/** A manifest that a command works on. */
export interface Input {
  /** Absolute path; for standard input one in the current folder, which does not exist. */
  readonly file: string;
  /** The text, where it came from standard input. */
  readonly text?: string;
  /** Found in a folder, not named. */
  readonly found: boolean;
}

/** Stands for standard input on the command line. */
const STDIN = "-";

/** What standard input is called in messages. */
export const STDIN_NAME = "<stdin>";

/**
 * The manifests that the user named: files, folders with all manifests in them, `-` for standard input. Without names all
 * manifests in the current folder and the folders in it. Each one once, in that order.
 * @throws LabError where a folder holds none; UsageError for `-` beside other names.
 */
export async function manifestInputs(io: Io, names: readonly string[]): Promise<readonly Input[]> {
  if (names.includes(STDIN)) {
    if (names.length > 1) throw new UsageError("- stands for standard input and must be the only name");
    return [{ file: path.join(io.cwd, STDIN_NAME), text: await readAll(io.stdin), found: false }];
  }
  const inputs = new Map<string, Input>();
  for (const name of names.length === 0 ? ["."] : names)
    for (const input of await inputsAt(path.resolve(io.cwd, name)))
      if (inputs.get(input.file)?.found !== false) inputs.set(input.file, input);
  return [...inputs.values()];
}

async function inputsAt(place: string): Promise<readonly Input[]> {
  if (!(await isFolder(place))) return [{ file: place, found: false }];
  return (await findManifests(place)).map((file) => ({ file, found: true }));
}

/** Of what is not there reading says what is wrong. */
async function isFolder(place: string): Promise<boolean> {
  try {
    return (await stat(place)).isDirectory();
  } catch {
    return false;
  }
}
