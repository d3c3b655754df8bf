import type { DeviceModel, Member, MemberNic } from "./model.js";
import type { Path, Report } from "./schema/keys.js";

const NIC = /^(?:(management|unused)|internal:([a-z][a-z0-9_]*)|(data|mirror)(?::(\d+)-(\d+))?)$/;

/** What a NIC of a member is, as a model file writes it: `"management"`, `"internal:fabric"`, `"data"`, `"mirror:0-11"`, `"unused"`. */
export function readNic(text: string, path: Path, report: Report): MemberNic {
  const [, plain, link, ports, first, last] = NIC.exec(text) ?? [];
  if (link !== undefined) return { kind: "internal", link };
  if (ports === "data" || ports === "mirror")
    return { kind: ports, first: Number(first ?? 0), ...(last === undefined ? {} : { last: Number(last) }) };
  if (plain !== "management" && plain !== "unused") {
    const message = `"${text}" is none of management, unused, internal:NAME, data, data:FIRST-LAST, mirror, mirror:FIRST-LAST`;
    report({ path, code: "invalid-value", message });
  }
  return { kind: plain === "management" ? "management" : "unused" };
}

/** Whether data port `index` is among those of a NIC entry. */
export function holdsPort(nic: MemberNic, kind: "data" | "mirror", index: number): boolean {
  return nic.kind === kind && nic.first <= index && index <= (nic.last ?? Infinity);
}

/** Whether a second member sees the frames of this data port: it then needs a segment of three ends. */
export function isMirrored(model: DeviceModel, index: number): boolean {
  return model.members.some(({ nics }) => nics.some((nic) => holdsPort(nic, "mirror", index)));
}

/** The member that starts first, has the device's console and takes the sizes that a manifest sets; undefined for one VM. */
export function mainMember(model: DeviceModel): Member | undefined {
  return model.members[0];
}

/** What a virtual machine takes of its host; memory in MiB. */
export interface MachineSize {
  readonly cpuCount: number;
  readonly memory: number;
}

/**
 * CPUs and memory of each virtual machine of a node, in the order of the members.
 *
 * @param given what the node has by its manifest or, where that is silent, by its model. It is the main member's.
 */
export function machineSizes(
  { members, hardware }: DeviceModel,
  given: MachineSize = hardware,
): readonly [MachineSize, ...MachineSize[]] {
  const [main, ...others] = members.map((member): MachineSize => member.hardware);
  if (main === undefined) return [{ cpuCount: given.cpuCount, memory: given.memory }];
  // What is the model's is the member's, where that has its own.
  const cpuCount = given.cpuCount === hardware.cpuCount ? main.cpuCount : given.cpuCount;
  const memory = given.memory === hardware.memory ? main.memory : given.memory;
  return [{ cpuCount, memory }, ...others];
}

/** The same of all of them together. */
export function totalSize(model: DeviceModel, given: MachineSize = model.hardware): MachineSize {
  return machineSizes(model, given).reduce((sum, { cpuCount, memory }) => ({
    cpuCount: sum.cpuCount + cpuCount,
    memory: sum.memory + memory,
  }));
}

/** What can only be judged when the members are seen together. */
export function checkMembers({ members, ports }: Pick<DeviceModel, "members" | "ports">, report: Report): void {
  const problem = (path: Path, message: string): void => report({ path, code: "invalid-value", message });
  if (members.length === 0) return;
  if (ports.reserved.length > 0)
    problem(["ports", "reserved"], "a device of several VMs has its reserved NICs in `members`, as unused ones");
  const names = members.map(({ name }) => name);
  for (const [index, name] of names.entries())
    if (names.indexOf(name) !== index)
      report({
        path: ["members", index, "name"],
        code: "duplicate-name",
        message: `there is another member "${name}"`,
      });
  const nics = members.flatMap((member, index) => member.nics.map((nic) => ({ nic, member: index })));
  const managed = nics.filter(({ nic }) => nic.kind === "management").length;
  if (managed !== (ports.management === undefined ? 0 : 1))
    problem(["members"], "exactly one member has the management NIC, and none where `ports.management` is not given");
  for (let index = 0; index < ports.data.maxCount; index++) {
    const carriers = nics.filter(({ nic }) => holdsPort(nic, "data", index)).length;
    if (carriers === 1) continue;
    problem(["members"], `data port ${index} is carried by ${carriers} members; one must have it in its \`nics\``);
    break;
  }
  const links = new Map<string, number[]>();
  for (const { nic, member } of nics)
    if (nic.kind === "internal") links.set(nic.link, [...(links.get(nic.link) ?? []), member]);
  for (const [link, ends] of links)
    if (ends.length !== 2) problem(["members"], `the internal link "${link}" has ${ends.length} ends; it needs two`);
  for (const [index, member] of members.entries()) {
    const kinds = member.nics.map(({ kind }) => kind);
    const first = kinds.indexOf("data");
    if (first >= 0 && kinds.slice(first).some((kind) => kind !== "data"))
      problem(["members", index, "nics"], "data ports come last");
    if (kinds.filter((kind) => kind === "data").length > 1)
      problem(["members", index, "nics"], "a member has its data ports in one entry");
  }
}
