import { describe, expect, it } from "vitest";
import { homeIn, isHere, isLocalUri } from "../../src/host/index.js";

describe("where a connection leads", () => {
  it.each([
    [undefined, true],
    ["qemu:///system", true],
    ["qemu:///session", true],
    ["qemu+unix:///system?socket=/run/other.sock", true],
    ["qemu+ssh://ada@far/system", false],
    ["qemu+tls://far/system", false],
    ["qemu://far/system", false],
    ["nonsense", true],
  ])("%s: to a socket of this machine is %s", (uri, local) => {
    expect(isLocalUri(uri)).toBe(local);
  });

  it("is here, but for sockets that may be another machine's", () => {
    expect(isHere({ local: true, uri: "qemu:///system" })).toBe(true);
    expect(isHere({ local: true, uri: "qemu:///system?socket=/run/far.sock" })).toBe(false);
    expect(isHere({ local: false, uri: "qemu+ssh://far/system" })).toBe(false);
  });
});

describe("the home directory in a command line", () => {
  it.each([
    ["LC_ALL=C \\\nPATH=/usr/bin \\\nHOME=/home/ada \\\nUSER=ada \\\n/usr/bin/qemu", "/home/ada"],
    ["LC_ALL=C HOME='/home/ada l' USER=ada", "/home/ada l"],
    [`HOME='/home/o'\\''neil' X=1`, "/home/o'neil"],
    ["XDG_HOME=/x MYHOME=/y /usr/bin/qemu", undefined],
    ["HOME= USER=ada", undefined],
  ])("of %j is %s", (command, home) => {
    expect(homeIn(command)).toBe(home);
  });
});
