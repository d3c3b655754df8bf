/** What a client may tell at the start, in `initializationOptions`. Every option is optional; unknown ones are ignored. */
export interface ClientOptions {
  /** Whether the client has the commands behind the code lenses (`labscape.deploy` and so on). */
  readonly codeLenses: boolean;
  /** URI of the folder with one page a check, for links from diagnostics; without it there are none. */
  readonly checksFolder?: string;
}

export function readClientOptions(value: unknown): ClientOptions {
  const options = isRecord(value) ? value : {};
  const folder = options["checksFolder"];
  return {
    codeLenses: options["codeLenses"] === true,
    ...(typeof folder === "string" ? { checksFolder: folder.replace(/\/$/, "") } : {}),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
