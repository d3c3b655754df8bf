import type { DiskBus } from "@labscape/devices";

const PREFIXES: Readonly<Record<DiskBus, string>> = { virtio: "vd", ide: "hd", sata: "sd", scsi: "sd", usb: "sd" };

/** Hands out disk target names (vda, vdb, sda, ...), unique in a domain also where buses share a prefix. */
export class DiskTargets {
  readonly #next = new Map<string, number>();

  allocate(bus: DiskBus): string {
    const prefix = PREFIXES[bus];
    const index = this.#next.get(prefix) ?? 0;
    this.#next.set(prefix, index + 1);
    return prefix + letters(index);
  }
}

/** a to z, then aa to zz. */
function letters(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}
