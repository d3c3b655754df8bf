import { applyGesture, type Gesture, type GestureResult, type Selection } from "@labscape/topology";
import { analyzeText } from "../support/analyze.js";
import { applyEdits } from "../support/features.js";
import { analyzeFiles } from "../support/files.js";

export interface Made {
  readonly text: string;
  readonly made: Selection;
}

/** The text after a gesture, and what it made. */
export function gestureOn(text: string, gesture: Gesture): Made {
  const result = applyGesture(analyzeText(text), gesture);
  if ("refusal" in result) throw new Error(`${result.refusal.code}: ${result.refusal.message}`);
  return { text: applyEdits(text, result.edits), made: result.made };
}

/** The text after a gesture, or the code of its refusal in brackets. */
export function after(text: string, gesture: Gesture): string {
  const result = applyGesture(analyzeText(text), gesture);
  return "refusal" in result ? `(${result.refusal.code})` : applyEdits(text, result.edits);
}

/** The files of a text of several (see support/files.ts) after a gesture, written as such a text. */
export function afterInFiles(text: string, gesture: Gesture): string {
  const { analysis, files } = analyzeFiles(text);
  const result: GestureResult = applyGesture(analysis, gesture);
  if ("refusal" in result) throw new Error(result.refusal.message);
  return [...files]
    .map(([file, marked], index) => {
      const changed = applyEdits(
        marked.text,
        result.edits.filter((edit) => edit.file === file),
      );
      return index === 0 ? changed : `#- ${file.replace("/labs/", "")}\n${changed}`;
    })
    .join("");
}
