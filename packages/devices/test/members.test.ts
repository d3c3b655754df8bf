import { describe, expect, it } from "vitest";
import { machineSizes, readModel, totalSize, type DeviceModel } from "@labscape/devices";

function model(more: Readonly<Record<string, unknown>> = {}): DeviceModel {
  const file = {
    name: "mine",
    title: "Mine",
    vendor: "Me",
    role: "router",
    hardware: { cpu_count: 2, memory: 1024 },
    ports: { pattern: "eth{n}", default_count: 1 },
    ...more,
  };
  const { model: read, problems } = readModel(file, () => undefined);
  if (read === undefined) throw new Error(JSON.stringify(problems));
  return read;
}

const pair = model({
  members: [
    { name: "ctl", hardware: { memory: 512 } },
    { name: "fwd", hardware: { cpu_count: 4 }, nics: ["data"] },
  ],
});

describe("what a node takes of its host", () => {
  it.each([
    ["one virtual machine, as its model says", model(), undefined, [[2, 1024]]],
    ["one virtual machine, as the manifest says", model(), { cpuCount: 1, memory: 64 }, [[1, 64]]],
    [
      "several, as the model says",
      pair,
      undefined,
      [
        [2, 512],
        [4, 1024],
      ],
    ],
    [
      "several, of which the main one is as the manifest says",
      pair,
      { cpuCount: 8, memory: 1024 },
      [
        [8, 512],
        [4, 1024],
      ],
    ],
  ])("%s", (_, of, given, expected) => {
    expect(machineSizes(of, given).map(({ cpuCount, memory }) => [cpuCount, memory])).toEqual(expected);
    expect(totalSize(of, given)).toEqual({
      cpuCount: expected.reduce((sum, [cpuCount = 0]) => sum + cpuCount, 0),
      memory: expected.reduce((sum, [, memory = 0]) => sum + memory, 0),
    });
  });
});
