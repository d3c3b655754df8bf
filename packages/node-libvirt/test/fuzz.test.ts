import { describe, expect, it } from "vitest";
import { encodePacket } from "../src/protocol/packet.js";
import { PROGRAM_REMOTE } from "../src/protocol/procedures.js";
import { connect, getType } from "./fake-daemon.js";

describe("RpcClient and a peer that sends anything at all", () => {
  it("survives 10,000 rounds of random bytes: every call settles", async () => {
    let seed = 20261121;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return seed % below;
    };
    for (let round = 0; round < 10_000; round += 1) {
      const { daemon, rpc } = connect(50);
      const call = getType(rpc).then(
        () => "answered",
        () => "failed",
      );
      const valid = encodePacket({
        program: PROGRAM_REMOTE,
        procedure: 3,
        type: random(8),
        serial: random(3),
        status: random(4),
        payload: Buffer.from(Array.from({ length: random(40) }, () => random(256))),
      });
      const bytes = random(2) === 0 ? valid : Buffer.from(Array.from({ length: random(80) }, () => random(256)));
      daemon.push(bytes);
      daemon.push(null);
      expect(["answered", "failed"]).toContain(await call);
      rpc.close();
    }
  });
});
