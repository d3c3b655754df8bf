import { openHost, type Host } from "@labscape/lab";
import type { Io } from "./io.js";

/** Options that every command has that talks to a host. */
export interface HostOptions {
  readonly connect?: string;
}

/** `--connect` wins over LABSCAPE_URI, that over the manifest; undefined: whatever answers here. */
export function hostUri(io: Io, options: HostOptions, manifestUri: string | undefined): string | undefined {
  const fromEnvironment = io.env["LABSCAPE_URI"] === "" ? undefined : io.env["LABSCAPE_URI"];
  return options.connect ?? fromEnvironment ?? manifestUri;
}

/** Opens the connection for one command and closes it whatever happens. */
export async function withHost<T>(
  io: Io,
  options: HostOptions,
  manifestUri: string | undefined,
  use: (host: Host) => Promise<T>,
): Promise<T> {
  const uri = hostUri(io, options, manifestUri);
  const host = await openHost({ ...(uri === undefined ? {} : { uri }), signal: io.signal });
  try {
    return await use(host);
  } finally {
    await host.close();
  }
}
