import { RequestType, type Connection } from "vscode-languageserver";
import { isRecord } from "../shapes.js";
import type { Entry, FileAccess } from "./file-access.js";

export interface ReadFileParams {
  readonly uri: string;
}

/** The client is asked for the text of a file. Null: there is no such file, or it is no text. */
export const ReadFileRequest = new RequestType<ReadFileParams, string | null, void>("labscape/readFile");

export interface ReadFolderParams {
  readonly uri: string;
}

/** The client is asked what a folder holds. Null: there is no such folder. */
export const ReadFolderRequest = new RequestType<ReadFolderParams, readonly Entry[] | null, void>(
  "labscape/readFolder",
);

/** Files through the client, for a server that has no disk: in a browser, or for a workspace that is none. */
export function clientFiles(connection: Connection): FileAccess {
  const ask = async (request: string, uri: string): Promise<unknown> => {
    try {
      return await connection.sendRequest<unknown>(request, { uri });
    } catch (error) {
      connection.console.warn(`The client cannot read ${uri}: ${String(error)}`);
      return undefined;
    }
  };
  return {
    async read(file) {
      const text = await ask(ReadFileRequest.method, file);
      return typeof text === "string" ? text : undefined;
    },
    async entries(folder) {
      const entries = await ask(ReadFolderRequest.method, folder);
      return Array.isArray(entries) ? entries.filter(isEntry) : undefined;
    },
  };
}

function isEntry(value: unknown): value is Entry {
  return isRecord(value) && typeof value["name"] === "string" && typeof value["folder"] === "boolean";
}
