import type { EndpointDeclaration } from "../model/index.js";
import { bridgeSettings, linkSettings, settingOf } from "../model/settings.js";
import { replaceFix, type CheckContext } from "./context.js";
import { repeatedNames } from "./repeated.js";

/** Names and sizes of shared segments, and what does not pass them. */
export function checkBridges(context: CheckContext): void {
  checkSegments(context);
  checkFrames(context);
}

function checkSegments({ manifest, report }: CheckContext): void {
  for (const [name, first] of repeatedNames(manifest.bridges, manifest))
    report(
      "duplicate-bridge",
      name.range,
      `There is another bridge \`${name.value}\`. Give each bridge a name of its own.`,
      { related: [{ range: first.range, message: "The first one" }] },
    );
  for (const bridge of manifest.bridges) {
    const { name, table, endpoints } = bridge;
    const at = name?.range ?? table.nameRange;
    // A bridge of the host has ports of its own.
    if (endpoints.length < 2 && settingOf(bridgeSettings(bridge), "external") === undefined) {
      const ports = endpoints.length === 0 ? "no port" : "one port";
      report(
        "bridge-with-one-port",
        at,
        `This bridge has ${ports}: nothing passes over it. Add ports to its \`links\`.`,
      );
    }
  }
}

/** What the networks of libvirt that links and bridges become keep to themselves; measured, see the page of the check. */
const blocked = "LACP and pause frames (and LLDP and 802.1X frames, before `labscape init`)";

/** Two switches tell each other with such frames what they are, and bundle their links. */
function checkFrames({ manifest, report }: CheckContext): void {
  for (const link of manifest.links) {
    const { src, dst } = link;
    const type = settingOf(linkSettings(link), "type")?.value;
    if (type?.kind !== "string" || type.value !== "bridge" || !joinsSwitches([src, dst])) continue;
    report(
      "bridge-blocks-frames",
      type.contents,
      `Between these two switches ${blocked} do not pass. A link of type auto passes every frame.`,
      { fixes: [replaceFix('Change to "auto"', type.contents, "auto")] },
    );
  }
  for (const bridge of manifest.bridges) {
    const { name, endpoints } = bridge;
    const isExternal = settingOf(bridgeSettings(bridge), "external") !== undefined;
    // On a segment of more ports nobody expects such frames to pass: a real switch keeps them as well.
    if (name === undefined || isExternal || !joinsSwitches(endpoints)) continue;
    report(
      "bridge-blocks-frames",
      name.range,
      `Between these two switches ${blocked} do not pass. A link instead of this bridge passes every frame.`,
    );
  }
}

function joinsSwitches(ends: readonly (EndpointDeclaration | undefined)[]): boolean {
  const nodes = new Set(ends.map((end) => end?.declaration));
  return ends.length === 2 && nodes.size === 2 && [...nodes].every((node) => node?.model?.role === "switch");
}
