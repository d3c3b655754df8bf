/** What runs, read back from libvirt. */
export interface LabStatus {
  readonly name: string;
  readonly owner: string;
  readonly uri: string;
  /** Path of the manifest that it was deployed from, as recorded in the metadata; empty when unknown. */
  readonly manifest: string;
  readonly nodes: readonly NodeStatus[];
  readonly links: readonly LinkStatus[];
}

/** More of one lab than its status says. */
export interface LabDetails extends LabStatus {
  /** Where its disks, first-boot data and console logs lie. Absent where it has none. */
  readonly pool?: { readonly name: string; readonly path: string; readonly active: boolean };
  readonly networks: readonly NetworkStatus[];
  /** Password of the accounts that first boot made. Only for those who ask for secrets. */
  readonly password?: string;
}

export interface NetworkStatus {
  /** In libvirt. */
  readonly name: string;
  readonly role: "management" | "bridge" | "link";
  /** CIDR; empty for networks without addresses. */
  readonly subnet: string;
  readonly active: boolean;
}

export type NodeState = "running" | "stopped" | "paused" | "missing" | "failed";

export interface NodeStatus {
  readonly name: string;
  readonly model: string;
  readonly state: NodeState;
  readonly ready: boolean;
  /** The virtual machines of a device of several; the state above is then that of the one that is worst off. */
  readonly members?: readonly { readonly name: string; readonly state: NodeState }[];
  /** Management address, empty when it has none. */
  readonly address: string;
  /** Where the hypervisor forwards ssh from, in user networking: the node has no address that others can reach. */
  readonly forward?: { readonly host: string; readonly port: number };
}

export interface LinkStatus {
  /** "node::port". */
  readonly src: string;
  readonly dst: string;
  readonly type: "udp" | "wire" | "bridge";
  readonly state: "up" | "down";
}
