import { isRecord } from "./shapes.js";

/** What a client may tell at the start, in `initializationOptions`. Every option is optional. */
export interface ClientOptions {
  /** Whether the client has the commands behind the code lenses (`labscape.deploy` and so on). */
  readonly codeLenses: boolean;
  /** Whether the client answers the requests `labscape/readFile` and `labscape/readFolder`. */
  readonly files: boolean;
  /** URI of the folder with one page a check, for links from diagnostics; without it there are none. */
  readonly checksFolder?: string;
}

/** What is not understood is left at its default and reported, one sentence each. */
export function readClientOptions(value: unknown): {
  readonly options: ClientOptions;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const given = isRecord(value) ? value : {};
  if (value !== undefined && value !== null && !isRecord(value))
    problems.push("initializationOptions must be an object; it is left aside.");
  const flag = (name: string): boolean => {
    const wanted = given[name];
    if (wanted !== undefined && typeof wanted !== "boolean")
      problems.push(`initializationOptions.${name} must be true or false; it is taken as false.`);
    return wanted === true;
  };
  const folder = given["checksFolder"];
  if (folder !== undefined && typeof folder !== "string")
    problems.push("initializationOptions.checksFolder must be a URI; there are no links to pages.");
  for (const name of Object.keys(given))
    if (!["codeLenses", "files", "checksFolder"].includes(name))
      problems.push(`initializationOptions.${name} is not known.`);
  return {
    options: {
      codeLenses: flag("codeLenses"),
      files: flag("files"),
      ...(typeof folder === "string" ? { checksFolder: folder.replace(/\/$/, "") } : {}),
    },
    problems,
  };
}
