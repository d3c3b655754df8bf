import type { FileOperationRegistrationOptions, ServerCapabilities } from "vscode-languageserver";
import type { ServerContext } from "../context.js";
import { canonicalUri, movedUri } from "../uri.js";

const FOLDERS: FileOperationRegistrationOptions = { filters: [{ pattern: { glob: "**/*", matches: "folder" } }] };

/**
 * Folders that are renamed or deleted in the editor. Watchers tell of the folder only, not of the files in it.
 * @param fileChanged told of each known file in such a folder.
 */
export function fileOperations(
  { connection, client, workspace }: ServerContext,
  fileChanged: (file: string) => void,
): Partial<ServerCapabilities> {
  const can = client.workspace?.fileOperations;
  const gone = (uri: string): void => {
    const folder = canonicalUri(uri).replace(/\/$/, "");
    for (const file of workspace.filesNaming(() => true))
      if (movedUri(file, folder, "") !== undefined) fileChanged(file);
  };
  if (can?.didRename === true)
    connection.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        const [from, to] = [canonicalUri(oldUri), canonicalUri(newUri)];
        const there = [...workspace.filesNaming(() => true)].flatMap((file) => movedUri(file, from, to) ?? []);
        gone(oldUri);
        there.forEach(fileChanged);
      }
    });
  if (can?.didDelete === true)
    connection.workspace.onDidDeleteFiles(({ files }) => files.forEach(({ uri }) => gone(uri)));
  return {
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      ...((can?.didRename === true || can?.didDelete === true) && {
        fileOperations: {
          ...(can.didRename === true && { didRename: FOLDERS }),
          ...(can.didDelete === true && { didDelete: FOLDERS }),
        },
      }),
    },
  };
}
