import type { ServerContext } from "./context.js";
import { PartsNotification } from "./protocol.js";

/** Keeps the client informed of the files that manifests include. Of many changes that come together it hears once. */
export function tellParts({ connection, workspace, pause, ending, failed }: ServerContext): void {
  let told = "[]";
  let telling = false;

  async function tell(): Promise<void> {
    await pause();
    telling = false;
    const uris = workspace.parts;
    const text = JSON.stringify(uris);
    if (text === told || ending.aborted) return;
    told = text;
    await connection.sendNotification(PartsNotification, { uris });
  }

  workspace.onPartsChanged(() => {
    if (telling) return;
    telling = true;
    tell().catch((error: unknown) => failed("Telling of included files", error));
  });
}
