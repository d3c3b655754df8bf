import { describe, expect, it } from "vitest";
import { examine, type Machine } from "../../src/doctor/index.js";
import { LabError } from "../../src/errors.js";
import { machine } from "./machine.js";

const unreachable = (): Promise<never> =>
  Promise.reject(new LabError("libvirt-unreachable", "nobody listens", "Install libvirt."));

async function found(changes: Partial<Machine>): Promise<readonly string[]> {
  const checks = await examine({ machine: machine(changes), open: unreachable });
  return checks.filter(({ result }) => result !== "ok").map(({ name, result, mend }) => `${name} ${result}: ${mend}`);
}

describe("the doctor, without libvirt", () => {
  it.each<[what: string, Partial<Machine>, expected: readonly (string | RegExp)[]]>([
    ["nothing else missing", {}, [/^libvirt failed: Install libvirt/, /^kvm warning/]],
    [
      "no programs",
      { has: () => Promise.resolve(false) },
      [
        /^libvirt/,
        /^kvm/,
        "dnsmasq failed: apt install dnsmasq-base",
        /^qemu-img warning/,
        /^ssh warning: apt install/,
      ],
    ],
    ["no /dev/kvm", { mode: () => Promise.resolve(undefined) }, [/^libvirt/, /^kvm warning: Switch virtualisation on/]],
    ["/dev/kvm of root alone", { mode: () => Promise.resolve(0o600) }, [/^libvirt/, /^kvm warning: .*chmod 0660/]],
  ])("with %s", async (_, changes, expected) => {
    const lines = await found(changes);
    expect(lines).toHaveLength(expected.length);
    expected.forEach((pattern, index) => expect(lines[index]).toMatch(pattern));
  });

  it("gives commands for a terminal, where there are such", async () => {
    const nothing = { has: () => Promise.resolve(false) };
    const checks = await examine({ machine: machine(nothing), open: unreachable });
    expect(Object.fromEntries(checks.map(({ name, command }) => [name, command]))).toMatchObject({
      libvirt: "sudo apt install libvirt-daemon-system qemu-system-x86 && sudo systemctl start libvirtd",
      kvm: undefined,
      dnsmasq: "sudo apt install dnsmasq-base",
    });
  });

  it("gives no command for what another machine lacks", async () => {
    const [libvirt] = await examine({
      machine: machine({}),
      open: unreachable,
      uri: "qemu+ssh://lab1.example/system",
    });
    expect(libvirt).toMatchObject({ name: "libvirt", result: "failed", mend: "Install libvirt." });
    expect(libvirt).not.toHaveProperty("command");
  });
});
