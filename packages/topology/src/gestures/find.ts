import type { Analysis } from "../analysis.js";
import { cablesOf, type Cable } from "../canvas/cables.js";
import type { BridgeDeclaration, NodeDeclaration } from "../model/index.js";
import { Refused } from "./refused.js";

/** @throws Refused where there is no such node */
export function findNode({ manifest }: Analysis, name: string): NodeDeclaration {
  const node = name === "" ? undefined : manifest.nodesByName.get(name);
  if (node === undefined) throw new Refused("not-found", `There is no node \`${name}\` any more.`);
  return node;
}

/** @throws Refused where there is no such bridge */
export function findBridge({ manifest }: Analysis, name: string): BridgeDeclaration {
  const bridge = name === "" ? undefined : manifest.bridges.find((each) => each.name?.value === name);
  if (bridge === undefined) throw new Refused("not-found", `There is no bridge \`${name}\` any more.`);
  return bridge;
}

/** @throws Refused where there is no such cable */
export function findCables({ manifest }: Analysis, ids: readonly string[]): readonly Cable[] {
  if (ids.length === 0) return [];
  const cables = new Map(cablesOf(manifest).map((cable) => [cable.id, cable]));
  return [...new Set(ids)].map((id) => {
    const cable = cables.get(id);
    if (cable === undefined) throw new Refused("not-found", `The cable \`${id}\` is not there any more.`);
    return cable;
  });
}
