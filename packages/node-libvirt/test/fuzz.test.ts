import { describe, expect, it } from "vitest";
import { Session } from "../src/objects/session.js";
import { encodePacket, PacketStatus, PacketType, type Packet } from "../src/protocol/packet.js";
import { PROGRAM_KEEPALIVE, PROGRAM_QEMU, PROGRAM_REMOTE, procedures } from "../src/protocol/procedures.js";
import { DownloadStream } from "../src/rpc/stream.js";
import { Subscriptions } from "../src/rpc/subscriptions.js";
import { connect, getType, libvirtError, replyTo, text } from "./fake-daemon.js";

/** Cases run each time. A seed that ever fails is kept in the list below. */
const CASES = 10_000;
const FIRST_SEED = 20261121;
const KEPT: readonly number[] = [20261272];

type Random = (below: number) => number;

/** Numbers that depend on the seed alone (mulberry32). */
function generator(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function noise(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random(256)));
}

/** What could be a packet: most of its header makes sense, so that it gets past the first look. */
function likely(random: Random): Packet {
  const programs = [PROGRAM_REMOTE, PROGRAM_REMOTE, PROGRAM_QEMU, PROGRAM_KEEPALIVE];
  const numbers = [3, 66, 209, 318, 316, 6, 1, 2, 370];
  return {
    program: programs[random(programs.length)] ?? 0,
    version: 1,
    procedure: numbers[random(numbers.length)] ?? 0,
    type: random(8),
    serial: random(5),
    status: random(4),
    payload: noise(random, random(60)),
  };
}

/** Bytes that a daemon may send by mistake or on purpose. */
function misbehaviour(random: Random, calls: readonly Packet[]): Buffer {
  const pieces = Array.from({ length: 1 + random(4) }, () => {
    const call = calls[random(calls.length)];
    switch (random(6)) {
      case 0:
        return noise(random, random(80));
      case 1:
        return encodePacket(likely(random));
      case 2:
        return call === undefined ? noise(random, 8) : encodePacket(replyTo(call, text("QEMU")));
      case 3: {
        const error = libvirtError(random(120), random(70), "no");
        return call === undefined ? error : encodePacket(replyTo(call, error, { status: PacketStatus.ERROR }));
      }
      case 4:
        // An answer of which something has changed.
        return call === undefined ? noise(random, 8) : flip(random, encodePacket(replyTo(call, text("QEMU"))));
      default:
        return call === undefined
          ? noise(random, 8)
          : encodePacket(replyTo(call, noise(random, random(40)), { type: PacketType.STREAM, status: random(4) }));
    }
  });
  const bytes = Buffer.concat(pieces);
  return random(3) === 0 ? bytes.subarray(0, random(bytes.length + 1)) : bytes;
}

function flip(random: Random, bytes: Buffer): Buffer {
  const at = random(bytes.length);
  bytes[at] = random(256);
  return bytes;
}

/** Calls, opens a stream and subscribes; sends back nonsense in random pieces; everything must settle. */
async function run(seed: number): Promise<void> {
  const random = generator(seed);
  const { daemon, rpc } = connect(0);
  const session = new Session(rpc);
  const subscriptions = new Subscriptions(session);
  rpc.onMessage = (packet) => subscriptions.receive(packet);
  const name = "STORAGE_VOL_DOWNLOAD";
  const args = { vol: { pool: "p", name: "v", key: "k" }, offset: 0n, length: 0n, flags: 0 };
  const waiting = [
    getType(rpc),
    subscriptions.subscribe("domain-lifecycle", () => undefined),
    session.openStream(name, args, (wire) => new DownloadStream(wire, name).on("error", () => undefined)),
    rpc.call("AUTH_LIST", procedures.AUTH_LIST, {}),
  ];
  const settled = Promise.allSettled(waiting);
  const calls = await daemon.packets(waiting.length);
  const bytes = misbehaviour(random, calls);
  for (let at = 0; at < bytes.length;) {
    const size = 1 + random(40);
    daemon.push(bytes.subarray(at, at + size));
    at += size;
  }
  daemon.push(null);
  await settled;
  expect(await rpc.closed).toMatchObject({ name: "ConnectionError" });
}

describe("a peer that sends anything at all", () => {
  it(`ends in an error that says so, ${CASES} times`, async () => {
    for (const seed of [...KEPT, ...Array.from({ length: CASES }, (_, index) => FIRST_SEED + index)]) {
      let timer: NodeJS.Timeout | undefined;
      const stuck = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error("it never settled")), 5000);
      });
      await Promise.race([run(seed), stuck]).catch((error: unknown) => {
        throw new Error(`seed ${seed}`, { cause: error });
      });
      clearTimeout(timer);
    }
  });
});
