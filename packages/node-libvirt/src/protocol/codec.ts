import { ProtocolError, type XdrReader, type XdrWriter } from "./xdr.js";

/** How a value of type T travels. */
export interface Codec<T> {
  /** Least number of bytes that a value takes. */
  readonly size: number;
  write(writer: XdrWriter, value: T): void;
  read(reader: XdrReader): T;
}

export type Decoded<C> = C extends Codec<infer T> ? T : never;

/** Fields in wire order. */
export type Fields = Readonly<Record<string, Codec<unknown>>>;
export type Struct<F extends Fields> = { readonly [K in keyof F]: Decoded<F[K]> };

export const int: Codec<number> = { size: 4, write: (w, v) => w.int(v), read: (r) => r.int() };
export const uint: Codec<number> = { size: 4, write: (w, v) => w.uint(v), read: (r) => r.uint() };
/** Flags: what JavaScript's bit operators give may be negative. */
export const bits: Codec<number> = { size: 4, write: (w, v) => w.uint(v < 0 ? v >>> 0 : v), read: (r) => r.uint() };
export const hyper: Codec<bigint> = { size: 8, write: (w, v) => w.hyper(v), read: (r) => r.hyper() };
export const uhyper: Codec<bigint> = { size: 8, write: (w, v) => w.uhyper(v), read: (r) => r.uhyper() };
export const double: Codec<number> = { size: 8, write: (w, v) => w.double(v), read: (r) => r.double() };
export const string: Codec<string> = { size: 4, write: (w, v) => w.string(v), read: (r) => r.string() };

/** An int that means yes or no. */
export const flag: Codec<boolean> = { size: 4, write: (w, v) => w.int(v ? 1 : 0), read: (r) => r.int() !== 0 };

/** `opaque[16]`, shown as the canonical text form. */
export const uuid: Codec<string> = {
  size: 16,
  write(w, v) {
    const hex = v.replaceAll("-", "");
    if (!/^[0-9a-f]{32}$/i.test(hex)) throw new ProtocolError(`"${v}" is not a UUID`);
    w.fixed(Buffer.from(hex, "hex"));
  },
  read(r) {
    const hex = r.fixed(16).toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  },
};

/** `char<>` and `char[n]` send each character in four bytes. */
export const chars: Codec<Buffer> = {
  size: 4,
  write(w, v) {
    w.uint(v.length);
    for (const byte of v) w.int(byte);
  },
  read(r) {
    return Buffer.from(Array.from({ length: r.count(4) }, () => r.int() & 0xff));
  },
};

export function fixedChars(length: number): Codec<string> {
  return {
    size: 4 * length,
    write(w, v) {
      const bytes = Buffer.alloc(length);
      bytes.write(v, "utf8");
      for (const byte of bytes) w.int(byte);
    },
    read(r) {
      const bytes = Buffer.from(Array.from({ length }, () => r.int() & 0xff));
      const end = bytes.indexOf(0);
      return bytes.toString("utf8", 0, end < 0 ? length : end);
    },
  };
}

/** Absent values are `undefined`. */
export function optional<T>(item: Codec<T>): Codec<T | undefined> {
  return {
    size: 4,
    write(w, v) {
      w.int(v === undefined ? 0 : 1);
      if (v !== undefined) item.write(w, v);
    },
    read(r) {
      const present = r.int();
      if (present !== 0 && present !== 1)
        throw new ProtocolError(`${present} where 0 or 1 says whether a value follows`);
      return present === 1 ? item.read(r) : undefined;
    },
  };
}

export function array<T>(item: Codec<T>): Codec<readonly T[]> {
  return {
    size: 4,
    write(w, v) {
      w.uint(v.length);
      for (const one of v) item.write(w, one);
    },
    read(r) {
      return Array.from({ length: r.count(item.size) }, () => item.read(r));
    },
  };
}

export function struct<F extends Fields>(fields: F): Codec<Struct<F>> {
  const entries = Object.entries(fields);
  return {
    size: entries.reduce((sum, [, codec]) => sum + codec.size, 0),
    write(w, v) {
      for (const [name, codec] of entries) codec.write(w, v[name]);
    },
    read(r) {
      const value: Record<string, unknown> = {};
      for (const [name, codec] of entries) value[name] = codec.read(r);
      // Every field has just been read with its own codec.
      return value as Struct<F>;
    },
  };
}
