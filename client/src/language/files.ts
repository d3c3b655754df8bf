import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { isRecord } from "./shapes.js";

const READ_FILE = "labscape/readFile";
const READ_FOLDER = "labscape/readFolder";

/** A longer file is no manifest that a person wrote, and would only fill the memory. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** Answers the server's questions for files that are on no disk of its own: those of virtual workspaces, in a browser all. */
export function answerFiles(client: BaseLanguageClient): void {
  client.onRequest(READ_FILE, (params: unknown) => answer(params, readText));
  client.onRequest(READ_FOLDER, (params: unknown) => answer(params, readFolder));
}

/** Null where there is nothing of that kind. */
async function answer<T>(params: unknown, read: (uri: vscode.Uri) => Promise<T | null>): Promise<T | null> {
  if (!isRecord(params) || typeof params["uri"] !== "string") return null;
  try {
    return await read(vscode.Uri.parse(params["uri"], true));
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return null;
    throw error;
  }
}

async function readText(file: vscode.Uri): Promise<string | null> {
  const { type, size } = await vscode.workspace.fs.stat(file);
  if ((type & vscode.FileType.File) === 0 || size > MAX_FILE_BYTES) return null;
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}

async function readFolder(
  folder: vscode.Uri,
): Promise<readonly { readonly name: string; readonly folder: boolean; readonly link: boolean }[]> {
  const { Directory, SymbolicLink } = vscode.FileType;
  const entries = await vscode.workspace.fs.readDirectory(folder);
  return entries.map(([name, type]) => ({
    name,
    folder: (type & Directory) !== 0,
    link: (type & SymbolicLink) !== 0,
  }));
}
