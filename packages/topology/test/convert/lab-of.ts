import type { ResolvedLab } from "@labscape/topology";
import { analyzeText } from "../support/analyze.js";

/** What a text means: the lab without the places where it is written. */
export function labOf(text: string): unknown {
  return withoutPlaces(analyzeText(text).lab);
}

export function withoutPlaces(lab: ResolvedLab): unknown {
  return JSON.parse(
    JSON.stringify(lab, (key, value: unknown) => (key === "at" || key === "nameAt" ? undefined : value)),
  );
}
