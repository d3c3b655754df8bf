/** The language client with the server in a worker. */
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser.js";
import { clientOptions, startWith, type StartLanguage } from "./language.js";

declare global {
  /** What is used of a browser's workers; their type is that of the browser's library, which the other parts do not have. */
  interface Worker {
    terminate(): void;
  }
}
declare const Worker: new (address: string) => Worker;

export const startLanguage: StartLanguage = async (setting) => {
  const script = vscode.Uri.joinPath(setting.extension, "dist", "server.browser.js");
  const worker = new Worker(script.toString(true));
  const client = new LanguageClient("labscape", "Labscape", clientOptions(setting), worker);
  const language = await startWith(client, setting);
  return {
    ...language,
    async stop() {
      await language.stop();
      worker.terminate();
    },
  };
};
