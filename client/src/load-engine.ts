import type * as engine from "./engine/index.js";

export type Engine = typeof engine;
/** Loads the engine's bundle at the first call. */
export type LoadEngine = () => Promise<Engine>;

export const loadEngine: LoadEngine = () => import("./engine/index.js");
