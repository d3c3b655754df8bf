import { machineSizes, totalSize, type DeviceModel, type MachineSize } from "@labscape/devices";
import { describeType, type KeySpec, type ValueType } from "../keys/index.js";
import { describePorts } from "../model/ports.js";
import { shortName } from "../model/paths.js";
import { formatMemory } from "../model/format-memory.js";

/** A text of the user's within Markdown, as code. */
export function code(text: string): string {
  const fence = "`".repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return text === "" ? '`""`' : fence + pad + text.replace(/\s+/g, " ") + pad + fence;
}

/** A table in Markdown; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** What a key does, its type, default and state. */
export function keyMarkdown(spec: KeySpec): string {
  const parts = [`**${spec.name}** · ${typeMarkdown(spec.type)}${spec.required === undefined ? "" : " · required"}`];
  parts.push(spec.documentation);
  if (spec.status !== undefined) parts.push(`_It has no effect: ${spec.status.reason}._`);
  const words = wordsMarkdown(spec.type);
  if (words !== "") parts.push(words);
  if (spec.default !== undefined) parts.push(`Default: ${spec.default}.`);
  return parts.join("\n\n");
}

function typeMarkdown(type: ValueType): string {
  if (type.kind !== "integer" && type.kind !== "number") return describeType(type);
  const bounds = type.max === Number.MAX_SAFE_INTEGER ? `from ${type.min}` : `${type.min} to ${type.max}`;
  return `${describeType(type)}, ${bounds}`;
}

function wordsMarkdown(type: ValueType): string {
  if (type.kind !== "enum") return "";
  return type.values.map(({ value, documentation }) => `- ${code(value)}: ${documentation}`).join("\n");
}

const proofs: Readonly<Record<DeviceModel["proof"], string>> = {
  booted: "booted in Labscape's tests",
  golden: "what is generated for it is tested; not booted",
  facts: "made from published facts; not booted",
};

/**
 * The virtual machines of a device of several, the main one first.
 * @param given what the node has, where they are a node's.
 */
export function membersMarkdown(model: DeviceModel, given: MachineSize = model.hardware): string {
  const sizes = machineSizes(model, given);
  return model.members
    .map(({ name }, index) => {
      const { cpuCount, memory } = sizes[index] ?? given;
      return `${code(name)} ${cpuCount} CPU, ${formatMemory(memory)}`;
    })
    .join("; ");
}

/**
 * A device model in a sheet: what it is, what it needs, its ports and how to get its image.
 * @param beside file from which that of a user's model is told.
 */
export function modelMarkdown(model: DeviceModel, beside: string): string {
  const { hardware, ports, image, members } = model;
  const { cpuCount, memory } = totalSize(model);
  const { memoryMinimum: minimum } = hardware;
  const management = ports.management === undefined ? "none" : code(ports.management.name);
  const rows = [
    ["CPU", String(cpuCount)],
    [
      "Memory",
      members.length === 0 ? `${formatMemory(memory)} (at least ${formatMemory(minimum)})` : formatMemory(memory),
    ],
    ["Ports", describePorts(model)],
    ["Management port", management],
    ...(members.length === 0 ? [] : [["Virtual machines", membersMarkdown(model)]]),
    ["First boot", model.firstBoot.method],
    ["Login", code(model.credentials.user)],
    ["Proof", proofs[model.proof]],
    ...(model.file === undefined ? [] : [["Defined in", code(shortName(model.file, beside))]]),
  ];
  return [
    `**${model.title}** · ${model.vendor} ${model.role} · ${code(model.name)}`,
    model.description,
    table(["", ""], rows),
    ...model.notes.map((note) => `- ${note}`),
    `Image: ${image.howTo}${image.url === undefined ? "" : ` ${image.url}`}`,
  ].join("\n\n");
}
