import { RequestType, type Connection } from "vscode-languageserver";
import { canonicalUri } from "../uri.js";
import type { FileAccess } from "./file-access.js";

export interface ReadFileParams {
  readonly uri: string;
}

/** The client is asked for the text of a file. Null: there is no such file, or it is no text. */
export const ReadFileRequest = new RequestType<ReadFileParams, string | null, void>("labscape/readFile");

export interface ListManifestsParams {
  /** URI of a folder. */
  readonly folder: string;
}

/** The client is asked for the files of a folder, and of the folders in it, that may be manifests by their name: URIs. */
export const ListManifestsRequest = new RequestType<ListManifestsParams, readonly string[], void>(
  "labscape/listManifests",
);

/** Files through the client, for a server that has no disk: in a browser, or for a workspace that is none. */
export function clientFiles(connection: Connection): FileAccess {
  return {
    async read(file) {
      try {
        const text: unknown = await connection.sendRequest(ReadFileRequest, { uri: file });
        return typeof text === "string" ? text : undefined;
      } catch (error) {
        connection.console.warn(`The client cannot read ${file}: ${String(error)}`);
        return undefined;
      }
    },
    async *list(folder, signal) {
      const files: unknown = await connection.sendRequest(ListManifestsRequest, { folder });
      if (!Array.isArray(files)) return;
      for (const file of files) {
        if (signal.aborted) return;
        if (typeof file === "string") yield canonicalUri(file);
      }
    },
  };
}
