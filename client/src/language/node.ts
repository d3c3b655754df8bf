/** The language client with the server as a process. A part of its own because it is heavy; it is loaded after activation. */
import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node.js";
import { clientOptions, startWith, type StartLanguage } from "./language.js";

export const startLanguage: StartLanguage = (setting) => {
  const module = vscode.Uri.joinPath(setting.extension, "dist", "server.cjs").fsPath;
  const server = { module, transport: TransportKind.ipc };
  return startWith(new LanguageClient("labscape", "Labscape", server, clientOptions(setting)), setting);
};
