export type { AttachOptions, ConsoleHub } from "./console-hub.js";
export { readLogTail, serialConsoles } from "./console-log.js";
export type { ConsoleState, ConsoleViewer } from "./console-viewer.js";
export { consoleHub } from "./hubs.js";
export { openConsole, type OpenConsoleOptions } from "./open-console.js";
