import { holdsPort, machineSizes, mainMember, nicOrder, type MachineSize, type Member } from "@labscape/devices";
import type { LabNode } from "@labscape/topology";
import { machineLabel } from "../identity/index.js";

/** A virtual machine of a node: the node itself, or a member of a device of several. */
export interface Machine {
  /** What a person calls it, unique in the lab: "r1", or "r1.vcp". */
  readonly label: string;
  /** Empty for a device of one virtual machine. */
  readonly member: string;
  /** Whether it stands for the node: its readiness, its console, its address. */
  readonly main: boolean;
  /** Whether it gets the node's first-boot data. */
  readonly seeded: boolean;
  /** The node with this machine's hardware, consoles and boot disk. */
  readonly node: LabNode;
  readonly nics: readonly MachineNic[];
}

/** A NIC in the order of the domain. */
export interface MachineNic {
  readonly role: "management" | "reserved" | "data" | "mirror" | "internal";
  /** `data`, `mirror`: the data port, counted from 0; else within its role. */
  readonly index: number;
  readonly name: string;
}

/** What a NIC is called that sees the frames of a data port beside the virtual machine that carries it. */
export function mirrorName(port: string): string {
  return `mirror of ${port}`;
}

/** The virtual machines of a node, the main one first. */
export function machinesOf(node: LabNode): readonly Machine[] {
  const { members } = node.model;
  if (members.length === 0) {
    const nics = nicOrder(node.model, node.ports.length).map(({ role, index, name }) => ({ role, index, name }));
    return [{ label: node.name, member: "", main: true, seeded: true, node, nics }];
  }
  const sizes = machineSizes(node.model, node);
  return members.map((member, index) => ({
    label: machineLabel(node.name, member.name),
    member: member.name,
    main: member === mainMember(node.model),
    seeded: member.firstBoot,
    node: memberNode(node, member, sizes[index] ?? member.hardware),
    nics: memberNics(node, member),
  }));
}

/** The sizes, the CD and the kernel's command line that a manifest gives are the main member's. */
function memberNode(node: LabNode, member: Member, { cpuCount, memory }: MachineSize): LabNode {
  const { hardware, consoles } = member;
  const model = { ...node.model, hardware, consoles, image: { ...node.model.image, file: member.image.file } };
  const { bootDiskSize, cdrom, kernelCmdline, image, ...rest } = node;
  if (member !== mainMember(node.model)) {
    return { ...rest, model, cpuCount, memory };
  }
  return {
    ...rest,
    ...(bootDiskSize === undefined ? {} : { bootDiskSize }),
    ...(cdrom === undefined ? {} : { cdrom }),
    ...(kernelCmdline === undefined ? {} : { kernelCmdline }),
    ...(image === undefined ? {} : { image }),
    model,
    cpuCount,
    memory,
  };
}

function memberNics(node: LabNode, member: Member): readonly MachineNic[] {
  return member.nics.flatMap((nic, position): readonly MachineNic[] => {
    switch (nic.kind) {
      case "management":
        return [{ role: "management", index: 0, name: node.model.ports.management?.name ?? "management" }];
      case "unused":
        return [{ role: "reserved", index: position, name: `unused${position}` }];
      case "internal":
        return [{ role: "internal", index: position, name: nic.link }];
      case "data":
      case "mirror": {
        const { kind } = nic;
        return node.ports
          .filter(({ index }) => holdsPort(nic, kind, index))
          .map(({ index, name }) => ({ role: kind, index, name: kind === "data" ? name : mirrorName(name) }));
      }
    }
  });
}
