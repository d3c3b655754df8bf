import { pathEdits } from "@labscape/topology";
import type { FileOperationRegistrationOptions, RenameFilesParams, WorkspaceEdit } from "vscode-languageserver";
import { guard, type Feature } from "../context.js";
import { toWorkspaceEdit, type LabEdits } from "../locations.js";
import { canonicalUri, movedUri, pathLike, resolvePath } from "../uri.js";

const ANYTHING: FileOperationRegistrationOptions = { filters: [{ pattern: { glob: "**/*" } }] };

/**
 * When files or folders are renamed in the editor, the paths in manifests follow: those that lead to what moves, and those
 * in a manifest that moves itself.
 */
export const willRenameFiles: Feature = {
  capabilities: (client) =>
    client.workspace?.fileOperations?.willRename === true
      ? { workspace: { fileOperations: { willRename: ANYTHING } } }
      : {},
  register(context) {
    context.connection.workspace.onWillRenameFiles(
      guard<RenameFilesParams, WorkspaceEdit | null, never>(
        context,
        "Renaming of files",
        null,
        async ({ files }, token) => {
          const { workspace, pause } = context;
          const { home } = workspace.files;
          const moves = files.map(({ oldUri, newUri }) => ({ from: canonicalUri(oldUri), to: canonicalUri(newUri) }));
          const moved = (file: string): string => {
            for (const { from, to } of moves) {
              const found = movedUri(file, from, to);
              if (found !== undefined) return found;
            }
            return file;
          };
          const parts: LabEdits[] = [];
          for (const file of workspace.filesNaming((named) => moved(named) !== named)) {
            await pause();
            if (token.isCancellationRequested) return null;
            const document = await workspace.load(file);
            if (document === null) continue;
            const lab = await workspace.lab(document);
            const edits = pathEdits(lab.analysis, (path) => {
              const target = resolvePath(path, file, home);
              if (target === undefined || resolvePath(path, moved(file), home) === moved(target)) return undefined;
              return pathLike(path, moved(file), moved(target), home);
            });
            if (edits.length > 0) parts.push({ lab, edits });
          }
          return parts.length === 0 ? null : toWorkspaceEdit(workspace, parts);
        },
      ),
    );
  },
};
