import type { Rate } from "./traffic.js";

const UNITS = ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"] as const;

/** As network engineers write it: bits by powers of 1000, two figures at least: "0 bit/s", "1.2 Mbit/s", "850 kbit/s". */
export function rateText({ bytes }: Rate): string {
  let value = bytes * 8;
  let unit = 0;
  // 999.6 is written as 1.0 of the next unit.
  while (rounded(value) >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const number = unit > 0 && rounded(value) < 10 ? rounded(value).toFixed(1) : String(Math.round(value));
  return `${number} ${UNITS[unit] ?? ""}`;
}

/** "12 packets/s"; less than ten with a decimal: "0.5 packets/s". */
export function packetsText({ packets }: Rate): string {
  const number = packets > 0 && packets < 9.95 ? packets.toFixed(1).replace(/\.0$/, "") : String(Math.round(packets));
  return `${number} packets/s`;
}

/** As it is shown: below ten with one decimal. */
function rounded(value: number): number {
  return value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value);
}

/** How heavy a load is, for pictures: 0 for none, 1 below 100 kbit/s, 2 below 10 Mbit/s, 3 below 1 Gbit/s, else 4. */
export function loadOf({ rx, tx }: { readonly rx: Rate; readonly tx: Rate }): 0 | 1 | 2 | 3 | 4 {
  const bits = Math.max(rx.bytes, tx.bytes) * 8;
  if (bits <= 0) return 0;
  if (bits < 100e3) return 1;
  if (bits < 10e6) return 2;
  return bits < 1e9 ? 3 : 4;
}
