import type { PageCommand } from "../../src/canvas/messages.js";
import type { LabBadges, NodeBadge } from "../../src/labs/badge.js";
import type { Host } from "./host.js";
import type { MenuEntry } from "./menu.js";
import { texts } from "./texts.js";

/** Whether a node is on the host, so that it has a console. */
export function isDeployed(badge: NodeBadge | undefined): boolean {
  return badge !== undefined && badge.state !== "missing";
}

/** What can be done with nodes that are deployed. Nothing for others: then the lab does not run, or may not be touched. */
export function nodeEntries(host: Host, { nodes: badges }: LabBadges, nodes: readonly string[]): readonly MenuEntry[] {
  const deployed = nodes.filter((node) => isDeployed(badges[node]));
  if (deployed.length === 0) return [];
  const states = new Set(deployed.map((node) => badges[node]?.state));
  const is = (...wanted: readonly NodeBadge["state"][]): boolean => wanted.some((state) => states.has(state));
  const entry = (label: string, command: PageCommand, key?: string): MenuEntry => {
    return { label, ...(key === undefined ? {} : { key }), run: () => host.command(command, { nodes: deployed }) };
  };
  return [
    ...(deployed.length === 1 ? [entry(texts.console, "openConsole", "Enter")] : []),
    ...(deployed.some((node) => badges[node]?.reachable === true) ? [entry(texts.ssh, "ssh")] : []),
    ...(is("stopped", "failed") ? [entry(texts.start, "start")] : []),
    ...(is("paused") ? [entry(texts.resume, "resume")] : []),
    ...(is("running", "booting", "paused") ? [entry(texts.stop, "stop")] : []),
    ...(is("running", "booting") ? [entry(texts.restart, "restart")] : []),
  ];
}

/** What can be done with a cable of a lab that runs. */
export function cableEntries(host: Host, { links }: LabBadges, link: string): readonly MenuEntry[] {
  switch (links[link]?.state) {
    case "up":
      return [{ label: texts.linkDown, run: () => host.command("linkDown", { link }) }];
    case "down":
      return [{ label: texts.linkUp, run: () => host.command("linkUp", { link }) }];
    case undefined:
      return [];
  }
}
