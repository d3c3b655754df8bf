import { applyGesture, readGesture, type Analysis, type Gesture } from "@labscape/topology";
import { ErrorCodes, ResponseError } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";
import { GestureRequest, type GestureAnswer, type GestureParams } from "../canvas-protocol.js";
import { toWorkspaceEdit } from "../locations.js";
import type { View } from "../workspace/view.js";
import { renameEverywhere } from "./rename.js";

/** What somebody did on a canvas, as an edit of the lab's files. */
export const gesture: Feature = {
  capabilities: () => ({ experimental: { labscapeGesture: true } }),
  register(context) {
    context.connection.onRequest(
      GestureRequest,
      answer<GestureParams, GestureAnswer | null>(
        context,
        "Gesture",
        null,
        (view, { textDocument, gesture: asked }) => {
          const read = readGesture(asked);
          if (read === undefined) throw new ResponseError(ErrorCodes.InvalidParams, "This is no gesture.");
          return textDocument.version === (view.document.version ?? 0) ? answerGesture(view, read) : outdated;
        },
      ),
    );
  },
};

const outdated: GestureAnswer = {
  refusal: {
    code: "outdated",
    message: "The manifest has changed in the meantime. Look at the new picture and try again.",
  },
};

async function answerGesture(view: View, asked: Gesture): Promise<GestureAnswer> {
  const { analysis, lab, workspace } = view;
  const result = applyGesture(analysis, asked);
  if ("refusal" in result) return result;
  const { edits, made } = result;
  const at = asked.kind === "rename" ? declarationOf(analysis, asked) : undefined;
  if (asked.kind !== "rename" || at === undefined) return { edit: toWorkspaceEdit(workspace, [{ lab, edits }]), made };
  // Other labs may include the file that declares it.
  const renamed = await renameEverywhere(view, at, asked.to);
  if ("problem" in renamed) return { refusal: { code: "taken", message: renamed.problem } };
  return { edit: toWorkspaceEdit(workspace, renamed.parts), made };
}

/** Where the thing that is to be renamed has its name. */
function declarationOf({ manifest }: Analysis, asked: Extract<Gesture, { kind: "rename" }>): number | undefined {
  if ("node" in asked) return manifest.nodesByName.get(asked.node)?.name?.range.start;
  if ("group" in asked) return manifest.groups.get(asked.group)?.name.range.start;
  return manifest.bridges.find(({ name }) => name?.value === asked.bridge)?.name?.range.start;
}
