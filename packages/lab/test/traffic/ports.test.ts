import { describe, expect, it } from "vitest";
import type { DomainCounters, Sample } from "../../src/traffic/counters.js";
import { isCounted, trafficBetween, type CountedDomain } from "../../src/traffic/ports.js";
import { applied, desire } from "../desired.js";

const manifest = `name = "quarry"
nodes = [
  { name = "a", model = "tiny_linux", data_interface_count = 4 },
  { name = "b", model = "tiny_linux", data_interface_count = 4 },
  { name = "c", model = "tiny_linux" },
]
links = [
  { src = "a::eth1", dst = "b::eth1" },
  { src = "a::eth2", dst = "b::eth2", type = "bridge" },
  { src = "b::eth3", dst = "a::eth3", type = "wire" },
  { src = "b::eth4", dst = "c::eth1" },
]
bridges = [{ name = "lan", links = ["a::eth4"] }]
`;
/** NICs of a tiny_linux with four ports: the management network's, then the ports. */
const NICS = 5;

/** Each counted NIC has sent as many bytes in a second as `sent` has it by node and position. */
function readings(domains: readonly CountedDomain[], sent: Readonly<Record<string, number>>): [Sample, Sample] {
  const at = (time: number, factor: bigint): Sample => ({
    at: time,
    domains: new Map(
      domains.flatMap(({ uuid, metadata }): [string, DomainCounters][] => {
        const nics = Object.entries(sent).filter(([nic]) => nic.startsWith(metadata.name));
        const counters = nics.map(([nic, bytes]) => {
          const none = { bytes: 0n, packets: 0n };
          const tx = { bytes: BigInt(bytes) * factor, packets: factor };
          return [Number(nic.slice(1)), { device: nic, rx: none, tx }] as const;
        });
        return nics.length === 0 ? [] : [[uuid, { run: 1, nics: NICS, counters: new Map(counters) }]];
      }),
    ),
  });
  return [at(0, 1n), at(1000, 2n)];
}

async function traffic(text: string, sent: Readonly<Record<string, number>>): Promise<readonly string[]> {
  const { domains } = applied(await desire(text));
  const [lab] = trafficBetween(...readings(domains, sent), domains);
  return [...(lab?.links ?? [])].map(([link, { rx, tx }]) => `${link} received ${rx.bytes}, sent ${tx.bytes}`).sort();
}

describe("the traffic of a lab", () => {
  it("is told by cable, as its source sees it, by the NIC that each port is", async () => {
    expect(await traffic(manifest, { a2: 20, a3: 30, a4: 40, b2: 200, b3: 300 })).toEqual([
      "a::eth2 received 0, sent 20",
      "a::eth4 received 0, sent 40",
      "b::eth3 received 0, sent 300",
    ]);
  });

  it("is what the other end counts where the source does not", async () => {
    expect(await traffic(manifest, { b2: 200 })).toEqual(["a::eth2 received 200, sent 0"]);
  });

  it("is not known of a cable that is pulled", async () => {
    const pulled = manifest.replace('type = "bridge"', 'type = "bridge", state = "down"');
    expect(await traffic(pulled, { a2: 20, b2: 200 })).toEqual([]);
  });

  it("is not asked for where nothing is counted", async () => {
    const { domains } = applied(await desire(manifest));
    expect(domains.filter(isCounted).map(({ metadata }) => metadata.name)).toEqual(["a", "b"]);
  });
});
