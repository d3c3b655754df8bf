import type { LabEvent } from "../events.js";

/** How far a step is that takes longer. */
export type Progress = Pick<Extract<LabEvent, { type: "step-progress" }>, "done" | "total" | "unit">;

export type OnProgress = (progress: Progress) => void;
