import type { DataPorts, DeviceModel, PortRef } from "./model.js";

type PortNumbering = Pick<DataPorts, "first" | "firstSlot" | "perSlot" | "skip">;

/** `{n}`, `{slot}`, `{port}`, `{i}` with an optional factor and an optional addend. */
const placeholder = /\{(?:(n|slot|port)|i(?:\*(\d+))?(?:\+(\d+))?)\}/g;

/** Canonical name of the data port `index`, counted from 0. Any index gives a name; whether the device has it is `maxCount`'s to say. */
export function portName(ports: DataPorts, index: number): string {
  return expandPattern(ports.pattern, ports, index);
}

/** What the device itself calls the data port `index` in its configuration. */
export function devicePortName(ports: DataPorts, index: number): string {
  return expandPattern(ports.devicePattern, ports, index);
}

/** Canonical names of all data ports that the model can have, in order. */
export function portNames(model: DeviceModel): readonly string[] {
  return tableOf(model).data.map((port) => port.name);
}

/**
 * The port that `text` names: a canonical name first, exactly as written; then canonical names and aliases without case.
 * Management and reserved ports are found too; their `role` says so.
 */
export function findPort(model: DeviceModel, text: string): PortRef | undefined {
  const table = tableOf(model);
  return table.canonical.get(text) ?? table.folded.get(text.toLowerCase());
}

/** Every name under which the port is known, the canonical one first. */
export function portAliases(model: DeviceModel, port: PortRef): readonly string[] {
  const { management, reserved, data } = model.ports;
  switch (port.role) {
    case "management":
      return management === undefined ? [] : [management.name, management.deviceName, ...management.aliases];
    case "reserved":
      return reserved.slice(port.index, port.index + 1);
    case "data":
      return [data.pattern, data.devicePattern, ...data.aliases].map((pattern) =>
        expandPattern(pattern, data, port.index),
      );
  }
}

/** NICs of a domain of this model with `dataCount` data ports: management, reserved and data together. */
export function nicCount(model: DeviceModel, dataCount: number): number {
  return nicsBeforeData(model) + dataCount;
}

/** The NICs of a domain of this model with `dataCount` data ports, in the order in which the domain must have them. */
export function nicOrder(model: DeviceModel, dataCount: number): readonly PortRef[] {
  const { before } = tableOf(model);
  return [...before, ...Array.from({ length: dataCount }, (_, index) => dataPort(model, index))];
}

function nicsBeforeData(model: DeviceModel): number {
  return (model.ports.management === undefined ? 0 : 1) + model.ports.reserved.length;
}

function dataPort(model: DeviceModel, index: number): PortRef {
  return { role: "data", index, nic: nicsBeforeData(model) + index, name: portName(model.ports.data, index) };
}

function expandPattern(pattern: string, numbering: PortNumbering, index: number): string {
  const position = index + numbering.skip;
  return pattern.replace(placeholder, (_, word?: string, factor?: string, addend?: string) => {
    switch (word) {
      case "n":
        return String(numbering.first + index);
      case "slot":
        return String(numbering.firstSlot + (numbering.perSlot === 0 ? 0 : Math.floor(position / numbering.perSlot)));
      case "port":
        return String(numbering.perSlot === 0 ? position : position % numbering.perSlot);
      default:
        return String(index * Number(factor ?? 1) + Number(addend ?? 0));
    }
  });
}

interface PortTable {
  /** Management and reserved ports, in NIC order. */
  readonly before: readonly PortRef[];
  readonly data: readonly PortRef[];
  readonly canonical: ReadonlyMap<string, PortRef>;
  readonly folded: ReadonlyMap<string, PortRef>;
}

/** Models are immutable, so a table lives exactly as long as its model. */
const tables = new WeakMap<DeviceModel, PortTable>();

function tableOf(model: DeviceModel): PortTable {
  const known = tables.get(model);
  if (known !== undefined) return known;
  const table = buildTable(model);
  tables.set(model, table);
  return table;
}

function buildTable(model: DeviceModel): PortTable {
  const { management, reserved, data } = model.ports;
  const before: PortRef[] = [];
  if (management !== undefined) before.push({ role: "management", index: 0, nic: 0, name: management.name });
  for (const [index, name] of reserved.entries()) before.push({ role: "reserved", index, nic: before.length, name });
  const dataPorts = Array.from({ length: data.maxCount }, (_, index) => dataPort(model, index));
  const all = [...before, ...dataPorts];
  const canonical = new Map(all.map((port) => [port.name, port]));
  const folded = new Map<string, PortRef>();
  const addFolded = (name: string, port: PortRef): void => {
    const key = name.toLowerCase();
    if (!folded.has(key)) folded.set(key, port);
  };
  for (const port of all) addFolded(port.name, port);
  for (const port of all) for (const alias of portAliases(model, port)) addFolded(alias, port);
  return { before, data: dataPorts, canonical, folded };
}
