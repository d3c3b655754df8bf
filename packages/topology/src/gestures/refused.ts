import type { Refusal, RefusalCode } from "./gesture.js";

/** Ends a gesture that cannot be made. Caught where gestures are applied; nobody else sees it. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.name = "Refused";
    this.refusal = { code, message };
  }
}

/** @throws Refused unless a change found its place */
export function placed(found: boolean): void {
  if (!found) throw unreadable();
}

export function unreadable(): Refused {
  return new Refused("unreadable", "The text where this would be written cannot be read as it stands. Mend it first.");
}
