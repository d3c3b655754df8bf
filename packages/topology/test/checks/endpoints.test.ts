import { describe, test } from "vitest";
import { check } from "../support/check.js";

const a = '{ name = "a", model = "nvidia_cumulus" }';
const b = '{ name = "b", model = "nvidia_cumulus" }';

describe("endpoints", () => {
  const two = `name = "x"\nnodes = [${a}, ${b}]\n`;
  test.each([
    ["no colons", 'links = [{ src = "a", dst = "b::swp1" }]\n#                 ^ wrong-type'],
    ["no port", 'links = [{ src = "a::", dst = "b::swp1" }]\n#                 ^^^ unknown-port'],
    [
      "no node",
      'links = [{ src = "::swp1", dst = "b::swp1" }, { src = "a::swp1", dst = "b::swp2" }]\n#                 ^^^^^^ unknown-node',
    ],
    [
      "both ends are looked at",
      'links = [{ src = "c::swp1", dst = "b::swp99" }, { src = "a::swp1", dst = "b::swp2" }]\n#                 ^ unknown-node\n#                                     ^^^^^ unknown-port',
    ],
    [
      "both uses of a port, in a link and a bridge",
      `links = [{ src = "a::swp1", dst = "b::swp1" }]
#                 ^^^^^^^ port-used-twice
bridges = [{ name = "lan", links = ["a::swp1", "b::swp2"] }]
#                    ^^^ bridge-blocks-frames
#                                    ^^^^^^^ port-used-twice`,
    ],
    [
      "one port under two names",
      `links = [{ src = "a::swp1", dst = "b::swp1" }, { src = "a::SWP1", dst = "b::swp2" }]
#                 ^^^^^^^ port-used-twice
#                                                       ^^^^^^^ port-used-twice
#                                                          ^^^^ port-name-not-canonical
#                                                       ^^^^^^^ link-to-same-pair`,
    ],
  ])("%s", (_, marked) => check(two + marked));

  test("numbers beyond the device's ports", () => {
    check(`id = "1e18b3bfe149"
devices = [{ name = "a", device_model = "blank" }, { name = "b", device_model = "blank" }]
connections = [{ device_a = "a", interface_a = 0, device_b = "b", interface_b = 200 }]
#                                                                               ^^^ port-out-of-range`);
  });

  test("ports of interfaces", () => {
    check(`name = "x"
nodes = [{ name = "a", model = "nvidia_cumulus", interfaces = { swp1.mtu = 9000, eth0.mtu = 9000, eth9.mtu = 9000 } }]
#                                                                                ^^^^ key-has-no-effect
#                                                                                                 ^^^^ unknown-port`);
  });
});
