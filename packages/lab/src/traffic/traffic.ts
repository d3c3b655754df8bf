/** What passes in a second. */
export interface Rate {
  readonly bytes: number;
  readonly packets: number;
}

/** What passes a port in a second, as its node sees it. */
export interface PortRates {
  /** Received. */
  readonly rx: Rate;
  /** Sent. */
  readonly tx: Rate;
}

/** What passes the cables of a lab. */
export interface LabTraffic {
  readonly name: string;
  readonly owner: string;
  /**
   * By the `src` of a link, as the port there sees it. Links that libvirt does not count (`udp`), that are down or whose nodes do
   * not run are not in it.
   */
  readonly links: ReadonlyMap<string, PortRates>;
}
