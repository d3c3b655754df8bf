import { definition as definitionAt, modelDefinition } from "@labscape/topology";
import type { DefinitionParams, Location } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";
import { toLocations } from "../locations.js";

export const definition: Feature = {
  capabilities: () => ({ definitionProvider: true }),
  register(context) {
    context.connection.onDefinition(
      answer<DefinitionParams, Location[]>(
        context,
        "Definition",
        [],
        (view, { position }) =>
          toLocations(context.workspace, definitionAt(view.analysis, view.offsetAt(position)), view.lab),
        ({ document, model }, { position }) =>
          toLocations(context.workspace, modelDefinition(model, document.offsetAt(position))),
      ),
    );
  },
};
