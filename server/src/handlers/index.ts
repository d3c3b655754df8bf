import type { Feature } from "../context.js";
import { callHierarchy } from "./call-hierarchy.js";
import { canvas } from "./canvas.js";
import { codeActions } from "./code-actions.js";
import { codeLens } from "./code-lens.js";
import { completion } from "./completion.js";
import { definition } from "./definition.js";
import { describe } from "./describe.js";
import { diagram } from "./diagram.js";
import { documentHighlights } from "./document-highlights.js";
import { documentLinks } from "./document-links.js";
import { documentSymbols } from "./document-symbols.js";
import { folding } from "./folding.js";
import { formatting } from "./formatting.js";
import { gesture } from "./gesture.js";
import { hover } from "./hover.js";
import { inlayHints } from "./inlay-hints.js";
import { newLab } from "./new-lab.js";
import { references } from "./references.js";
import { rename } from "./rename.js";
import { selectionRanges } from "./selection-ranges.js";
import { semanticTokens } from "./semantic-tokens.js";
import { willRenameFiles } from "./will-rename-files.js";
import { workspaceSymbols } from "./workspace-symbols.js";

/** Everything that the server answers, besides diagnostics. */
export const features: readonly Feature[] = [
  callHierarchy,
  canvas,
  codeActions,
  codeLens,
  completion,
  definition,
  describe,
  diagram,
  documentHighlights,
  documentLinks,
  documentSymbols,
  folding,
  formatting,
  gesture,
  hover,
  inlayHints,
  newLab,
  references,
  rename,
  selectionRanges,
  semanticTokens,
  willRenameFiles,
  workspaceSymbols,
];
