import { expect, it } from "vitest";
import { mayVirtualize } from "../../src/host/accelerator.js";
import { parseXml } from "../../src/xml.js";

it.each<[what: string, cpu: string, expected: boolean]>([
  ["Intel's own", `<model>Skylake-Client</model><feature name="vmx"/>`, true],
  ["AMD's, which has svm in its model", `<model>EPYC-Rome</model><feature name="x2apic"/>`, true],
  [
    "a guest of a hypervisor that lends it vmx",
    `<model>qemu64</model><feature name="hypervisor"/><feature name="vmx"/>`,
    true,
  ],
  ["a guest of one that does not", `<model>kvm64</model><vendor>AMD</vendor><feature name="hypervisor"/>`, false],
  ["of another architecture, which lists nothing", `<arch>aarch64</arch>`, true],
])("%s: %s", (_, cpu, expected) => {
  expect(mayVirtualize(parseXml(`<cpu>${cpu}</cpu>`, "cpu"))).toBe(expected);
});
