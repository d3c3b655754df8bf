import { findPort, type DeviceModel, type PortRef } from "@labscape/devices";
import type { Dialect } from "../analysis.js";
import { interfaceShape } from "../keys/interface.js";
import { tableOf, textOf } from "./access.js";
import { effectiveTables } from "./layers.js";
import type { LabPort } from "./lab.js";
import type { InterfaceEntry, Layer } from "./manifest.js";
import { portByNumber } from "./ports.js";
import { integerOf } from "./values.js";

const none: readonly InterfaceEntry[] = [];

/** All entries of `interfaces` in a node's layers, the weakest first. */
export function readInterfaces(
  layers: readonly Layer[],
  model: DeviceModel | undefined,
  dialectAt: (offset: number) => Dialect,
): readonly InterfaceEntry[] {
  const tables = effectiveTables(layers, "interfaces");
  // Most labs say nothing of their ports.
  if (tables.length === 0) return none;
  return [...tables].reverse().flatMap(({ origin, table }) =>
    [...table.entries.values()].map((entry) => {
      const ref = model === undefined ? undefined : portOfKey(entry.key.text, model, dialectAt(entry.key.start));
      return { origin, entry, ...(ref !== undefined && { ref }) };
    }),
  );
}

/** The port that a key of `interfaces` names; the first dialect numbers its ports, and knows their names too. */
export function portOfKey(key: string, model: DeviceModel, dialect: Dialect): PortRef | undefined {
  const named = findPort(model, key);
  if (named !== undefined || dialect !== "first" || !/^\d{1,3}$/.test(key)) return named;
  return portByNumber(model, Number(key));
}

export type PortSettings = Omit<LabPort, "index" | "name">;

/** What the entries say of each data port, by its index; a stronger layer wins key by key. */
export function portSettings(entries: readonly InterfaceEntry[]): ReadonlyMap<number, PortSettings> {
  const settings = new Map<number, PortSettings>();
  for (const { entry, ref } of entries) {
    const table = tableOf(entry.value);
    if (ref?.role !== "data" || table === undefined) continue;
    const mac = textOf(table.entries.get("mac")?.value)?.value;
    const ipv4 = textOf(table.entries.get("ipv4")?.value)?.value;
    const ipv6 = textOf(table.entries.get("ipv6")?.value)?.value;
    const mtu = integerOf(table.entries.get("mtu")?.value, interfaceShape.keys.get("mtu")?.type);
    const description = textOf(table.entries.get("description")?.value)?.value;
    settings.set(ref.index, {
      ...settings.get(ref.index),
      ...(mac !== undefined && { mac }),
      ...(ipv4 !== undefined && { ipv4 }),
      ...(ipv6 !== undefined && { ipv6 }),
      ...(mtu !== undefined && { mtu }),
      ...(description !== undefined && { description }),
    });
  }
  return settings;
}
