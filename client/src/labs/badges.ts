import type { NodeStatus } from "@labscape/lab";
import type { NodeBadge } from "./badge.js";

/** What is known of a lab that runs, by what was read back from the host and what the present run tells. */
export interface LabState {
  readonly nodes: readonly NodeStatus[];
  /** What nodes that are booting say, by name. */
  readonly phases: ReadonlyMap<string, string>;
}

type State = NodeBadge["state"];

/** Of a device of several virtual machines, which of them is in the state where not all are. */
function membersIn({ state, members = [] }: NodeStatus): string {
  const found = members.filter((member) => member.state === state).map(({ name }) => name);
  return found.length === members.length ? "" : ` (${found.join(", ")})`;
}

/** Whether ssh can reach a node. */
export function isReachable({ state, address, forward }: NodeStatus): boolean {
  return state === "running" && (address !== "" || forward !== undefined);
}

/** @param words translates a state for people */
export function badgesOf(
  lab: LabState,
  words: (state: State | "ready") => string,
): Readonly<Record<string, NodeBadge>> {
  return Object.fromEntries(
    lab.nodes.map((node) => {
      const state: State = node.state === "running" && !node.ready ? "booting" : node.state;
      const phase = state === "booting" ? lab.phases.get(node.name) : undefined;
      const text = `${words(state === "running" ? "ready" : state)}${membersIn(node)}`;
      const label = phase === undefined || phase === "" ? text : `${text}: ${phase}`;
      return [node.name, { state, label, ...(isReachable(node) ? { reachable: true } : {}) }];
    }),
  );
}
