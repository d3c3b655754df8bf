import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { sha512Crypt } from "../../src/firstboot/sha512-crypt.js";
import { missingPrograms } from "../tools.js";

describe("sha512Crypt", () => {
  it("gives a value that other implementations gave", () => {
    expect(sha512Crypt("Hello world!", "saltstring")).toBe(
      "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
    );
  });

  const missing = missingPrograms("openssl");
  it.skipIf(missing.length > 0).each([
    ["a", "x"],
    ["correct horse battery staple", "0123456789abcdef"],
    ["größe €", "./AZaz09"],
    ["p".repeat(63), "abc"],
    ["p".repeat(64), "abc"],
    ["p".repeat(65), "abc"],
    ["$6$'\"\\ {{ x }}", "salt"],
  ])("gives what openssl gives: %j, %j", async (password, salt) => {
    const openssl = spawn("openssl", ["passwd", "-6", "-salt", salt, "-stdin"]);
    openssl.stdin.end(`${password}\n`);
    expect(sha512Crypt(password, salt)).toBe((await text(openssl.stdout)).trim());
  });

  it.each(["", "seventeen-letters", "größe", "a$b"])("refuses the salt %j", (salt) => {
    expect(() => sha512Crypt("x", salt)).toThrow(RangeError);
  });
});
