/** What pages and views show of what runs. Built into the pages too. */

export interface NodeBadge {
  readonly state: "running" | "booting" | "stopped" | "paused" | "missing" | "failed";
  /** For people: "running, ready". */
  readonly label: string;
  /** Whether ssh can reach it. */
  readonly reachable?: boolean;
}

/** What is known of a cable while the lab runs. */
export interface LinkBadge {
  readonly state: "up" | "down";
  /** For people, with what passes it, or why that is not known. */
  readonly label: string;
  /** What passes it from its `src` and back to it; absent where nothing does or it is not counted. */
  readonly rates?: LinkRates;
}

export interface LinkRates {
  /** "1.2 Mbit/s" */
  readonly forth: string;
  readonly back: string;
  /** From 1 for little to 4 for much. */
  readonly load: number;
}

/** What a page shows of a lab that runs. */
export interface LabBadges {
  readonly nodes: Readonly<Record<string, NodeBadge>>;
  /** By what the page calls the cable. */
  readonly links: Readonly<Record<string, LinkBadge>>;
  /** What is amiss with the connection, for people; empty when nothing is. */
  readonly note: string;
}
