import type { DeviceModel, DiskBus } from "@labscape/devices";
import type { LabNode } from "@labscape/topology";
import type { Connection, Domain } from "node-libvirt";

/** A libvirt connection, with what is known of its place. */
export interface HostConnection {
  readonly uri: string;
  readonly mode: "system" | "session";
  /** Whether the hypervisor is this machine. */
  readonly local: boolean;
  readonly connection: Connection;
}

/** A file that a node starts from or reads, as the hypervisor sees it. */
export interface ImageFile {
  /** Absolute path on the hypervisor. */
  readonly path: string;
  readonly format: "qcow2" | "raw";
  /** Bytes that the guest sees. */
  readonly capacity: bigint;
}

/** What a model's version in the image store (or the manifest's `image`) offers to start from. */
export interface ResolvedImage {
  /** Empty where the manifest names an image by path. */
  readonly version: string;
  /** Absent for a version that starts from a kernel. */
  readonly disk?: ImageFile;
  /** Paths on the hypervisor. */
  readonly kernel?: { readonly kernel: string; readonly initrd?: string; readonly cmdline: string };
  /** For the model's extra disks that name a file, in the order of `hardware.extraDisks`; undefined for an empty disk. */
  readonly extraDisks: readonly (ImageFile | undefined)[];
}

/** Finds what a node starts from. */
export interface ImageResolver {
  /**
   * @param version undefined: the newest in the store.
   * @param image absolute path on the hypervisor or name of a volume; wins over `version`.
   * @throws LabError `image-not-found-in-store`, `not-a-disk-image`.
   */
  resolve(model: DeviceModel, version?: string, image?: string): Promise<ResolvedImage>;
}

/** The account secret of a lab: made once, kept in the lab's pool, never logged. */
export interface LabSecret {
  readonly password: string;
  /** SHA-512-crypt. Kept with the password, so that its salt, and with it the seeds, stay the same. */
  readonly passwordHash: string;
}

/** The management NIC of a node, as the engine has laid it out. */
export interface ManagementNic {
  readonly mac: string;
  /** `dhcp`: the hypervisor's network gives `address` by reservation, or user networking gives one of its own. */
  readonly mode: "dhcp" | "static";
  /** CIDR; absent in user networking. */
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly gateway?: string;
  readonly dns: readonly string[];
}

/** What a node's first-boot data needs to know beyond the node. */
export interface SeedContext {
  readonly lab: string;
  /** DNS domain of the management network. */
  readonly domain: string;
  /** Absent where the model has no management port or the lab has no management network. */
  readonly management?: ManagementNic;
  /** By index of `model.ports.reserved`. */
  readonly reservedMacs: readonly string[];
  /** By data port index. */
  readonly portMacs: readonly string[];
  /** What is at the other end of the links of data ports, by their index. */
  readonly peers: ReadonlyMap<number, PortPeer>;
  readonly secret: LabSecret;
  /** The invoking user's public keys, used where the node names none. */
  readonly userKeys: readonly string[];
}

export interface PortPeer {
  readonly node: string;
  readonly port: string;
  /** CIDR. */
  readonly ipv4?: string;
  readonly ipv6?: string;
}

/** First-boot data as one image. */
export interface Seed {
  readonly bytes: Uint8Array;
  /** Name of the volume that holds it. */
  readonly fileName: string;
  readonly device: "cdrom" | "disk";
  readonly bus: DiskBus;
  /** Of the content: equal data gives an equal hash. */
  readonly hash: string;
}

/** Renders a node's first-boot data; undefined where the model takes none. Paths in the node are relative to `node.at.file`. */
export type SeedBuilder = (node: LabNode, context: SeedContext) => Promise<Seed | undefined>;

/** A node that was started, and where to look for signs of life. */
export interface ReadyTarget {
  readonly host: HostConnection;
  readonly domain: Domain;
  readonly node: LabNode;
  /** Where TCP ports of the node are reached from the hypervisor; absent where they are not. */
  readonly address?: string;
  /** Forwarded ssh port on 127.0.0.1 of the hypervisor, in user networking. */
  readonly sshPort?: number;
  /** The first console's log, a volume of the lab's pool. */
  readonly consoleLog: { readonly pool: string; readonly volume: string };
}

export interface ReadyOptions {
  /** Seconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** What the node is doing, in a few words of its own. */
  readonly onPhase: (phase: string) => void;
}

/** Resolves when the node is ready. @throws LabError `not-ready` when its time is over or it stopped; `cancelled`. */
export type ReadyWaiter = (target: ReadyTarget, options: ReadyOptions) => Promise<void>;

/** What planning and applying need from images, first boot and readiness. */
export interface LabServices {
  readonly images: ImageResolver;
  readonly buildSeed: SeedBuilder;
  readonly createSecret: () => LabSecret;
  /** The invoking user's public keys. */
  readonly userKeys: () => Promise<readonly string[]>;
  readonly waitReady: ReadyWaiter;
}
