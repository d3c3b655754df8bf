import { describe, expect, it } from "vitest";
import { loadOf, packetsText, rateText } from "../../src/traffic/index.js";

describe("a rate in words", () => {
  it.each([
    [0, "0 bit/s"],
    [0.01, "0 bit/s"],
    [1, "8 bit/s"],
    [124.9, "999 bit/s"],
    [124.99, "1.0 kbit/s"],
    [125, "1.0 kbit/s"],
    [154.4, "1.2 kbit/s"],
    [1243.6, "9.9 kbit/s"],
    [1244, "10 kbit/s"],
    [106_250, "850 kbit/s"],
    [124_949, "1.0 Mbit/s"],
    [150_000, "1.2 Mbit/s"],
    [1.25e9, "10 Gbit/s"],
    [1.25e15, "10000 Tbit/s"],
  ])("%d bytes", (bytes, text) => {
    expect(rateText({ bytes, packets: 0 })).toBe(text);
  });

  it.each([
    [0, "0 packets/s"],
    [0.5, "0.5 packets/s"],
    [2, "2 packets/s"],
    [9.97, "10 packets/s"],
    [81_234.5, "81235 packets/s"],
  ])("%d packets", (packets, text) => {
    expect(packetsText({ bytes: 0, packets })).toBe(text);
  });

  it.each([
    [0, 0, 0],
    [1, 0, 1],
    [0, 20_000, 2],
    [1.25e6, 0, 3],
    [1, 1.25e8, 4],
  ])("as a load: %d received, %d sent", (rx, tx, load) => {
    expect(loadOf({ rx: { bytes: rx, packets: 0 }, tx: { bytes: tx, packets: 0 } })).toBe(load);
  });
});
