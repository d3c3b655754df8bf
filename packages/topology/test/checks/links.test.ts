import { describe, expect, test } from "vitest";
import { analyzeText } from "../support/analyze.js";
import { check } from "../support/check.js";

const a = '{ name = "a", model = "nvidia_cumulus" }';
const b = '{ name = "b", model = "nvidia_cumulus" }';

describe("impairments, which do not act yet", () => {
  test("are looked into all the same", () => {
    check(`name = "x"
nodes = [${a}, ${b}]
links = [{ src = "a::swp1", dst = "b::swp1", impairment = { loss_percent = 101, delay = "5", los = 1 } }]
#                                            ^^^^^^^^^^ unsupported-key
#                                                                          ^^^ invalid-percent
#                                                                                       ^^^ wrong-type
#                                                                                            ^^^ unknown-key`);
  });
});

describe("frames that a bridge keeps", () => {
  const fabric = (rest: string) => `name = "x"
nodes = [${a}, ${b}, { name = "h", model = "tiny_linux" }]
${rest}`;
  test.each([
    [
      "a link of type bridge between two switches",
      'links = [{ src = "a::swp1", dst = "b::swp1", type = "bridge" }, { src = "a::swp2", dst = "h::eth1", type = "bridge" }]\n#                                                    ^^^^^^ bridge-blocks-frames',
    ],
    [
      "a bridge that is a cable between two switches",
      'bridges = [{ name = "cable", links = ["a::swp1", "b::swp1"] }]\n#                    ^^^^^ bridge-blocks-frames\nlinks = [{ src = "a::swp2", dst = "h::eth1" }]',
    ],
    ["a segment of three", 'bridges = [{ name = "lan", links = ["a::swp1", "b::swp1", "h::eth1"] }]'],
  ])("%s", (_, rest) => check(fabric(rest)));
});

describe("the size of packets", () => {
  test.each([
    ["cisco_iosv", "gig0/1", false],
    ["ipinfusion_ocnos", "eth1", true],
  ])("a link between two %s", (model, port, idle) => {
    const text = `name = "x"
nodes = [{ name = "r", model = "${model}" }, { name = "s", model = "${model}" }]
links = [{ src = "r::${port}", dst = "s::${port}", mtu = 9000 }]`;
    const codes = analyzeText(text).findings.map(({ code }) => code);
    expect(codes).toEqual(idle ? ["key-has-no-effect"] : []);
    expect(analyzeText(text.replace("mtu", 'type = "bridge", mtu')).findings).toEqual([]);
  });
});
