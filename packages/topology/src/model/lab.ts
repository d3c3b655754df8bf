import type { DeviceModel } from "@labscape/devices";
import type { Range } from "../syntax/tree.js";

/** Where something of the lab is written. */
export interface Location {
  readonly file: string;
  readonly range: Range;
}

/**
 * A lab as the manifest means it, with every default filled in: what the engine deploys, the diagram draws and hover shows.
 * It holds only what could be understood; what could not is in the findings.
 */
export interface ResolvedLab {
  readonly name: string;
  readonly description: string;
  /** Seconds for every node; absent: what each model says. */
  readonly readyTimeout?: number;
  readonly nodes: readonly LabNode[];
  readonly links: readonly LabLink[];
  readonly bridges: readonly LabBridge[];
  readonly management: Management;
  readonly host: HostSettings;
  readonly diagram: DiagramSettings;
}

export interface LabNode {
  readonly name: string;
  /** Position in the manifest, counted from 0. */
  readonly index: number;
  readonly model: DeviceModel;
  readonly groups: readonly string[];
  /** Path (relative to `at.file` or absolute) or volume; absent: by model and version from the image store. */
  readonly image?: string;
  readonly version?: string;
  readonly cpuCount: number;
  /** MiB. */
  readonly memory: number;
  /** GiB; absent: the image's own size. */
  readonly bootDiskSize?: number;
  /** All data ports that the domain gets, linked or not, in order of their index from 0 without gaps. */
  readonly ports: readonly LabPort[];
  /** How many of them the manifest asks for; absent: as many as hold the highest one in use. */
  readonly dataInterfaceCount?: number;
  /** Management addresses as the manifest fixes them, without prefix length; absent: allocated at deploy. */
  readonly ipv4Address?: string;
  readonly ipv6Address?: string;
  readonly ztpConfig?: string;
  readonly startupScripts: readonly string[];
  readonly userScripts: readonly string[];
  readonly textFiles: readonly TextFile[];
  /** `value` undefined: taken from the environment variable `fromEnvironment` at deploy. */
  readonly environment: readonly EnvironmentVariable[];
  /** Absent: the invoking user's own keys. */
  readonly sshAuthorizedKeys?: readonly string[];
  readonly sshAuthorizedKeyFiles?: readonly string[];
  readonly user: string;
  readonly cdrom?: string;
  readonly dependsOn: readonly string[];
  /** Seconds. */
  readonly startDelay: number;
  readonly skipReadyCheck: boolean;
  readonly readyPort?: number;
  readonly kernelCmdline?: string;
  /** The node's table, and its name's value. */
  readonly at: Location;
  readonly nameAt: Location;
}

export interface LabPort {
  /** Data ports counted from 0. */
  readonly index: number;
  /** Canonical name. */
  readonly name: string;
  readonly mac?: string;
  /** CIDR. */
  readonly ipv4?: string;
  readonly ipv6?: string;
  /** Bytes. */
  readonly mtu?: number;
  readonly description?: string;
}

export interface TextFile {
  readonly src: string;
  readonly dst: string;
  readonly user: string;
  readonly group: string;
  /** Octal digits as written, for instance "0644". */
  readonly permissions: string;
}

export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly fromEnvironment?: string;
}

export interface Endpoint {
  readonly node: string;
  /** Data port index, from 0. */
  readonly port: number;
  /** Canonical port name. */
  readonly portName: string;
  readonly at: Location;
}

export type LinkType = "auto" | "udp" | "wire" | "bridge";

export interface LabLink {
  /** Position in the manifest, counted from 0. */
  readonly index: number;
  readonly src: Endpoint;
  readonly dst: Endpoint;
  readonly label?: string;
  /** Bytes. */
  readonly mtu?: number;
  readonly state: "up" | "down";
  readonly type: LinkType;
  readonly at: Location;
}

export interface LabBridge {
  readonly name: string;
  readonly endpoints: readonly Endpoint[];
  /** A bridge that exists on the host. */
  readonly external?: string;
  readonly mtu?: number;
  readonly at: Location;
}

export interface Management {
  /** `auto`: nat where the connection may create networks, else user. */
  readonly mode: "auto" | "nat" | "user" | "isolated" | "none";
  /** CIDR; absent: chosen at deploy. */
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly domain: string;
  /** Extra records: name to address. */
  readonly dns: Readonly<Record<string, string>>;
}

export interface HostSettings {
  /** libvirt URI; absent: system when reachable, else session. */
  readonly uri?: string;
  readonly accelerator: "auto" | "kvm" | "tcg";
  readonly poolPath?: string;
}

/** Place of a node's middle on the canvas: whole units, as many as pixels at full size; x to the right, y downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface DiagramSettings {
  readonly direction: "LR" | "RL" | "TB" | "BT";
  /** Saved positions by name; of names that are not in the lab as well. */
  readonly nodes: Readonly<Record<string, Point>>;
  readonly bridges: Readonly<Record<string, Point>>;
  readonly notes: readonly DiagramNote[];
}

/** A text on the canvas. */
export interface DiagramNote extends Point {
  readonly text: string;
  readonly at: Location;
}
