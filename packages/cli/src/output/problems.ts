import type { LabError } from "@labscape/lab";
import { colours, printError, type Io } from "../io.js";

/** An error on standard error: what went wrong, its code, and what to do next. */
export function printProblem(io: Io, { message, code, mend }: LabError): void {
  const chalk = colours(io, "stderr");
  printError(io, `${chalk.red("error:")} ${message} ${chalk.dim(`[${code}]`)}${mend === "" ? "" : `\n${mend}`}`);
}
