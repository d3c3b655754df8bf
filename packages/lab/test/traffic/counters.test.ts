import { describe, expect, it } from "vitest";
import { ratesBetween, type NicCounters, type Sample } from "../../src/traffic/counters.js";

interface Reading {
  readonly at: number;
  readonly run?: number;
  readonly device?: string;
  /** Bytes received, packets received, bytes sent, packets sent. */
  readonly counts: readonly [number, number, number, number];
}

function sample({ at, run = 7, device = "vnet0", counts: [rxBytes, rxPackets, txBytes, txPackets] }: Reading): Sample {
  const nic: NicCounters = {
    device,
    rx: { bytes: BigInt(rxBytes), packets: BigInt(rxPackets) },
    tx: { bytes: BigInt(txBytes), packets: BigInt(txPackets) },
  };
  return { at, domains: new Map([["u", { run, nics: 3, counters: new Map([[2, nic]]) }]]) };
}

function rates(before: Reading, after: Reading, position = 2): readonly number[] | undefined {
  const found = ratesBetween(sample(before), sample(after), "u", position);
  return found && [found.rx.bytes, found.rx.packets, found.tx.bytes, found.tx.packets];
}

describe("what passes a NIC", () => {
  const before: Reading = { at: 1000, counts: [100, 1, 200, 2] };

  it("is counted by the second, whatever time has passed", () => {
    expect(rates(before, { at: 2000, counts: [1600, 11, 200, 2] })).toEqual([1500, 10, 0, 0]);
    expect(rates(before, { at: 3000, counts: [1600, 11, 400, 4] })).toEqual([750, 5, 100, 1]);
    expect(rates(before, { at: 1500, counts: [1600, 11, 400, 4] })).toEqual([3000, 20, 400, 4]);
  });

  it("is exact where the counters are bigger than a number can be", () => {
    const large = 2n ** 63n;
    const of = (more: bigint): NicCounters => {
      const counter = { bytes: large + more, packets: large };
      return { device: "vnet0", rx: counter, tx: counter };
    };
    const at = (time: number, more: bigint): Sample => ({
      at: time,
      domains: new Map([["u", { run: 1, nics: 1, counters: new Map([[0, of(more)]]) }]]),
    });
    expect(ratesBetween(at(0, 0n), at(1000, 3n), "u", 0)?.rx.bytes).toBe(3);
  });

  it.each<[string, Reading]>([
    ["the node was started anew", { at: 2000, run: 8, counts: [1600, 11, 400, 4] }],
    ["the NIC has another device", { at: 2000, device: "vnet9", counts: [1600, 11, 400, 4] }],
    ["a counter was set back", { at: 2000, counts: [1600, 11, 400, 1] }],
    ["no time has passed", { at: 1000, counts: [1600, 11, 400, 4] }],
  ])("is not known when %s", (_, after) => {
    expect(rates(before, after)).toBeUndefined();
  });

  it("is not known of a NIC or a domain that is not counted", () => {
    expect(rates(before, { at: 2000, counts: [1600, 11, 400, 4] }, 1)).toBeUndefined();
    expect(ratesBetween(sample(before), { at: 2000, domains: new Map() }, "u", 2)).toBeUndefined();
    expect(ratesBetween({ at: 0, domains: new Map() }, sample(before), "u", 2)).toBeUndefined();
  });
});
