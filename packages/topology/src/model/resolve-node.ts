import type { DeviceModel } from "@labscape/devices";
import { nodeShape } from "../keys/index.js";
import type { EntryValue } from "../syntax/tree.js";
import { rowsOf, tableOf, tableRange, textOf, textsOf, type Text } from "./access.js";
import { portSettings } from "./interfaces.js";
import type { EnvironmentVariable, LabNode, LabPort, TextFile } from "./lab.js";
import { effectiveEntry } from "./layers.js";
import type { Layer, NodeDeclaration } from "./manifest.js";
import { dataPortNames } from "./ports.js";
import { absolutePath } from "./paths.js";
import { locate, sourceAt, writtenAt, type Sources } from "./sources.js";
import { integerOf } from "./values.js";

/**
 * A node with every default filled in; undefined while its name or model is not known.
 * @param highestPort the highest data port that something uses; -1: none.
 */
export function resolveNode(node: NodeDeclaration, sources: Sources, highestPort: number): LabNode | undefined {
  const { name, model, layers } = node;
  if (name === undefined || model === undefined) return undefined;
  const at = locate(sources, tableRange(node.table));
  const paths = new Paths(sources, at.file);
  const text = (key: string) => textOf(effectiveEntry(layers, key)?.entry.value)?.value;
  const path = (key: string) => paths.of(textOf(effectiveEntry(layers, key)?.entry.value));
  const pathList = (key: string) => textsOf(effectiveEntry(layers, key)?.entry.value).map((each) => paths.of(each));
  const image = imageOf(textOf(effectiveEntry(layers, "image")?.entry.value), paths);
  const version = text("version");
  const bootDiskSize = integer(layers, "boot_disk_size");
  const dataInterfaceCount = integer(layers, "data_interface_count");
  const ipv4Address = text("ipv4_address");
  const ipv6Address = text("ipv6_address");
  const ztpConfig = path("ztp_config");
  const keys = list(layers, "ssh_authorized_keys");
  const keyFiles = keyFilesOf(effectiveEntry(layers, "ssh_authorized_key_files")?.entry.value, paths);
  const cdrom = path("cdrom");
  const readyPort = integer(layers, "ready_port") ?? model.readiness.port;
  const kernelCmdline = text("kernel_cmdline");
  return {
    name: name.value,
    index: node.index,
    model,
    groups: node.groups.map((group) => group.value),
    ...(image !== undefined && { image }),
    ...(version !== undefined && { version }),
    cpuCount: integer(layers, "cpu_count") ?? model.hardware.cpuCount,
    memory: integer(layers, "memory") ?? model.hardware.memory,
    ...(bootDiskSize !== undefined && { bootDiskSize }),
    ports: resolvePorts(node, model, highestPort),
    ...(dataInterfaceCount !== undefined && { dataInterfaceCount }),
    ...(ipv4Address !== undefined && { ipv4Address }),
    ...(ipv6Address !== undefined && { ipv6Address }),
    ...(ztpConfig !== undefined && { ztpConfig }),
    startupScripts: pathList("startup_scripts"),
    userScripts: pathList("user_scripts"),
    textFiles: textFilesOf(effectiveEntry(layers, "text_files")?.entry.value, sources, paths),
    environment: (list(layers, "environment_variables") ?? []).flatMap((each) => parseEnvironment(each) ?? []),
    ...(keys !== undefined && { sshAuthorizedKeys: keys }),
    ...(keyFiles !== undefined && { sshAuthorizedKeyFiles: keyFiles }),
    user: text("user") ?? model.credentials.user,
    ...(cdrom !== undefined && { cdrom }),
    dependsOn: node.dependsOn.map((each) => each.value),
    startDelay: integer(layers, "start_delay") ?? 0,
    skipReadyCheck: boolean(layers, "skip_ready_check") ?? false,
    ...(readyPort !== undefined && { readyPort }),
    ...(kernelCmdline !== undefined && { kernelCmdline }),
    at,
    nameAt: locate(sources, name.range),
  };
}

/** How many data ports a node has: as it says, else as many as it needs to hold the highest one in use. */
function portCount(node: NodeDeclaration, highestPort: number): number {
  return Math.min(integer(node.layers, "data_interface_count") ?? highestPort + 1, node.portLimit);
}

function resolvePorts(node: NodeDeclaration, model: DeviceModel, highestPort: number): readonly LabPort[] {
  const settings = portSettings(node.interfaces);
  const names = dataPortNames(model).slice(0, portCount(node, highestPort));
  return names.map((name, index) => ({ index, name, ...settings.get(index) }));
}

function integer(layers: readonly Layer[], key: string): number | undefined {
  return integerOf(effectiveEntry(layers, key)?.entry.value, nodeShape.keys.get(key)?.type);
}

function boolean(layers: readonly Layer[], key: string): boolean | undefined {
  const value = effectiveEntry(layers, key)?.entry.value;
  return value?.kind === "boolean" ? value.value : undefined;
}

function list(layers: readonly Layer[], key: string): readonly string[] | undefined {
  const value = effectiveEntry(layers, key)?.entry.value;
  return value === undefined ? undefined : textsOf(value).map((each) => each.value);
}

/**
 * Paths as a node has them. One that is written in the file of the node's own table stays as it is; one that the node takes
 * over from another file starts at that file's folder, so it is made absolute.
 */
class Paths {
  readonly #sources: Sources;
  readonly #file: string;

  constructor(sources: Sources, file: string) {
    this.#sources = sources;
    this.#file = file;
  }

  of(text: Text): string;
  of(text: Text | undefined): string | undefined;
  of(text: Text | undefined): string | undefined {
    if (text === undefined) return undefined;
    const { file } = sourceAt(this.#sources, text.range.start);
    return file === this.#file ? text.value : absolutePath(text.value, file);
  }
}

/** A name without folders is a volume. */
function imageOf(text: Text | undefined, paths: Paths): string | undefined {
  return text?.value.includes("/") === true ? paths.of(text) : text?.value;
}

/** Paths, or tables that hold the path as `source`. */
function keyFilesOf(value: EntryValue | undefined, paths: Paths): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const items: readonly EntryValue[] = value.kind === "array" ? value.items : rowsOf(value);
  return items.flatMap((item) => {
    const text = textOf(item) ?? textOf(tableOf(item)?.entries.get("source")?.value);
    return text === undefined ? [] : [paths.of(text)];
  });
}

function textFilesOf(value: EntryValue | undefined, sources: Sources, paths: Paths): readonly TextFile[] {
  return rowsOf(value).flatMap(({ entries }) => {
    const src = textOf(entries.get("src")?.value);
    const dst = textOf(entries.get("dst")?.value)?.value;
    if (src === undefined || dst === undefined) return [];
    return {
      src: paths.of(src),
      dst,
      user: textOf(entries.get("user")?.value)?.value ?? "root",
      group: textOf(entries.get("group")?.value)?.value ?? "root",
      permissions: octalMode(entries.get("permissions")?.value, sources) ?? "0644",
    };
  });
}

/** A file's mode in octal digits. */
export const octalDigits = /^(?:0o)?([0-7]{3,4})$/;

/** The digits as they are written: `644`, `"0644"` and `0o644` all mean rw-r--r--. Undefined: not an octal mode. */
export function octalMode(value: EntryValue | undefined, sources: Sources): string | undefined {
  if (value?.kind !== "string" && value?.kind !== "integer") return undefined;
  const written = value.kind === "string" ? value.value : writtenAt(sources, value.range);
  const digits = octalDigits.exec(written)?.[1];
  return digits?.padStart(4, "0");
}

/** Reads `NAME=value` and `NAME=$OTHER`; undefined where it is neither. */
export function parseEnvironment(text: string): EnvironmentVariable | undefined {
  const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const reference = /^\$([A-Za-z_]\w*)$/.exec(match[2])?.[1];
  return reference === undefined ? { name: match[1], value: match[2] } : { name: match[1], fromEnvironment: reference };
}
