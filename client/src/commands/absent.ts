import type * as vscode from "vscode";
import { tellNoHost } from "../no-host.js";
import { HOST_COMMANDS, type HostCommand } from "./names.js";
import { registerAll, type Handler } from "./register.js";

/** The commands that reach a host, where there is none: each says why, and what to do. */
export function registerAbsentCommands(log: vscode.LogOutputChannel): vscode.Disposable[] {
  const handlers = Object.fromEntries(HOST_COMMANDS.map((name) => [name, () => tellNoHost("browser")]));
  return registerAll<HostCommand>(log, HOST_COMMANDS, handlers as Record<HostCommand, Handler>);
}
