import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { modelFolders } from "@labscape/topology";
import type { ModelPlaces } from "../model-reader.js";
import { canonicalUri } from "../uri.js";

/** The folders of device models of this machine's users. */
export const diskModelFolders: ModelPlaces = (roots, named) => {
  const workspaces = roots.filter((root) => root.startsWith("file:")).map((root) => fileURLToPath(root));
  return modelFolders({ workspaces, named, environment: process.env, windows: process.platform === "win32" })
    .map((folder) => path.resolve(workspaces[0] ?? ".", folder))
    .map((folder) => canonicalUri(pathToFileURL(folder).href));
};
