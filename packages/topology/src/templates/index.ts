import { campus } from "./campus.js";
import { leafSpine } from "./leaf-spine.js";
import { services } from "./services.js";
import type { LabTemplate } from "./template.js";
import { triangle } from "./triangle.js";
import { twoNodes } from "./two-nodes.js";

export type { LabTemplate } from "./template.js";

/** Labs to begin with. The first is the one that is taken when none is named. */
export const labTemplates: readonly [LabTemplate, ...LabTemplate[]] = [twoNodes, triangle, leafSpine, campus, services];
