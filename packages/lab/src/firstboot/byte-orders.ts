/** A 32-bit number as ECMA-119, 7.3.3 writes it: least significant byte first, then once more the other way round. */
export function bothOrders32(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(value, 0);
  bytes.writeUInt32BE(value, 4);
  return bytes;
}

/** A 16-bit number likewise (ECMA-119, 7.2.3). */
export function bothOrders16(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16LE(value, 0);
  bytes.writeUInt16BE(value, 2);
  return bytes;
}
