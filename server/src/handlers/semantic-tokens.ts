import { semanticTokens as tokensOf, type SemanticToken } from "@labscape/topology";
import { SemanticTokensBuilder, type SemanticTokens, type SemanticTokensParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";

const TYPES: readonly SemanticToken["type"][] = [
  "class",
  "variable",
  "property",
  "namespace",
  "string",
  "number",
  "enumMember",
];
const MODIFIERS: readonly SemanticToken["modifiers"][number][] = ["declaration", "deprecated"];

export const semanticTokens: Feature = {
  capabilities: () => ({
    semanticTokensProvider: { legend: { tokenTypes: [...TYPES], tokenModifiers: [...MODIFIERS] }, full: true },
  }),
  register(context) {
    context.connection.languages.semanticTokens.on(
      answer<SemanticTokensParams, SemanticTokens>(context, "Semantic tokens", { data: [] }, ({ document, alone }) => {
        const builder = new SemanticTokensBuilder();
        for (const { range, type, modifiers } of tokensOf(alone)) {
          const { line, character } = document.text.positionAt(range.start);
          const bits = modifiers.reduce((sum, modifier) => sum | (1 << MODIFIERS.indexOf(modifier)), 0);
          builder.push(line, character, range.end - range.start, TYPES.indexOf(type), bits);
        }
        return builder.build();
      }),
    );
  },
};
