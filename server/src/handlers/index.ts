import type { Feature } from "../context.js";
import { codeActions } from "./code-actions.js";
import { codeLens } from "./code-lens.js";
import { completion } from "./completion.js";
import { definition } from "./definition.js";
import { diagram } from "./diagram.js";
import { documentHighlights } from "./document-highlights.js";
import { documentLinks } from "./document-links.js";
import { documentSymbols } from "./document-symbols.js";
import { folding } from "./folding.js";
import { hover } from "./hover.js";
import { inlayHints } from "./inlay-hints.js";
import { references } from "./references.js";
import { rename } from "./rename.js";
import { selectionRanges } from "./selection-ranges.js";
import { semanticTokens } from "./semantic-tokens.js";

/** Everything that the server answers, besides diagnostics. */
export const features: readonly Feature[] = [
  codeActions,
  codeLens,
  completion,
  definition,
  diagram,
  documentHighlights,
  documentLinks,
  documentSymbols,
  folding,
  hover,
  inlayHints,
  references,
  rename,
  selectionRanges,
  semanticTokens,
];
