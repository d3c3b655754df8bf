/** Malformed or truncated data from the peer, or a value that cannot be encoded. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}

/** Longest string or opaque accepted, bytes (REMOTE_STRING_MAX of libvirt's protocol is 4 MiB; XML of a large host may reach it). */
const MAX_BYTES = 32 * 1024 * 1024;

/** Writes XDR (RFC 4506): big-endian, everything padded to four bytes. */
export class XdrWriter {
  #buffer: Buffer;
  #length: number;

  /** @param reserved bytes to leave free in front of what is written */
  constructor(reserved = 0) {
    this.#buffer = Buffer.allocUnsafe(256);
    this.#length = reserved;
  }

  #grow(bytes: number): number {
    const at = this.#length;
    this.#length += bytes;
    if (this.#length > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#length, this.#buffer.length * 2));
      this.#buffer.copy(larger, 0, 0, at);
      this.#buffer = larger;
    }
    return at;
  }

  int(value: number): void {
    if (!Number.isInteger(value) || value < -0x80000000 || value > 0x7fffffff)
      throw new ProtocolError(`${value} is not a 32-bit integer`);
    const at = this.#grow(4);
    this.#buffer.writeInt32BE(value, at);
  }

  uint(value: number): void {
    if (!Number.isInteger(value) || value < 0 || value > 0xffffffff)
      throw new ProtocolError(`${value} is not an unsigned 32-bit integer`);
    const at = this.#grow(4);
    this.#buffer.writeUInt32BE(value, at);
  }

  hyper(value: bigint): void {
    if (BigInt.asIntN(64, value) !== value) throw new ProtocolError(`${value} is not a 64-bit integer`);
    const at = this.#grow(8);
    this.#buffer.writeBigInt64BE(value, at);
  }

  uhyper(value: bigint): void {
    if (BigInt.asUintN(64, value) !== value) throw new ProtocolError(`${value} is not an unsigned 64-bit integer`);
    const at = this.#grow(8);
    this.#buffer.writeBigUInt64BE(value, at);
  }

  double(value: number): void {
    const at = this.#grow(8);
    this.#buffer.writeDoubleBE(value, at);
  }

  /** Bytes of a length both sides know. */
  fixed(bytes: Uint8Array): void {
    const padding = (4 - (bytes.length & 3)) & 3;
    const at = this.#grow(bytes.length + padding);
    this.#buffer.set(bytes, at);
    this.#buffer.fill(0, at + bytes.length, at + bytes.length + padding);
  }

  /** Length, bytes, padding. */
  opaque(bytes: Uint8Array): void {
    this.uint(bytes.length);
    this.fixed(bytes);
  }

  string(value: string): void {
    this.opaque(Buffer.from(value, "utf8"));
  }

  /** What has been written so far, with the reserved bytes in front; valid until the next write. */
  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }
}

/** Reads XDR; throws {@link ProtocolError} instead of reading past the end. */
export class XdrReader {
  readonly #buffer: Buffer;
  #at: number;

  constructor(buffer: Buffer, at = 0) {
    this.#buffer = buffer;
    this.#at = at;
  }

  get remaining(): number {
    return this.#buffer.length - this.#at;
  }

  #take(bytes: number): number {
    if (bytes > this.remaining) throw new ProtocolError(`truncated: ${bytes} bytes wanted, ${this.remaining} left`);
    const at = this.#at;
    this.#at += bytes;
    return at;
  }

  int(): number {
    return this.#buffer.readInt32BE(this.#take(4));
  }

  uint(): number {
    return this.#buffer.readUInt32BE(this.#take(4));
  }

  hyper(): bigint {
    return this.#buffer.readBigInt64BE(this.#take(8));
  }

  uhyper(): bigint {
    return this.#buffer.readBigUInt64BE(this.#take(8));
  }

  double(): number {
    return this.#buffer.readDoubleBE(this.#take(8));
  }

  fixed(length: number): Buffer {
    const at = this.#take(length + ((4 - (length & 3)) & 3));
    return this.#buffer.subarray(at, at + length);
  }

  opaque(): Buffer {
    const length = this.uint();
    if (length > MAX_BYTES) throw new ProtocolError(`a length of ${length} bytes is over the limit`);
    return this.fixed(length);
  }

  string(): string {
    return this.opaque().toString("utf8");
  }

  /** Number of items of an array whose items take at least `itemSize` bytes; bounded by what is left to read. */
  count(itemSize: number): number {
    const count = this.uint();
    if (count * itemSize > this.remaining)
      throw new ProtocolError(`an array of ${count} items does not fit in ${this.remaining} bytes`);
    return count;
  }
}
