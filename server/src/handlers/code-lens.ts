import { codeLenses, type CodeLens as LabLens } from "@labscape/topology";
import type { CodeLens, CodeLensParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";

const OFFERS: Readonly<Record<LabLens["action"], { readonly title: string; readonly command: string }>> = {
  deploy: { title: "Deploy", command: "labscape.deploy" },
  plan: { title: "Plan", command: "labscape.plan" },
  destroy: { title: "Destroy", command: "labscape.destroy" },
  preview: { title: "Preview", command: "labscape.openPreview" },
  console: { title: "Console", command: "labscape.openConsole" },
};

/** Only for clients that have the commands. Their arguments: the document's URI, and for a console the node's name. */
export const codeLens: Feature = {
  capabilities: (_client, { codeLenses: wanted }) => (wanted ? { codeLensProvider: {} } : {}),
  register(context) {
    if (!context.options.codeLenses) return;
    context.connection.onCodeLens(
      answer<CodeLensParams, CodeLens[]>(context, "Code lenses", [], (view) =>
        // A part that labs include is nothing to deploy by itself.
        (view.isRoot ? codeLenses(view.analysis) : []).map(({ range, action, node }) => ({
          range: view.range(range),
          command: { ...OFFERS[action], arguments: [view.document.uri, ...(node === undefined ? [] : [node])] },
        })),
      ),
    );
  },
};
