/** The commands of package.json, without the prefix `labscape.`: those that edit and draw, which work wherever VS Code runs. */
export const EDITING_COMMANDS = [
  "openPreview",
  "openCanvas",
  "copyMermaid",
  "savePicture",
  "insertDiagram",
  "newLab",
  "walkthrough",
  "showLog",
] as const;

/** Those that reach a host. */
export const HOST_COMMANDS = [
  "plan",
  "deploy",
  "destroy",
  "openConsole",
  "openConsoles",
  "sendToConsoles",
  "logConsole",
  "ssh",
  "start",
  "stop",
  "restart",
  "suspend",
  "resume",
  "linkUp",
  "linkDown",
  "copyAddress",
  "revealInManifest",
  "refreshStatus",
  "refreshLabs",
  "doctor",
] as const;

export type EditingCommand = (typeof EDITING_COMMANDS)[number];
export type HostCommand = (typeof HOST_COMMANDS)[number];
