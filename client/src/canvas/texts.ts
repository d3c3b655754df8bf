import * as vscode from "vscode";

export type FrameTexts = ReturnType<typeof frameTexts>;

/** What stands in the page from the start. */
export function frameTexts() {
  return {
    picture: vscode.l10n.t("Topology of the lab"),
    zoomIn: vscode.l10n.t("Zoom in"),
    zoomOut: vscode.l10n.t("Zoom out"),
    fit: vscode.l10n.t("Show the whole lab"),
    find: vscode.l10n.t("Find on the Canvas"),
    arrange: vscode.l10n.t("Arrange"),
    palette: vscode.l10n.t("Device Models"),
    search: vscode.l10n.t("Search device models"),
    togglePalette: vscode.l10n.t("Show or hide the device models"),
    nothing: vscode.l10n.t("An empty lab"),
    how: vscode.l10n.t("Drag a device model here, or find one by its name and press Enter."),
    minimap: vscode.l10n.t("The whole lab in small"),
  };
}

export type PageTexts = ReturnType<typeof pageTexts>;

/** What the page's script says, in the editor's language. It fills `{0}` and `{1}` itself. */
export function pageTexts() {
  return {
    things: vscode.l10n.t("Nodes, bridges and notes of the lab"),
    oneCable: vscode.l10n.t("1 cable"),
    cables: vscode.l10n.t("{0} cables"),
    cableName: vscode.l10n.t("Cable from {0} to {1}"),
    switchedOff: vscode.l10n.t("switched off"),
    bridge: vscode.l10n.t("Bridge"),
    bridgeDetail: vscode.l10n.t("shared segment"),
    externalNetwork: vscode.l10n.t("network of the host: {0}"),
    external: vscode.l10n.t("External Network"),
    externalDetail: vscode.l10n.t("a bridge of the host"),
    note: vscode.l10n.t("Note"),
    noteDetail: vscode.l10n.t("text on the canvas"),
    noteText: vscode.l10n.t("Text of the note. Ctrl+Enter takes it, Escape gives it up."),
    newNameOf: vscode.l10n.t("New name of {0}"),
    hostBridgeOf: vscode.l10n.t("Bridge of the host that {0} joins; empty for none"),
    groupsOf: vscode.l10n.t("Groups, with commas between them"),
    dragCable: vscode.l10n.t("Drag to another node to draw a cable"),
    cableBegun: vscode.l10n.t("Where does the cable lead? Click a node, or go there with the arrows and press Enter."),
    ports: vscode.l10n.t("Ports of the cable"),
    portOf: vscode.l10n.t("Port of {0}"),
    noModel: vscode.l10n.t("No device model is called that."),
    modelSize: vscode.l10n.t("{0} CPU, {1} MiB"),
    find: vscode.l10n.t("Find on the Canvas"),
    found: vscode.l10n.t("{0} found"),
    foundOf: vscode.l10n.t("{0} of {1}"),
    held: vscode.l10n.t("The text cannot be read at some place: this is the last complete picture."),
    menu: vscode.l10n.t("What can be done"),
    console: vscode.l10n.t("Open Console"),
    reveal: vscode.l10n.t("Show in the Text"),
    changePorts: vscode.l10n.t("Change Ports"),
    cable: vscode.l10n.t("Draw Cable"),
    rename: vscode.l10n.t("Rename"),
    setExternal: vscode.l10n.t("Join a Network of the Host"),
    setGroups: vscode.l10n.t("Set Groups"),
    duplicate: vscode.l10n.t("Duplicate"),
    delete: vscode.l10n.t("Delete"),
    align: vscode.l10n.t("Align"),
    alignLeft: vscode.l10n.t("Left Edges"),
    alignCenter: vscode.l10n.t("Centers, One Below the Other"),
    alignRight: vscode.l10n.t("Right Edges"),
    alignTop: vscode.l10n.t("Top Edges"),
    alignMiddle: vscode.l10n.t("Middles, Side by Side"),
    alignBottom: vscode.l10n.t("Bottom Edges"),
    spaceAcross: vscode.l10n.t("Space Evenly Across"),
    spaceDown: vscode.l10n.t("Space Evenly Down"),
    arrange: vscode.l10n.t("Arrange"),
    layered: vscode.l10n.t("In Layers"),
    tiers: vscode.l10n.t("In Tiers by Group"),
    force: vscode.l10n.t("By Their Cables"),
    automatic: vscode.l10n.t("Forget Saved Positions"),
    addNode: vscode.l10n.t("Add Node"),
    addNote: vscode.l10n.t("Add Note"),
    selectAll: vscode.l10n.t("Select All"),
    fit: vscode.l10n.t("Show the whole lab"),
    deploy: vscode.l10n.t("Deploy"),
    plan: vscode.l10n.t("Show Plan"),
    openText: vscode.l10n.t("Open the Text to the Side"),
  };
}
