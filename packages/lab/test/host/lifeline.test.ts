import { ConnectionError } from "node-libvirt";
import { expect, it } from "vitest";
import { isWorthRepeating } from "../../src/host/lifeline.js";

it.each([
  [new ConnectionError("closed", "the libvirt daemon closed the connection"), true],
  [new ConnectionError("unreachable", "ssh to lab ended: connect to host lab port 22: Connection refused"), true],
  [new ConnectionError("permission", "/run/libvirt/libvirt-sock: permission denied"), true],
  [new ConnectionError("unreachable", "ssh to lab ended: ada@lab: Permission denied (publickey,password)."), false],
  [new ConnectionError("unreachable", "ssh to lab ended: Host key verification failed."), false],
  [new ConnectionError("authentication", "the daemon refused the password"), false],
])("a lost connection is tried again by itself after %s: %s", (error, expected) => {
  expect(isWorthRepeating(error)).toBe(expected);
});
