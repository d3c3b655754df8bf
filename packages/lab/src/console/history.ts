/** Bytes of a console's past that viewers get when they come. */
export const HISTORY_SIZE = 256 * 1024;
/** Bytes at the end of what was seen by which its place in the log is found again. */
const LANDMARK_SIZE = 1024;

/** The last bytes that a console said. */
export class History {
  #chunks: Buffer[] = [];
  #size = 0;

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    for (let oldest = this.#chunks[0]; oldest !== undefined; oldest = this.#chunks[0]) {
      if (this.#size - oldest.length < HISTORY_SIZE) break;
      this.#chunks.shift();
      this.#size -= oldest.length;
    }
  }

  clear(): void {
    this.#chunks = [];
    this.#size = 0;
  }

  bytes(): Buffer {
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all.subarray(Math.max(0, all.length - HISTORY_SIZE));
  }
}

/**
 * What a console said while nobody listened, from the log that it is written to as well.
 *
 * @param log the end of the log, read after the stream was opened.
 * @param seen what had come before the stream was opened; empty for nothing.
 * @param early what has come from the stream since it was opened: the log may end anywhere in it.
 * @returns everything after `seen`, up to and with `early`.
 */
export function missedOutput(log: Buffer, seen: Buffer, early: Buffer): Buffer {
  const landmark = seen.subarray(Math.max(0, seen.length - LANDMARK_SIZE));
  const known = landmark.length === 0 ? -1 : log.lastIndexOf(landmark);
  const unseen = known === -1 ? log : log.subarray(known + landmark.length);
  let overlap = Math.min(unseen.length, early.length);
  while (overlap > 0 && !unseen.subarray(unseen.length - overlap).equals(early.subarray(0, overlap))) overlap--;
  return Buffer.concat([unseen, early.subarray(overlap)]);
}
