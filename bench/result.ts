/** What one benchmark found, as a line of the table. Amounts of one result have one unit. */
export interface Result {
  readonly what: string;
  readonly unit: "ms" | "MB" | "1/s";
  readonly figure: number;
  /** What the figure should keep to. */
  readonly budget?: number;
  /** The same work by others, the one to compare with first. */
  readonly peers?: readonly Peer[];
  /** How many times the first peer's amount the figure may be. */
  readonly timesPeer?: number;
}

export interface Peer {
  readonly name: string;
  readonly figure: number;
}

/**
 * The default export of each file in `bench/lines`: measures for some seconds and gives lines of the table. Says with `SkipLine`
 * that it cannot be measured here.
 */
export type Measure = () => Promise<readonly Result[]> | readonly Result[];

/** Thrown by a line that cannot be measured on this machine; the message says why. */
export class SkipLine extends Error {
  override readonly name = "SkipLine";
}
