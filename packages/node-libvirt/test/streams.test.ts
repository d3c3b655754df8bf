import { describe, expect, it } from "vitest";
import { encodePacket, PacketStatus, PacketType } from "../src/protocol/packet.js";
import { procedures } from "../src/protocol/procedures.js";
import { DownloadStream } from "../src/rpc/stream.js";
import { connect } from "./fake-daemon.js";

describe("DownloadStream", () => {
  it("gives the data, confirms the end and ends", async () => {
    const { daemon, rpc } = connect();
    daemon.onPacket = (packet) => {
      const stream = {
        program: packet.program,
        procedure: packet.procedure,
        type: PacketType.STREAM,
        serial: packet.serial,
      };
      if (packet.type === PacketType.CALL) {
        daemon.reply(packet, Buffer.alloc(0));
        for (const payload of [Buffer.from("one "), Buffer.from("two"), Buffer.alloc(0)])
          daemon.push(encodePacket({ ...stream, status: PacketStatus.CONTINUE, payload }));
      } else if (packet.status === PacketStatus.OK)
        daemon.push(encodePacket({ ...stream, status: PacketStatus.OK, payload: Buffer.alloc(0) }));
    };
    const { sink } = await rpc.openStream(
      "STORAGE_VOL_DOWNLOAD",
      procedures.STORAGE_VOL_DOWNLOAD,
      { vol: { pool: "p", name: "v", key: "k" }, offset: 0n, length: 0n, flags: 0 },
      (wire) => new DownloadStream(wire, "STORAGE_VOL_DOWNLOAD"),
    );
    const chunks: Buffer[] = [];
    for await (const chunk of sink) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe("one two");
    rpc.close();
  });
});
