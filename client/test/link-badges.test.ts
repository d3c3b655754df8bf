import { describe, expect, it } from "vitest";
import type { LinkStatus } from "@labscape/lab";
import { linkBadges, type LinkTraffic, type LinkWords } from "../src/labs/link-badges.js";

const words: LinkWords = {
  up: "up",
  down: "down",
  notCounted: (type) => `${type} is not counted`,
  from: (rate, end) => `${rate} from ${end}`,
};
const passing: LinkTraffic = {
  sent: "1.2 Mbit/s",
  received: "8 bit/s",
  sentInFull: "1.2 Mbit/s (100 packets/s)",
  receivedInFull: "8 bit/s (0.1 packets/s)",
  load: 2,
};

function badges(cables: Readonly<Record<string, string>>, link: Partial<LinkStatus>, traffic?: Partial<LinkTraffic>) {
  const running = { src: "a::eth1", dst: "b::eth1", type: "bridge", state: "up", ...link } as const;
  const found = new Map(traffic === undefined ? [] : [[running.src, { ...passing, ...traffic }]]);
  return linkBadges(Object.entries(cables), [running], found, words);
}

describe("what is shown of a cable", () => {
  it("is its state, by the port at one of its ends; nothing where nothing runs", () => {
    expect(badges({ x: "a::eth1", y: "c::eth1" }, {})).toEqual({ x: { state: "up", label: "up" } });
  });

  it("is what passes it, each way, whichever end the picture begins with", () => {
    const label = "up, 1.2 Mbit/s (100 packets/s) from a::eth1, 8 bit/s (0.1 packets/s) from b::eth1";
    expect(badges({ x: "a::eth1", y: "b::eth1" }, {}, {})).toEqual({
      x: { state: "up", label, rates: { forth: "1.2 Mbit/s", back: "8 bit/s", load: 2 } },
      y: { state: "up", label, rates: { forth: "8 bit/s", back: "1.2 Mbit/s", load: 2 } },
    });
  });

  it("is in words alone where nothing passes", () => {
    const idle = { sentInFull: "0 bit/s", receivedInFull: "0 bit/s", load: 0 };
    expect(badges({ x: "a::eth1" }, {}, idle)).toEqual({
      x: { state: "up", label: "up, 0 bit/s from a::eth1, 0 bit/s from b::eth1" },
    });
  });

  it("is why nothing is known where it is not counted", () => {
    expect(badges({ x: "a::eth1" }, { type: "udp" })).toEqual({ x: { state: "up", label: "up, udp is not counted" } });
  });

  it("is no traffic of a cable that was pulled a moment ago", () => {
    expect(badges({ x: "a::eth1" }, { state: "down" }, {})).toEqual({ x: { state: "down", label: "down" } });
  });
});
