import type { Problem } from "./events.js";

/** An error of the engine, with the next step for the user. */
export class LabError extends Error {
  override readonly name = "LabError";
  readonly code: string;
  readonly mend: string;

  constructor(code: string, message: string, mend = "", options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.mend = mend;
  }

  get problem(): Problem {
    return { code: this.code, message: this.message, mend: this.mend };
  }
}
