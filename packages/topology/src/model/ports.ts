import { portNames, type DeviceModel, type PortRef } from "@labscape/devices";

/** Models do not change, so that their names live as long as they do. Making a name takes long next to all else here. */
const names = new WeakMap<DeviceModel, readonly string[]>();

/** Canonical names of the data ports that a model can have, in order. */
export function dataPortNames(model: DeviceModel): readonly string[] {
  let known = names.get(model);
  if (known === undefined) names.set(model, (known = portNames(model)));
  return known;
}

/** A data port by its number from 0; undefined beyond what the model can have. */
export function portByNumber(model: DeviceModel, number: number): PortRef | undefined {
  const name = dataPortNames(model)[number];
  if (name === undefined) return undefined;
  const before = (model.ports.management === undefined ? 0 : 1) + model.ports.reserved.length;
  return { role: "data", index: number, nic: before + number, name };
}

/** The names of all data ports in a few words: "swp1 to swp32". */
export function describePorts(model: DeviceModel): string {
  const all = dataPortNames(model);
  const [first = "no data ports"] = all;
  return all.length < 2 ? first : `${first} to ${all.at(-1) ?? ""}`;
}
