import { definition as definitionAt } from "@labscape/topology";
import type { DefinitionParams, Location } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";
import { toLocations } from "../locations.js";

export const definition: Feature = {
  capabilities: () => ({ definitionProvider: true }),
  register(context) {
    context.connection.onDefinition(
      answer<DefinitionParams, Location[]>(context, "Definition", [], (view, { position }) =>
        toLocations(view.workspace, view.lab, definitionAt(view.analysis, view.offsetAt(position))),
      ),
    );
  },
};
