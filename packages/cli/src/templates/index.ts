import { campus } from "./campus.js";
import { leafSpine } from "./leaf-spine.js";
import { services } from "./services.js";
import type { Template } from "./template.js";
import { triangle } from "./triangle.js";
import { twoNodes } from "./two-nodes.js";

export type { Template } from "./template.js";

/** The first is the one that is taken when none is named. */
export const templates: readonly [Template, ...Template[]] = [twoNodes, triangle, leafSpine, campus, services];
