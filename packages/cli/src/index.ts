export { main, runCommand } from "./main.js";
export { Exit, type ExitCode } from "./exit.js";
export type { Io } from "./io.js";
