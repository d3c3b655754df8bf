import { analyze, labTemplates } from "@labscape/topology";
import { ErrorCodes, ResponseError } from "vscode-languageserver";
import { guard, type Feature } from "../context.js";
import { NewLabRequest, TemplatesRequest, type NewLab, type NewLabParams, type Template } from "../lab-protocol.js";

/** Manifests to begin with. Nothing is written: the client has the files. */
export const newLab: Feature = {
  capabilities: () => ({ experimental: { labscapeNewLab: true } }),
  register(context) {
    const { connection } = context;
    connection.onRequest(TemplatesRequest, (): readonly Template[] =>
      labTemplates.map(({ name, description }) => ({ name, description })),
    );
    connection.onRequest(
      NewLabRequest,
      guard<NewLabParams, NewLab>(context, "New lab", { problem: "" }, ({ template, name }) => {
        const chosen = labTemplates.find((one) => one.name === template);
        if (chosen === undefined)
          throw new ResponseError(ErrorCodes.InvalidParams, `There is no template ${template}.`);
        const text = chosen.manifest(name);
        const { catalogue } = context.workspace;
        const [finding] = analyze(text, { file: `${name}.lab.toml`, catalogue }).findings;
        return finding === undefined ? { text } : { problem: finding.message };
      }),
    );
  },
};
