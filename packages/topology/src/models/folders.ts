/** Folder of a workspace that holds models of its own. */
export const MODELS_FOLDER = ".labscape/models";

/** Where users' models may lie on a machine. */
export interface ModelPlaces {
  /** Folders that hold {@link MODELS_FOLDER}: the roots of an editor's workspace, or the one above a manifest. */
  readonly workspaces: readonly string[];
  /** Folders that the user names, by setting or option; `~/` is the home folder. The last one wins. */
  readonly named: readonly string[];
  /** `HOME`, `XDG_CONFIG_HOME`, on Windows `USERPROFILE` and `APPDATA`; `LABSCAPE_MODELS`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly windows: boolean;
}

/** The folders of users' models in rising precedence: the user's, the workspace's, those named by environment and setting. */
export function modelFolders({ workspaces, named, environment, windows }: ModelPlaces): readonly string[] {
  const configuration = userConfiguration(environment, windows);
  const listed = (environment["LABSCAPE_MODELS"] ?? "").split(windows ? ";" : ":");
  const all = [
    ...(configuration === undefined ? [] : [`${configuration}/labscape/models`]),
    ...workspaces.map((folder) => `${folder.replace(/[/\\]$/, "")}/${MODELS_FOLDER}`),
    ...listed.filter((folder) => folder !== ""),
    ...named.map((folder) => folder.replace(/^~(?=[/\\])/, environment[windows ? "USERPROFILE" : "HOME"] ?? "~")),
  ];
  // A folder that is named twice keeps its highest place.
  return all.filter((folder, index) => all.lastIndexOf(folder) === index);
}

/** https://specifications.freedesktop.org/basedir-spec/latest/; on Windows the roaming application data. */
function userConfiguration(environment: ModelPlaces["environment"], windows: boolean): string | undefined {
  if (windows) return filled(environment["APPDATA"]);
  const home = filled(environment["HOME"]);
  return filled(environment["XDG_CONFIG_HOME"]) ?? (home === undefined ? undefined : `${home}/.config`);
}

function filled(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
