import { describe, expect, it } from "vitest";
import { array, fixedChars, optional, string, uuid, type Codec } from "../src/protocol/codec.js";
import { messages, procedures } from "../src/protocol/procedures.js";
import { typedParam, type TypedParam } from "../src/protocol/structures.js";
import { ProtocolError, XdrReader, XdrWriter } from "../src/protocol/xdr.js";

function bytesOf<T>(codec: Codec<T>, value: T): Buffer {
  const writer = new XdrWriter();
  codec.write(writer, value);
  return Buffer.from(writer.bytes());
}
function roundTrip<T>(codec: Codec<T>, value: T): T {
  const reader = new XdrReader(bytesOf(codec, value));
  const result = codec.read(reader);
  expect(reader.remaining).toBe(0);
  return result;
}

describe("XDR", () => {
  it("pads strings to four bytes", () => {
    expect(bytesOf(string, "abcde").toString("hex")).toBe("000000056162636465000000");
    expect(roundTrip(string, "é😀")).toBe("é😀");
  });
  it("writes UUIDs as sixteen bytes", () => {
    const text = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
    expect(bytesOf(uuid, text)).toHaveLength(16);
    expect(roundTrip(uuid, text)).toBe(text);
    expect(() => bytesOf(uuid, "nonsense")).toThrow(ProtocolError);
  });
  it("sends each character of a char array in four bytes", () => {
    expect(bytesOf(fixedChars(4), "ab")).toHaveLength(16);
    expect(roundTrip(fixedChars(4), "ab")).toBe("ab");
  });
  it("tells absent from empty", () => {
    expect(roundTrip(optional(string), undefined)).toBeUndefined();
    expect(roundTrip(optional(string), "")).toBe("");
  });
  it("refuses counts and lengths that do not fit in what is there", () => {
    expect(() => array(string).read(new XdrReader(Buffer.from("7fffffff00000000", "hex")))).toThrow(/does not fit/);
    expect(() => string.read(new XdrReader(Buffer.from("0000000a41", "hex")))).toThrow(/truncated/);
    expect(() => optional(string).read(new XdrReader(Buffer.from("00000002", "hex")))).toThrow(ProtocolError);
  });
  it("keeps every type of typed parameter", () => {
    const params: TypedParam[] = [
      { field: "a", value: { type: "int", value: -1 } },
      { field: "b", value: { type: "uint", value: 4_000_000_000 } },
      { field: "c", value: { type: "llong", value: -(2n ** 63n) } },
      { field: "d", value: { type: "ullong", value: 2n ** 64n - 1n } },
      { field: "e", value: { type: "double", value: 0.5 } },
      { field: "f", value: { type: "boolean", value: true } },
      { field: "g", value: { type: "string", value: "x" } },
    ];
    expect(roundTrip(array(typedParam), params)).toEqual(params);
  });
});

describe("the protocol table", () => {
  it("uses no number twice within a program", () => {
    const numbers = [...Object.values(procedures), ...Object.values(messages)].map(
      ({ program, number }) => `${program}/${number}`,
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
