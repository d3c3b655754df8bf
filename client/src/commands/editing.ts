import * as vscode from "vscode";
import type { Editing } from "../editing.js";
import { askForManifest } from "../manifests.js";
import { newLab } from "../new-lab/new-lab.js";
import { copyMermaid, savePicture } from "../preview/save.js";
import { EDITING_COMMANDS, type EditingCommand } from "./names.js";
import { registerAll, type Handler } from "./register.js";

/** The commands that edit and draw. Those that are about a manifest take its URI, or find it themselves. */
export function registerEditingCommands(extension: vscode.Extension<unknown>, editing: Editing): vscode.Disposable[] {
  const { log, previews, canvases, markdown, sourceOf, language } = editing;

  const aboutManifest =
    (run: (manifest: vscode.Uri) => Promise<void>): Handler =>
    async (argument) => {
      const manifest = await askForManifest(argument, editing.pictured);
      if (manifest !== undefined) await run(manifest);
    };

  const handlers: Readonly<Record<EditingCommand, Handler>> = {
    openPreview: aboutManifest((manifest) => previews.open(manifest)),
    openCanvas: aboutManifest((manifest) => canvases.open(manifest)),
    copyMermaid: aboutManifest(async (manifest) => copyMermaid(await sourceOf(manifest))),
    savePicture: aboutManifest(async (manifest) => {
      if (previews.of(manifest) === undefined) await previews.open(manifest);
      const preview = previews.of(manifest);
      if (preview !== undefined) await savePicture(preview);
    }),
    insertDiagram: () => markdown.insert(),
    newLab: async () => newLab(await language()),
    walkthrough: () =>
      vscode.commands.executeCommand("workbench.action.openWalkthrough", `${extension.id}#labscape.start`, false),
    showLog: () => log.show(),
  };
  return registerAll(log, EDITING_COMMANDS, (name) => handlers[name]);
}
