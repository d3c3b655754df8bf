/** What the process ends with. Scripts rely on these. */
export const Exit = { done: 0, failed: 1, usage: 2, cancelled: 130 } as const;
/** One of {@link Exit}; `ssh` and `exec` end with the status of what they ran. */
export type ExitCode = number;

/** The command line is wrong: told with a hint at `--help`, exit status 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
