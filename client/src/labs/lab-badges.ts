import * as vscode from "vscode";
import type { LabBadges } from "./badge.js";
import { linkBadges } from "./link-badges.js";
import { linkWords } from "./link-words.js";
import type { Labs } from "./labs.js";
import type { Traffic } from "./traffic.js";

function connectionLost(uri: string): string {
  return vscode.l10n.t(
    "The connection to {0} is lost; what runs there is not known. It is tried again until it is back.",
    uri,
  );
}

/** What a picture of a manifest shows of what runs. @param cables one end of each, "node::port", by what the picture calls it */
export type BadgesOf = (manifest: vscode.Uri, cables: Iterable<readonly [id: string, src: string]>) => LabBadges;

export function badgesBy(labs: Labs, traffic: Traffic): BadgesOf {
  return (manifest, cables) => {
    const uri = manifest.toString();
    const lab = labs.of(uri);
    const lost = labs.lostHostOf(uri);
    const note = lost === undefined ? "" : connectionLost(lost.uri);
    if (lab === undefined) return { nodes: {}, links: {}, note };
    const { host, status } = lab;
    return {
      nodes: labs.badgesOf(host, status),
      links: linkBadges(cables, status.links, traffic.of(host, status), linkWords()),
      note,
    };
  };
}
