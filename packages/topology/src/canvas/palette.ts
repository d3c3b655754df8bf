import type { Catalogue } from "@labscape/devices";

/** A device model as a palette offers it. */
export interface PaletteModel {
  readonly name: string;
  readonly title: string;
  readonly vendor: string;
  readonly role: string;
  readonly description: string;
  /** MiB. */
  readonly memory: number;
  readonly cpuCount: number;
}

/** The device models that a lab can use. */
export function paletteOf({ models }: Catalogue): readonly PaletteModel[] {
  return models.map(({ name, title, vendor, role, description, hardware: { memory, cpuCount } }) => {
    return { name, title, vendor, role, description, memory, cpuCount };
  });
}
