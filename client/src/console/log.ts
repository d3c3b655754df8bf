import { createWriteStream, type WriteStream } from "node:fs";
import { once } from "node:events";

/** Sequences by which a terminal moves, colours and titles. In a file for people they are noise. */
const SEQUENCES = new RegExp(
  ["\\[[0-?]*[ -/]*[@-~]", "\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)", "[()*+][0-9A-Za-z]", "[@-OQ-Z\\\\^_=>78]"]
    .map((sequence) => `\\u001b${sequence}`)
    .join("|"),
  "g",
);

/** What a console says, in a file. */
export class ConsoleLog {
  readonly file: string;
  readonly #stream: WriteStream;
  #held = "";

  private constructor(file: string, stream: WriteStream) {
    this.file = file;
    this.#stream = stream;
  }

  /** Appends to the file. @throws Error when it cannot be written; `onError` hears of later failures. */
  static async open(file: string, onError: (error: Error) => void): Promise<ConsoleLog> {
    const stream = createWriteStream(file, { flags: "a" });
    await once(stream, "open");
    stream.on("error", onError);
    return new ConsoleLog(file, stream);
  }

  write(text: string): void {
    const { plain, rest } = plainText(this.#held + text);
    this.#held = rest;
    this.#stream.write(plain);
  }

  async close(): Promise<void> {
    this.#stream.end(this.#held);
    await once(this.#stream, "close");
  }
}

/** Text without what steers a terminal. `rest`: the beginning of a sequence whose end has not come yet. */
export function plainText(text: string): { readonly plain: string; readonly rest: string } {
  const last = text.lastIndexOf("\u001b");
  const begun = last !== -1 && text.length - last < 64 && text.slice(last).replace(SEQUENCES, "").startsWith("\u001b");
  const whole = begun ? text.slice(0, last) : text;
  return { plain: whole.replace(SEQUENCES, "").replaceAll("\r", ""), rest: begun ? text.slice(last) : "" };
}
