import { builtinCatalogue, builtinModelFile, type DeviceModel } from "@labscape/devices";
import { describe, expect, it } from "vitest";
import { toolValues, type ToolValues } from "./tool-values.js";

/** What the tools give each model: under all of its names, by tool. */
function valuesOf({ name, aliases }: DeviceModel): ReadonlyMap<string, readonly ToolValues[]> {
  const names = [name, ...aliases];
  return new Map(
    Object.entries(toolValues).flatMap(([tool, table]) => {
      const found = names.flatMap((each) => table.get(each) ?? []);
      return found.length === 0 ? [] : [[tool, found] as const];
    }),
  );
}

const properties: readonly (readonly [
  title: string,
  given: (values: ToolValues) => number | string,
  own: (model: DeviceModel) => number | string,
  written: (value: number | string) => RegExp,
])[] = [
  ["vCPUs", ({ cpuCount }) => cpuCount, ({ hardware }) => hardware.cpuCount, (value) => new RegExp(`\\b${value} vCPU`)],
  ["memory", ({ memory }) => memory, ({ hardware }) => hardware.memory, (value) => new RegExp(`\\b${value} Mi?B`)],
  ["NICs", ({ nic }) => nic, ({ hardware }) => hardware.nicModel, (value) => new RegExp(`\\b${value}\\b`)],
];

describe("where tools disagree", () => {
  const disputed = builtinCatalogue.models.flatMap((model) =>
    properties.flatMap(([title, given, own, written]) => {
      const values = [...valuesOf(model)].flatMap(([tool, each]) => each.map((one) => [tool, given(one)] as const));
      const value = own(model);
      return values.every(([, other]) => other === value)
        ? []
        : [[model.name, title, model, value, values, written] as const];
    }),
  );

  it.each(disputed)("%s says from which source its %s come", (_, __, model, value, values, written) => {
    const tools = values.filter(([, other]) => other === value).map(([tool]) => tool);
    const lines = model.sources.filter((line) => written(value).test(line));
    // One of no tool has a source of its own.
    expect(lines.filter((line) => tools.length === 0 || tools.some((tool) => line.includes(tool)))).not.toEqual([]);
  });
});

describe("the least memory", () => {
  /** The sources of the file that sets it: the model's own or that of one that it extends. */
  function sourcesOf(name: string): readonly unknown[] {
    const file: unknown = builtinModelFile(name);
    if (!isTable(file)) return [];
    const { hardware, extends: parent, sources } = file;
    const isSetHere = isTable(hardware) && "memory_minimum" in hardware;
    return isSetHere || typeof parent !== "string" ? (Array.isArray(sources) ? sources : []) : sourcesOf(parent);
  }

  const lower = builtinCatalogue.models.filter(({ hardware }) => hardware.memoryMinimum < hardware.memory);

  it.each(lower.map((model) => [model.name, model] as const))(
    "of %s is that of a source, or said to be ours",
    (_, model) => {
      const least = model.hardware.memoryMinimum;
      const isSaid = new RegExp(`\\b${least} Mi?B|\\b${least}\\)|lite ${least}|^Least memory: chosen by Labscape`);
      const given = [...valuesOf(model).values()].flat().some(({ memory }) => memory === least);
      expect(given || sourcesOf(model.name).some((line) => typeof line === "string" && isSaid.test(line))).toBe(true);
    },
  );
});

describe("the tables of other tools", () => {
  it.each(Object.entries(toolValues))("of %s name models that there are", (_, table) => {
    expect([...table.keys()].filter((name) => builtinCatalogue.find(name) === undefined)).toEqual([]);
  });
});

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
