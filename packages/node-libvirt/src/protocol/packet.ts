import { ProtocolError } from "./xdr.js";

export const PacketType = {
  CALL: 0,
  REPLY: 1,
  MESSAGE: 2,
  STREAM: 3,
  CALL_WITH_FDS: 4,
  REPLY_WITH_FDS: 5,
  STREAM_HOLE: 6,
} as const;
export const PacketStatus = { OK: 0, ERROR: 1, CONTINUE: 2 } as const;

export interface Packet {
  readonly program: number;
  readonly version: number;
  readonly procedure: number;
  readonly type: number;
  readonly serial: number;
  readonly status: number;
  readonly payload: Buffer;
}

/** Length word and six header words. */
export const HEADER = 28;
/** VIR_NET_MESSAGE_MAX of libvirt: 32 MiB of payload beside the header. */
const MAX_PACKET = 32 * 1024 * 1024 + HEADER;

export function encodePacket(packet: Omit<Packet, "version">): Buffer {
  const buffer = Buffer.allocUnsafe(HEADER + packet.payload.length);
  packet.payload.copy(buffer, HEADER);
  return putHeader(buffer, packet);
}

/** The header alone, of a packet whose payload follows by itself. */
export function headerOf(packet: Omit<Packet, "version">): Buffer {
  return putHeader(Buffer.allocUnsafe(HEADER), packet, HEADER + packet.payload.length);
}

/** Writes the header into the first bytes of a packet whose payload is there already. */
export function putHeader(
  buffer: Buffer,
  packet: Omit<Packet, "version" | "payload">,
  length: number = buffer.length,
): Buffer {
  if (length > MAX_PACKET) throw new ProtocolError(`a packet of ${length} bytes is over libvirt's limit`);
  buffer.writeUInt32BE(length, 0);
  buffer.writeUInt32BE(packet.program, 4);
  buffer.writeUInt32BE(1, 8);
  buffer.writeInt32BE(packet.procedure, 12);
  buffer.writeInt32BE(packet.type, 16);
  buffer.writeUInt32BE(packet.serial, 20);
  buffer.writeInt32BE(packet.status, 24);
  return buffer;
}

/** Cuts a byte stream into packets, however it was split or merged on the way. */
export class PacketParser {
  #chunks: Buffer[] = [];
  #buffered = 0;
  #wanted = 4;

  /** The packets that are complete with this chunk; throws {@link ProtocolError} on an impossible length. */
  *push(chunk: Buffer): Generator<Packet> {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    while (this.#buffered >= this.#wanted) {
      const data = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
      if (data === undefined) return;
      const length = data.readUInt32BE(0);
      if (length < HEADER || length > MAX_PACKET)
        throw new ProtocolError(`a packet says that it is ${length} bytes long`);
      if (data.length < length) {
        this.#chunks = [data];
        this.#wanted = length;
        return;
      }
      this.#chunks = data.length > length ? [data.subarray(length)] : [];
      this.#buffered = data.length - length;
      this.#wanted = 4;
      yield {
        program: data.readUInt32BE(4),
        version: data.readUInt32BE(8),
        procedure: data.readInt32BE(12),
        type: data.readInt32BE(16),
        serial: data.readUInt32BE(20),
        status: data.readInt32BE(24),
        payload: data.subarray(HEADER, length),
      };
    }
  }
}
