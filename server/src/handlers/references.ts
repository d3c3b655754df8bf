import { references as referencesAt } from "@labscape/topology";
import type { Location, ReferenceParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";
import { toLocations } from "../locations.js";
import { labsNaming } from "../workspace/labs-naming.js";

export const references: Feature = {
  capabilities: () => ({ referencesProvider: true }),
  register(context) {
    context.connection.onReferences(
      answer<ReferenceParams, Location[]>(context, "References", [], async (view, params) => {
        const { includeDeclaration: declaration } = params.context;
        const found = new Map<string, Location>();
        for (const { lab, offset } of await labsNaming(view, view.offsetAt(params.position))) {
          const places = toLocations(view.workspace, referencesAt(lab.analysis, offset, { declaration }), lab);
          for (const place of places) found.set(JSON.stringify(place), place);
        }
        return [...found.values()];
      }),
    );
  },
};
