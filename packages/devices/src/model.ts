/**
 * A device model: all there is to know to run a router, a switch or a host as a virtual machine.
 *
 * A model is data. It is written as one TOML file (`models/NAME.toml`, keys in snake_case) and read into this shape.
 * Nothing outside this package may branch on the name of a model.
 */
export interface DeviceModel {
  /** Canonical name, as a manifest writes it: `[a-z0-9_]+`. */
  readonly name: string;
  /** Path or URI of the user's file that the model is written in; absent for those that come with Labscape. */
  readonly file?: string;
  /** Where its name is written in that file, where the reader of the file said so. */
  readonly nameAt?: TextRange;
  /** Other names under which this model is known, in this and other tools. */
  readonly aliases: readonly string[];
  /** What a person calls the device, for instance "Cisco Catalyst 8000V". */
  readonly title: string;
  readonly vendor: string;
  readonly role: "router" | "switch" | "firewall" | "host" | "other";
  readonly kind: "vm" | "multi-vm";
  /**
   * The virtual machines that make up the device, the main one first; empty for a device of one. The main one has the
   * device's console and readiness, and takes the CPUs, memory and disk size that a manifest sets.
   */
  readonly members: readonly Member[];
  readonly description: string;
  /** How well the file has been proved; see docs/models. */
  readonly proof: "booted" | "golden" | "facts";
  /** Where the values come from, one line each. */
  readonly sources: readonly string[];
  /** Things a user must know before using the device; shown in hover. */
  readonly notes: readonly string[];
  readonly hardware: Hardware;
  readonly ports: Ports;
  readonly consoles: readonly Console[];
  /** For devices that can start from a kernel file: used when the chosen version in the image store holds no boot disk. */
  readonly kernelBoot?: KernelBoot;
  readonly firstBoot: FirstBoot;
  readonly readiness: Readiness;
  /** Account that the generated day-0 configuration creates, or the one that the image brings. */
  readonly credentials: Credentials;
  readonly image: ImageSource;
}

/** Offsets in a text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** One of the virtual machines of a device. */
export interface Member {
  readonly name: string;
  /** The model's hardware with what the member changes. */
  readonly hardware: Hardware;
  readonly consoles: readonly Console[];
  /** Whether it gets the device's first-boot data. */
  readonly firstBoot: boolean;
  /** Boot disk: file name in the image store, and regular expressions of the vendor's names for it. */
  readonly image: Pick<ImageSource, "file" | "fileNames">;
  /** In the order of the domain. */
  readonly nics: readonly MemberNic[];
}

export type MemberNic =
  | { readonly kind: "management" | "unused" }
  /** The end of a cable to another member. */
  | { readonly kind: "internal"; readonly link: string }
  /** A NIC for each of the node's data ports from `first` to `last` (absent: to the end); `mirror` is plugged in beside it. */
  | { readonly kind: "data" | "mirror"; readonly first: number; readonly last?: number };

export type DiskBus = "virtio" | "ide" | "sata" | "scsi" | "usb";
export type NicModel = "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";

export interface Hardware {
  readonly cpuCount: number;
  /** MiB. */
  readonly memory: number;
  /** MiB; the device does not start with less. */
  readonly memoryMinimum: number;
  readonly architecture: "x86_64" | "aarch64";
  /** QEMU machine type, for instance "q35", "pc" or a versioned one. */
  readonly machine: string;
  readonly firmware: "bios" | "uefi";
  readonly cpu: Cpu;
  readonly diskBus: DiskBus;
  readonly cdromBus: DiskBus;
  readonly nicModel: NicModel;
  /** NIC model of the management and reserved ports, where it differs from `nicModel`. */
  readonly managementNicModel: NicModel;
  /** SMBIOS strings, for devices that look at them: entry names as libvirt's `sysinfo` has them. */
  readonly smbios: Smbios;
  /** Whether the device needs nested virtualisation (VMX or SVM) offered to it. */
  readonly nestedVirtualization: boolean;
  /** Further disks that the device needs beside its boot disk, in order. */
  readonly extraDisks: readonly ExtraDisk[];
  readonly clock: "utc" | "localtime";
}

export interface Smbios {
  readonly bios: Readonly<Record<string, string>>;
  readonly system: Readonly<Record<string, string>>;
  readonly baseBoard: Readonly<Record<string, string>>;
  readonly chassis: Readonly<Record<string, string>>;
}

export interface Cpu {
  /** "host" passes the host's CPU model through; otherwise the name of a QEMU CPU model. */
  readonly model: string;
  readonly features: readonly { readonly name: string; readonly policy: "require" | "disable" }[];
}

export interface ExtraDisk {
  readonly bus: DiskBus;
  /** File in the image store, beside the boot disk; absent for an empty disk. */
  readonly file?: string;
  /** MiB, for an empty disk. */
  readonly size?: number;
  readonly device: "disk" | "cdrom";
}

/**
 * NICs stand in this order: management (where the model has one), reserved, data.
 * "First dialect" port numbers and `PortRef.index` count data ports from 0.
 */
export interface Ports {
  /** Absent for devices without a management port (all ports carry data). */
  readonly management?: ManagementPort;
  /** Names of the NICs between management and data, which links may not use. */
  readonly reserved: readonly string[];
  readonly data: DataPorts;
}

export interface ManagementPort {
  readonly name: string;
  readonly aliases: readonly string[];
  /** What the device itself calls the port in its configuration. */
  readonly deviceName: string;
}

export interface DataPorts {
  /**
   * Name of a data port: literal text with placeholders, for instance "swp{n}" or "gig{slot}/{port}".
   * With i counted from 0: {n} = first + i; {slot} = firstSlot + floor((i + skip) / perSlot); {port} = (i + skip) % perSlot;
   * {i} = i, also {i*4}, {i+1} and {i*4+1}.
   */
  readonly pattern: string;
  /** What the device itself calls the port in its configuration; the same placeholders. Also an alias. */
  readonly devicePattern: string;
  /** Further patterns under which the same port is known, for instance "GigabitEthernet0/{n}". Matched without case. */
  readonly aliases: readonly string[];
  readonly first: number;
  readonly firstSlot: number;
  /** Ports in a slot; 0 when the pattern has no slots. */
  readonly perSlot: number;
  /** Positions taken by ports before the first data port in its slot (a management port that is Gi0/0, for instance). */
  readonly skip: number;
  /** How many data ports the device shows when the manifest asks for no number. */
  readonly defaultCount: number;
  /** How many it can have. */
  readonly maxCount: number;
  /** Largest MTU that the device accepts on a data port, bytes. */
  readonly maxMtu: number;
}

export interface Console {
  readonly name: string;
  readonly type: "serial" | "vga";
}

export interface KernelBoot {
  /** File names in the image store's folder of the model and version. */
  readonly kernel: string;
  readonly initrd?: string;
  readonly cmdline: string;
}

/** How the day-0 configuration reaches the device; `kernel`: on the kernel's command line. */
export type FirstBootMethod =
  "cloud-init" | "config-drive" | "config-iso" | "config-disk" | "ignition" | "kernel" | "none";

export interface FirstBoot {
  readonly method: FirstBootMethod;
  /** Bus on which the seed is attached. */
  readonly bus: DiskBus;
  /** Whether the seed is a CD-ROM or a disk to the guest. */
  readonly device: "cdrom" | "disk";
  /** Volume label, where the device looks for one. */
  readonly label: string;
  /**
   * Files of the seed: name in the image, and the template (see `templates/`) that makes it. The first is the day-0
   * configuration, which a node's `ztp_config` replaces.
   */
  readonly files: readonly SeedFile[];
  /**
   * For `none`: the files are typed at the console, since the device takes none at boot. Says why, and what to do before.
   */
  readonly byHand?: string;
  /** Settings of this model for its templates, which see them as `options`. */
  readonly options: Readonly<Record<string, string>>;
  /** For `config-disk`: with an MBR partition table or a bare file system. */
  readonly partitioned: boolean;
  /** Which manifest keys act on this device, beyond those that act on every device. */
  readonly supports: readonly FirstBootCapability[];
}

export type FirstBootCapability =
  | "ztp_config"
  | "startup_scripts"
  | "user_scripts"
  | "text_files"
  | "environment_variables"
  | "ssh_authorized_keys"
  | "user"
  | "interface_addresses"
  | "kernel_cmdline";

export interface SeedFile {
  readonly name: string;
  readonly template: string;
  /** Wraps the rendered files into this archive within the image (Junos `vmm-config.tgz`). */
  readonly archive?: string;
}

export interface Readiness {
  readonly method: "console" | "tcp" | "agent" | "running";
  /** For `console`: a regular expression (JavaScript, without flags) looked for in the console's output. */
  readonly pattern?: string;
  /** For `tcp`: port on the management address. */
  readonly port?: number;
  /** Seconds after which the device counts as not coming up. */
  readonly timeout: number;
  /** What a person should expect, seconds from power-on under KVM; for progress display only. */
  readonly typical: number;
}

export interface Credentials {
  readonly user: string;
  /** The fixed password of the image, where it has one that day-0 cannot change. Otherwise a password is generated per lab. */
  readonly fixedPassword?: string;
  /** Whether the day-0 configuration can install ssh public keys. */
  readonly sshKeys: boolean;
}

export interface ImageSource {
  /** File name in the image store's folder of the model and version. */
  readonly file: string;
  readonly formats: readonly ("qcow2" | "raw" | "vmdk" | "iso")[];
  /** Regular expressions (JavaScript, flag i) of vendor file names; group `version` captures the version. */
  readonly fileNames: readonly string[];
  /** Page where the vendor publishes the image. */
  readonly url?: string;
  /** How to get it, in a sentence or two. */
  readonly howTo: string;
  readonly licence: string;
}

/** A port of a device, found by name or number. */
export interface PortRef {
  readonly role: "management" | "reserved" | "data";
  /** Data ports: counted from 0. Reserved ports: counted from 0. Management: 0. */
  readonly index: number;
  /** Position of the NIC in the domain, counted from 0, management first. */
  readonly nic: number;
  /** Canonical name. */
  readonly name: string;
}
