import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";
import { Chalk, type ChalkInstance } from "chalk";

/** The terminal, or whatever stands in its place: the only way in which commands talk to the outside. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Folders of device models that `--models` names. */
  readonly modelFolders?: readonly string[];
  /** Fires with Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Colours for this stream: none when it is not a terminal or NO_COLOR asks for none. */
export function colours(io: Io, stream: "stdout" | "stderr" = "stdout"): ChalkInstance {
  const plain = io[stream].isTTY !== true || (io.env["NO_COLOR"] ?? "") !== "";
  return new Chalk({ level: plain ? 0 : 1 });
}

export function print(io: Io, text: string): void {
  io.stdout.write(`${text}\n`);
}

/** One JSON document, indented for people who read it. */
export function printJson(io: Io, value: unknown): void {
  print(io, JSON.stringify(value, undefined, 2));
}

/** One JSON document on one line, for a stream of them. */
export function printJsonLine(io: Io, value: unknown): void {
  print(io, JSON.stringify(value));
}

export function printError(io: Io, text: string): void {
  io.stderr.write(`${text}\n`);
}

/** Asks for a line on the terminal. Undefined without a terminal: the caller tells which option to give instead. */
export async function ask(io: Io, question: string): Promise<string | undefined> {
  if (io.stdin.isTTY !== true || io.stdout.isTTY !== true) return undefined;
  const terminal = createInterface({ input: io.stdin, output: io.stdout });
  try {
    return (await terminal.question(`${question} `, { signal: io.signal })).trim();
  } finally {
    terminal.close();
  }
}

/** Asks on the terminal. Without a terminal the answer is undefined: the caller tells which option to give instead. */
export async function confirm(io: Io, question: string): Promise<boolean | undefined> {
  const answer = await ask(io, `${question} [y/N]`);
  return answer === undefined ? undefined : /^y(es)?$/i.test(answer);
}
