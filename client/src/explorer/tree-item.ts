import type { LabStatus, LinkStatus } from "@labscape/lab";
import * as vscode from "vscode";
import { linkStateText } from "../labs/link-words.js";
import { runningText, stateText } from "../labs/state-text.js";
import type { NodeBadge } from "../labs/badge.js";
import { childrenOf, contextOf, idOf, type Item } from "./tree.js";

type Badges = Readonly<Record<string, NodeBadge>>;

/** An item of the explorer as VS Code shows it. */
export function treeItem(item: Item, badges: (item: Extract<Item, { kind: "node" }>) => Badges): vscode.TreeItem {
  const { label, ...look } = lookOf(item, badges);
  const shown = new vscode.TreeItem(label, collapsibility(item));
  return Object.assign(shown, { id: idOf(item), contextValue: contextOf(item) }, look);
}

type Look = Pick<vscode.TreeItem, "description" | "tooltip" | "iconPath" | "accessibilityInformation"> & {
  readonly label: string;
};

function lookOf(item: Item, badges: (item: Extract<Item, { kind: "node" }>) => Badges): Look {
  switch (item.kind) {
    case "host":
      if (item.isLost) {
        const description = vscode.l10n.t("connection lost, trying again");
        const tooltip = [item.uri, description].join("\n");
        return { label: item.uri, iconPath: icon("debug-disconnect", "list.warningForeground"), description, tooltip };
      }
      return { label: item.uri, iconPath: icon("server-environment"), description: labCount(item.labs.length) };
    case "lost":
      return {
        label: item.uri,
        iconPath: icon("error", "list.errorForeground"),
        description: item.message,
        tooltip: [item.message, item.mend].filter((line) => line !== "").join("\n"),
      };
    case "lab":
      return labLook(item);
    case "node":
      return nodeLook(item, badges(item)[item.node.name]);
    case "links":
      return { label: vscode.l10n.t("Links"), description: String(item.lab.links.length), iconPath: icon("plug") };
    case "port":
      return {
        label: item.port,
        ...linkLook(item.link, `→ ${item.peer}`),
        tooltip: linkTooltip(item.link),
        ...spoken(item.port, item.peer, item.link),
      };
    case "link":
      return {
        label: `${item.link.src} ↔ ${item.link.dst}`,
        ...linkLook(item.link, item.link.type),
        tooltip: linkTooltip(item.link),
        ...spoken(item.link.src, item.link.dst, item.link),
      };
  }
}

function labLook({ lab, host }: Extract<Item, { kind: "lab" | "links" }>): Look {
  const running = lab.nodes.filter(({ state }) => state === "running").length;
  const ready = lab.nodes.filter((node) => node.ready).length;
  const state =
    running === 0
      ? vscode.l10n.t("off")
      : ready < running
        ? vscode.l10n.t("{0} of {1} nodes ready", ready, lab.nodes.length)
        : runningText(lab.nodes);
  const foreign = lab.owner === host.owner ? [] : [vscode.l10n.t("owner: {0}", lab.owner)];
  const failed = lab.nodes.some((node) => node.state === "failed");
  return {
    label: lab.name,
    description: [state, ...foreign].join(" · "),
    iconPath: failed
      ? icon("error", "testing.iconFailed")
      : running === 0
        ? icon("circle-large-outline")
        : icon("type-hierarchy", ready === lab.nodes.length ? "testing.iconPassed" : "charts.yellow"),
    tooltip: labTooltip(lab),
  };
}

function nodeLook({ node }: Extract<Item, { kind: "node" }>, badge: NodeBadge | undefined): Look {
  const state = badge?.label ?? node.state;
  const place = node.address !== "" ? node.address : forwardText(node.forward);
  const members = (node.members ?? []).map((member) => `${member.name}: ${stateText(member.state)}`);
  return {
    label: node.name,
    description: [state, ...(place === "" ? [] : [place])].join(" · "),
    iconPath: STATE_ICONS[badge?.state ?? node.state](),
    tooltip: [`${node.name} (${node.model})`, state, ...members].join("\n"),
    accessibilityInformation: { label: [node.name, node.model, state, place].filter((part) => part !== "").join(", ") },
  };
}

const STATE_ICONS: Readonly<Record<NodeBadge["state"], () => vscode.ThemeIcon>> = {
  running: () => icon("pass-filled", "testing.iconPassed"),
  booting: () => icon("loading~spin", "charts.yellow"),
  stopped: () => icon("circle-large-outline"),
  paused: () => icon("debug-pause", "charts.blue"),
  missing: () => icon("circle-slash"),
  failed: () => icon("error", "testing.iconFailed"),
};

function linkLook({ state }: LinkStatus, text: string): Omit<Look, "label"> {
  return state === "up"
    ? { description: text, iconPath: icon("debug-disconnect", "testing.iconPassed") }
    : { description: `${text} · ${linkStateText(state)}`, iconPath: icon("debug-disconnect", "testing.iconFailed") };
}

/** The ends of a cable without the signs between them, which a screen reader would spell. */
function spoken(from: string, to: string, { state }: LinkStatus): Pick<Look, "accessibilityInformation"> {
  const label = `${vscode.l10n.t("Cable from {0} to {1}", from, to)}, ${linkStateText(state)}`;
  return { accessibilityInformation: { label } };
}

function linkTooltip({ src, dst, type, state }: LinkStatus): string {
  return `${src} ↔ ${dst}\n${type}, ${linkStateText(state)}`;
}

function labTooltip({ name, owner, uri, manifest }: LabStatus): string {
  const source = manifest === "" ? vscode.l10n.t("Its manifest is not known.") : manifest;
  return [name, vscode.l10n.t("owner: {0}", owner), uri, source].join("\n");
}

function forwardText(forward: { readonly host: string; readonly port: number } | undefined): string {
  return forward === undefined ? "" : `${forward.host}:${forward.port}`;
}

function labCount(labs: number): string {
  return labs === 1 ? vscode.l10n.t("1 lab") : vscode.l10n.t("{0} labs", labs);
}

function collapsibility(item: Item): vscode.TreeItemCollapsibleState {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  if (item.kind === "lab" || (item.kind === "host" && !item.isLost)) return Expanded;
  return childrenOf(item).length === 0 ? None : Collapsed;
}

function icon(name: string, colour?: string): vscode.ThemeIcon {
  return colour === undefined ? new vscode.ThemeIcon(name) : new vscode.ThemeIcon(name, new vscode.ThemeColor(colour));
}
