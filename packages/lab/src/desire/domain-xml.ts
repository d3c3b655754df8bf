import { posix } from "node:path";
import type { DiskBus } from "@labscape/devices";
import type { LabNode } from "@labscape/topology";
import type { ResolvedImage, Seed } from "../contracts.js";
import type { XmlElement } from "../xml.js";
import { DiskTargets } from "./disk-targets.js";
import type { DesiredNic } from "./nics.js";
import { consoleLogName, type DesiredVolume } from "./volumes.js";

export interface DomainParts {
  /** With the hardware of this machine of it. */
  readonly node: LabNode;
  /** See {@link Machine}. */
  readonly label: string;
  readonly uuid: string;
  readonly name: string;
  /** Shown as the domain's description. */
  readonly description: string;
  readonly accelerator: "kvm" | "tcg";
  /** Of the lab on the hypervisor: console logs go there. */
  readonly directory: string;
  readonly image: ResolvedImage;
  /** Boot disk first, then the model's further disks. */
  readonly disks: readonly DesiredVolume[];
  readonly seed: { readonly seed: Seed; readonly volume: DesiredVolume } | undefined;
  readonly nics: readonly DesiredNic[];
}

/** The `<domain>` of a node without its metadata. Format: https://libvirt.org/formatdomain.html */
export function domainXml(parts: DomainParts): XmlElement {
  const { node, image } = parts;
  const { hardware } = node.model;
  const smbios = smbiosXml(parts);
  const ignition = node.model.firstBoot.method === "ignition" ? parts.seed?.volume.path : undefined;
  return {
    "@type": parts.accelerator === "kvm" ? "kvm" : "qemu",
    name: parts.name,
    uuid: parts.uuid,
    ...(parts.description === "" ? {} : { description: parts.description }),
    memory: { "@unit": "MiB", "#text": String(node.memory) },
    vcpu: String(node.cpuCount),
    sysinfo: [
      ...(smbios === undefined ? [] : [smbios]),
      ...(ignition === undefined
        ? []
        : [{ "@type": "fwcfg", entry: { "@name": "opt/com.coreos/config", "@file": ignition } }]),
    ],
    os: {
      ...(hardware.firmware === "uefi" ? { "@firmware": "efi" } : {}),
      type: { "@arch": hardware.architecture, "@machine": hardware.machine, "#text": "hvm" },
      ...bootXml(node, image),
      ...(smbios === undefined ? {} : { smbios: { "@mode": "sysinfo" } }),
    },
    features: {
      acpi: {},
      ...(hardware.architecture === "x86_64" ? { apic: {} } : {}),
      ...(parts.accelerator === "tcg" ? { tcg: { "tb-cache": translationCache(node.memory) } } : {}),
    },
    cpu: cpuXml(parts),
    clock: { "@offset": hardware.clock },
    on_poweroff: "destroy",
    on_reboot: "restart",
    on_crash: "destroy",
    devices: devicesXml(parts),
  };
}

function bootXml(node: LabNode, image: ResolvedImage): XmlElement {
  if (image.disk !== undefined || image.kernel === undefined) {
    const devices = image.disk === undefined ? ["cdrom"] : node.cdrom === undefined ? ["hd"] : ["hd", "cdrom"];
    return { boot: devices.map((device) => ({ "@dev": device })) };
  }
  const { kernel, initrd, cmdline } = image.kernel;
  const extra = node.kernelCmdline === undefined ? "" : ` ${node.kernelCmdline}`;
  return { kernel, ...(initrd === undefined ? {} : { initrd }), cmdline: cmdline + extra };
}

/** QEMU's cache of translated code grows to a gigabyte if it may; small guests never need it. MiB. */
function translationCache(memory: number): XmlElement {
  return { "@unit": "MiB", "#text": String(Math.min(512, Math.max(32, Math.floor(memory / 4)))) };
}

/** Without KVM the host's CPU cannot be passed through: its place takes QEMU's plain 64-bit model. */
function cpuXml({ node, accelerator }: DomainParts): XmlElement {
  const { cpu, architecture } = node.model.hardware;
  const feature = cpu.features.map(({ name, policy }) => ({ "@policy": policy, "@name": name }));
  if (accelerator === "kvm" && cpu.model === "host") {
    return { "@mode": "host-passthrough", "@check": "none", feature };
  }
  const plain = architecture === "aarch64" ? "cortex-a57" : "qemu64";
  return {
    "@mode": "custom",
    "@match": "exact",
    "@check": "none",
    model: { "@fallback": "forbid", "#text": cpu.model === "host" ? plain : cpu.model },
    feature,
  };
}

function smbiosXml({ node, uuid }: DomainParts): XmlElement | undefined {
  const { bios, system, baseBoard, chassis } = node.model.hardware.smbios;
  const entries = (values: Readonly<Record<string, string>>): readonly XmlElement[] =>
    Object.entries(values).map(([name, value]) => ({ "@name": name, "#text": value }));
  const sections = {
    bios: entries(bios),
    system: entries(system),
    baseBoard: entries(baseBoard),
    chassis: entries(chassis),
  };
  if (Object.values(sections).every((section) => section.length === 0)) return undefined;
  const full = { ...sections, system: [...sections.system, { "@name": "uuid", "#text": uuid }] };
  return {
    "@type": "smbios",
    ...Object.fromEntries(
      Object.entries(full).flatMap(([name, entry]) => (entry.length === 0 ? [] : [[name, { entry }] as const])),
    ),
  };
}

function devicesXml(parts: DomainParts): XmlElement {
  const { node, directory } = parts;
  const { hardware, consoles } = node.model;
  const disks = disksXml(parts);
  const buses = new Set(disks.map(({ bus }) => bus));
  const serial = consoles.filter((console) => console.type === "serial").length;
  const vga = consoles.some((console) => console.type === "vga");
  // Only where something listens to it: libvirt puts its socket below the session user's home, and the path may not
  // have more than 107 characters.
  const agent = node.model.readiness.method === "agent";
  return {
    disk: disks.map(({ xml }) => xml),
    controller: [
      buses.has("usb") || vga ? { "@type": "usb", "@model": "qemu-xhci" } : { "@type": "usb", "@model": "none" },
      ...(buses.has("scsi") ? [{ "@type": "scsi", "@model": "virtio-scsi" }] : []),
    ],
    interface: parts.nics.map((nic) => nic.xml),
    serial: Array.from({ length: serial }, (_, index) => ({
      "@type": "pty",
      log: { "@file": posix.join(directory, consoleLogName(parts.label, index)), "@append": "off" },
    })),
    channel:
      agent && hardware.nicModel === "virtio"
        ? [{ "@type": "unix", target: { "@type": "virtio", "@name": "org.qemu.guest_agent.0" } }]
        : [],
    ...(vga
      ? {
          graphics: [{ "@type": "vnc", "@autoport": "yes", listen: { "@type": "address", "@address": "127.0.0.1" } }],
          video: [{ model: { "@type": "vga" } }],
        }
      : {}),
    memballoon: { "@model": "none" },
  };
}

interface DesiredDisk {
  readonly bus: DiskBus;
  readonly xml: XmlElement;
}

function disksXml(parts: DomainParts): readonly DesiredDisk[] {
  const { node, image, seed } = parts;
  const { hardware } = node.model;
  const targets = new DiskTargets();
  const disk = (device: "disk" | "cdrom", bus: DiskBus, format: "qcow2" | "raw", file: string): DesiredDisk => {
    // virtio disks cannot be CD-ROMs: there a CD is a disk that cannot be written.
    const shown = bus === "virtio" ? "disk" : device;
    return {
      bus,
      xml: {
        "@type": "file",
        "@device": shown,
        driver: { "@name": "qemu", "@type": format },
        source: { "@file": file },
        target: { "@dev": targets.allocate(bus), "@bus": bus },
        ...(device === "cdrom" ? { readonly: {} } : {}),
      },
    };
  };
  const boot = image.disk === undefined ? [] : parts.disks.slice(0, 1);
  const extra = parts.disks.slice(boot.length);
  return [
    ...boot.map((volume) => disk("disk", hardware.diskBus, "qcow2", volume.path)),
    ...extra.map((volume, index) => {
      const model = hardware.extraDisks[index];
      return disk(model?.device ?? "disk", model?.bus ?? hardware.diskBus, "qcow2", volume.path);
    }),
    ...(node.cdrom === undefined ? [] : [disk("cdrom", hardware.cdromBus, "raw", node.cdrom)]),
    ...(seed === undefined || node.model.firstBoot.method === "ignition"
      ? []
      : [disk(seed.seed.device === "cdrom" ? "cdrom" : "disk", seed.seed.bus, "raw", seed.volume.path)]),
  ];
}
