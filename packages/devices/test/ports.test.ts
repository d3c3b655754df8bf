import { describe, expect, it } from "vitest";
import { builtinCatalogue, findPort, nicCount, nicOrder, portAliases, portName, portNames } from "@labscape/devices";

const named = (name: string) => {
  const found = builtinCatalogue.find(name);
  if (found === undefined) throw new Error(`no model ${name}`);
  return found.model;
};

describe.each(builtinCatalogue.models.map((model) => [model.name, model] as const))("ports of %s", (_, model) => {
  const { data } = model.ports;
  const all = nicOrder(model, data.maxCount);

  it("has no more ports by default than it can have", () => {
    expect(data.defaultCount).toBeLessThanOrEqual(data.maxCount);
  });

  it("names its last port, without a placeholder left over", () => {
    expect(portNames(model)).toHaveLength(data.maxCount);
    for (const port of all) for (const name of portAliases(model, port)) expect(name).toMatch(/^[\w/:.-]+$/);
  });

  it("gives every port a name of its own", () => {
    expect(new Set(all.map((port) => port.name.toLowerCase())).size).toBe(all.length);
  });

  it("finds each port, and only it, by each of its names in any case", () => {
    for (const port of all) {
      for (const name of portAliases(model, port)) {
        expect(findPort(model, name)).toEqual(port);
        expect(findPort(model, name.toUpperCase())).toEqual(port);
      }
    }
  });

  it("counts NICs without gaps", () => {
    expect(all.map((port) => port.nic)).toEqual(all.map((_, index) => index));
    expect(nicCount(model, data.maxCount)).toBe(all.length);
  });

  it("knows no port behind the last one", () => {
    expect(findPort(model, portName(data, data.maxCount))).toBeUndefined();
  });
});

describe("findPort", () => {
  it.each([
    ["cisco_iosv", "gig0/1", "data", 0, 1],
    ["cisco_iosv", "GigabitEthernet0/1", "data", 0, 1],
    ["cisco_iosv", "gi0/15", "data", 14, 15],
    ["cisco_iosv", "Gi0/0", "management", 0, 0],
    ["cisco_cat8000v", "Gi2", "data", 0, 1],
    ["juniper_vrouter", "xe-0/0/3", "data", 3, 4],
    ["mikrotik_chr", "ether2", "data", 0, 1],
    ["nvidia_cumulus", "swp1", "data", 0, 1],
    ["blank", "eth0", "data", 0, 0],
    ["tiny_linux", "eth28", "data", 27, 28],
  ])("%s knows %s", (model, text, role, index, nic) => {
    expect(findPort(named(model), text)).toMatchObject({ role, index, nic });
  });

  it.each([
    ["tiny_linux", "eth29"],
    ["tiny_linux", ""],
    ["tiny_linux", "eth01"],
    ["cisco_iosv", "gig0/16"],
    ["cisco_iosv", "constructor"],
  ])("%s does not know %j", (model, text) => {
    expect(findPort(named(model), text)).toBeUndefined();
  });
});
