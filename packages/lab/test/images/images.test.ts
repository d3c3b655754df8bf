import { describe, expect, it } from "vitest";
import { compareVersions } from "@labscape/lab";
import { formatOf } from "../../src/images/format.js";
import { imageOfSidecar, sidecarName } from "../../src/images/names.js";

describe("compareVersions", () => {
  it.each([
    [
      ["9.0", "10.0", "1.0"],
      ["10.0", "9.0", "1.0"],
    ],
    [
      ["1.0-kernel", "1.0", "0.9"],
      ["1.0", "1.0-kernel", "0.9"],
    ],
    [
      ["23.2R2.21", "25.2R1.9", "25.2R1.10"],
      ["25.2R1.10", "25.2R1.9", "23.2R2.21"],
    ],
    [
      ["4.34.4M", "4.35.1F", "4.9"],
      ["4.35.1F", "4.34.4M", "4.9"],
    ],
  ])("%j, newest first", (versions, expected) => {
    expect([...versions].sort((a, b) => compareVersions(b, a))).toEqual(expected);
  });
  it("puts no two versions on one place", () => {
    expect(compareVersions("1.0a", "1.0A")).not.toBe(0);
    expect(compareVersions("1.0", "1.0")).toBe(0);
  });
});

describe("formatOf", () => {
  const head = (text: string, at = 0): Buffer => {
    const buffer = Buffer.alloc(36 * 1024);
    buffer.write(text, at, "latin1");
    return buffer;
  };
  it("reads size and backing of a qcow2 header", () => {
    const buffer = head("QFI\xfb");
    buffer.writeBigUInt64BE(5n << 30n, 24);
    expect(formatOf(buffer, 200n)).toEqual({ format: "qcow2", size: 200n, virtualSize: 5n << 30n, backed: false });
    buffer.writeBigUInt64BE(104n, 8);
    expect(formatOf(buffer, 200n).backed).toBe(true);
  });
  it.each([
    ["KDMV", 0, "vmdk"],
    ["vhdxfile", 0, "vhdx"],
    ["\x7f\x10\xda\xbe", 64, "vdi"],
    ["CD001", 0x8001, "iso"],
    ["HdrS", 0x202, "kernel"],
    ["\x1f\x8b", 0, "archive"],
    ["PK\x03\x04", 0, "archive"],
    ["ustar", 257, "archive"],
  ])("knows %j at %d as %s", (magic, at, format) => {
    expect(formatOf(head(magic, at), 36n * 1024n).format).toBe(format);
  });
  it("takes whole sectors for a raw disk, and anything else for none", () => {
    expect(formatOf(head(""), 1024n * 1024n).format).toBe("raw");
    expect(formatOf(Buffer.from("just some text"), 14n).format).toBe("unknown");
    expect(formatOf(Buffer.alloc(0), 0n).format).toBe("unknown");
  });
});

describe("names in the store", () => {
  it("round-trip", () => {
    const name = { model: "arista_veos", version: "4.35.1F", file: "vEOS-lab.qcow2" };
    expect(imageOfSidecar(sidecarName(name))).toEqual(name);
    expect(imageOfSidecar("somebody-elses.json")).toBeUndefined();
    expect(imageOfSidecar("a@b@c@d.json")).toBeUndefined();
  });
});
