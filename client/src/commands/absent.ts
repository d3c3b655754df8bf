import type * as vscode from "vscode";
import { tellNoHost } from "../no-host.js";
import { HOST_COMMANDS } from "./names.js";
import { registerAll } from "./register.js";

/** The commands that reach a host, where there is none: each says why, and what to do. */
export function registerAbsentCommands(log: vscode.LogOutputChannel): vscode.Disposable[] {
  return registerAll(log, HOST_COMMANDS, () => () => tellNoHost("browser"));
}
