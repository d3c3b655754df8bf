import type { LabNode } from "@labscape/topology";
import type { Step } from "../events.js";
import type { DesiredVolume } from "../desire/index.js";

/** What a step does to the host. Data, so that plans can be compared, and run by `apply/`. */
export type Operation =
  | { readonly kind: "create-pool"; readonly uuid: string; readonly xml: string }
  | { readonly kind: "start-pool"; readonly uuid: string }
  | { readonly kind: "remove-pool"; readonly uuid: string; readonly directoryName: string }
  | { readonly kind: "create-volume"; readonly pool: string; readonly volume: DesiredVolume }
  | { readonly kind: "grow-volume"; readonly pool: string; readonly volume: DesiredVolume }
  | { readonly kind: "create-network"; readonly uuid: string; readonly xml: string }
  | { readonly kind: "replace-network"; readonly uuid: string; readonly xml: string }
  | { readonly kind: "start-network"; readonly uuid: string }
  | {
      readonly kind: "update-network-hosts";
      readonly uuid: string;
      readonly remove: readonly HostEntry[];
      readonly add: readonly HostEntry[];
    }
  | { readonly kind: "remove-network"; readonly uuid: string }
  | {
      readonly kind: "define-domain";
      readonly uuid: string;
      readonly xml: string;
      readonly pool: string;
      /** Volumes that the new definition has no use for. */
      readonly drop: readonly string[];
    }
  | { readonly kind: "stop-domain"; readonly uuid: string }
  | {
      readonly kind: "shut-down-domain";
      readonly uuid: string;
      /** Seconds that the guest gets to end by itself; 0 powers it off at once. */
      readonly patience: number;
    }
  | { readonly kind: "suspend-domain" | "resume-domain"; readonly uuid: string }
  | {
      readonly kind: "set-link";
      readonly uuid: string;
      /** The NIC with its new state. */
      readonly nic: string;
      /** Our element of the definition, which records the state. */
      readonly resource: string;
    }
  | { readonly kind: "set-autostart"; readonly uuid: string; readonly autostart: boolean }
  | {
      readonly kind: "update-domain";
      readonly uuid: string;
      readonly xml: string;
      /** NICs to change in the running domain. */
      readonly nics: readonly string[];
      /** The running domain's new description, empty for none; absent: as it is. */
      readonly description: string | undefined;
    }
  | {
      readonly kind: "replug-wires";
      readonly domains: readonly ReplugPart[];
      /** Names of the taps whose other ends change. */
      readonly taps: readonly string[];
    }
  | { readonly kind: "start-domain"; readonly uuid: string; readonly sshPort: number | undefined }
  | { readonly kind: "remove-domain"; readonly uuid: string; readonly pool: string; readonly volumePrefix: string };

/** What changes in a running domain when cables of type `wire` are plugged over. */
export interface ReplugPart {
  readonly uuid: string;
  /** Our element for the definition: it says that the change is under way, so that a run that is cut off is taken up. */
  readonly pending: string;
  /** Our element for the running domain, with the new ends. */
  readonly resource: string;
  /** NICs, with their link down. */
  readonly unplugged: readonly string[];
}

export interface HostEntry {
  readonly dhcp: string;
  readonly dns: string;
}

/** A step with what it does and what must be done before. */
export interface PlannedStep {
  readonly step: Step;
  readonly operation: Operation;
  /** Ids of steps. */
  readonly after: readonly string[];
}

/** A node whose readiness a run waits for, by its main virtual machine. */
export interface NodeBoot {
  readonly node: LabNode;
  /** "r1", or "r1.vcp" for a device of several. */
  readonly label: string;
  readonly uuid: string;
  readonly name: string;
  readonly address: string;
  readonly sshPort: number | undefined;
}

/** A step that stops a running node or takes its disk, which people want to be asked about. */
export interface Consent {
  readonly node: string;
  readonly action: "restart" | "replace";
  readonly reason: string;
}
