import { references as referencesAt } from "@labscape/topology";
import type { Location, ReferenceParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";
import { toLocations } from "../locations.js";

export const references: Feature = {
  capabilities: () => ({ referencesProvider: true }),
  register(context) {
    context.connection.onReferences(
      answer<ReferenceParams, Location[]>(context, "References", [], (document, params) => {
        const offset = document.text.offsetAt(params.position);
        const declaration = params.context.includeDeclaration;
        return toLocations(document, referencesAt(document.analysis(), offset, { declaration }));
      }),
    );
  },
};
