import { describe, expect, it } from "vitest";
import { builtinCatalogue, builtinModelFile, nearestName, readModel } from "@labscape/devices";

const minimal = {
  name: "mine",
  title: "Mine",
  vendor: "Me",
  role: "host",
  hardware: { memory: 64 },
  ports: { pattern: "eth{n}", default_count: 1 },
};

const problemsOf = (value: unknown, resolve: (name: string) => unknown = () => undefined) =>
  readModel(value, resolve).problems.map((problem) => [problem.path.join("."), problem.code]);

describe("readModel", () => {
  it("needs six keys and gives everything else a default", () => {
    const { model, problems } = readModel(minimal, () => undefined);
    expect(problems).toEqual([]);
    expect(model).toMatchObject({
      name: "mine",
      kind: "vm",
      proof: "facts",
      hardware: { cpuCount: 1, memory: 64, memoryMinimum: 64, machine: "q35", nicModel: "virtio", diskBus: "virtio" },
      ports: { reserved: [], data: { devicePattern: "eth{n}", maxCount: 1, maxMtu: 1500 } },
      consoles: [{ name: "serial0", type: "serial" }],
      firstBoot: { method: "none", files: [], supports: [] },
      readiness: { method: "running", timeout: 600 },
      credentials: { user: "labscape", sshKeys: false },
      image: { file: "disk.qcow2", formats: ["qcow2"] },
    });
    expect(model).not.toHaveProperty("kernelBoot");
    expect(model?.ports).not.toHaveProperty("management");
  });

  it.each([
    ["cloud-init", { device: "cdrom", bus: "sata", label: "cidata" }, 3],
    ["config-drive", { device: "cdrom", bus: "sata", label: "config-2" }, 3],
    ["config-iso", { device: "cdrom", bus: "sata" }, 0],
    ["config-disk", { device: "disk", bus: "virtio" }, 0],
  ])("chooses for %s what the method needs", (method, expected, files) => {
    const { model } = readModel({ ...minimal, first_boot: { method } }, () => undefined);
    expect(model?.firstBoot).toMatchObject(expected);
    expect(model?.firstBoot.files).toHaveLength(files);
  });

  it("accepts bigints as whole numbers", () => {
    const { model } = readModel({ ...minimal, hardware: { memory: 64n } }, () => undefined);
    expect(model?.hardware.memory).toBe(64);
  });

  it.each([
    ["not a table", [], [["", "wrong-type"]]],
    ["nothing", null, [["", "wrong-type"]]],
    ["an unknown key", { ...minimal, vender: "x" }, [["vender", "unknown-key"]]],
    ["a key of JavaScript's own", { ...minimal, constructor: 1 }, [["constructor", "unknown-key"]]],
    ["an inner unknown key", { ...minimal, hardware: { memory: 64, ram: 1 } }, [["hardware.ram", "unknown-key"]]],
    ["a string for a number", { ...minimal, hardware: { memory: "64" } }, [["hardware.memory", "wrong-type"]]],
    ["a fraction", { ...minimal, hardware: { memory: 64.5 } }, [["hardware.memory", "wrong-type"]]],
    ["a number beyond its range", { ...minimal, hardware: { memory: 1 } }, [["hardware.memory", "out-of-range"]]],
    ["a date for a table", { ...minimal, hardware: new Date(0) }, [["hardware", "wrong-type"]]],
    ["a word out of no list", { ...minimal, role: "bridge" }, [["role", "invalid-value"]]],
    ["a wrong item", { ...minimal, aliases: ["a", 1] }, [["aliases.1", "wrong-type"]]],
    ["capital letters in the name", { ...minimal, name: "Mine" }, [["name", "invalid-value"]]],
    [
      "a file without its file",
      { ...minimal, first_boot: { method: "config-iso", files: [{ name: "x" }] } },
      [["first_boot.files.0.template", "missing-key"]],
    ],
    [
      "files that nothing takes, without a word on what to do with them",
      { ...minimal, first_boot: { files: [{ name: "x", template: "empty" }] } },
      [["first_boot.by_hand", "missing-key"]],
    ],
    [
      "a minimum above the default",
      { ...minimal, hardware: { memory: 64, memory_minimum: 65 } },
      [["hardware.memory_minimum", "out-of-range"]],
    ],
    [
      "more default ports than ports",
      { ...minimal, ports: { pattern: "eth{n}", default_count: 2, max_count: 1 } },
      [["ports.max_count", "out-of-range"]],
    ],
    [
      "a disk that is both empty and a file",
      { ...minimal, hardware: { memory: 64, extra_disks: [{ file: "a", size: 1 }, { size: 1 }] } },
      [["hardware.extra_disks.0", "invalid-value"]],
    ],
    [
      "a console without a pattern",
      { ...minimal, readiness: { method: "console" } },
      [["readiness.pattern", "missing-key"]],
    ],
    ["TCP without management", { ...minimal, readiness: { method: "tcp" } }, [["readiness.method", "invalid-value"]]],
    ["a broken expression", { ...minimal, image: { file_names: ["("] } }, [["image.file_names.0", "invalid-value"]]],
  ])("reports %s at its place, and nothing else", (_, value, expected) => {
    expect(problemsOf(value)).toEqual(expected);
  });

  it("reports every problem at once", () => {
    expect(problemsOf({ name: 1, hardware: {}, colour: "red" })).toEqual([
      ["colour", "unknown-key"],
      ["name", "wrong-type"],
      ["title", "missing-key"],
      ["vendor", "missing-key"],
      ["role", "missing-key"],
      ["hardware.memory", "missing-key"],
      ["ports.pattern", "missing-key"],
      ["ports.default_count", "missing-key"],
    ]);
  });

  it("gives a model in spite of unknown keys, but not in spite of wrong values", () => {
    expect(readModel({ ...minimal, vender: "x" }, () => undefined).model?.name).toBe("mine");
    expect(readModel({ ...minimal, vendor: 1 }, () => undefined).model).toBeUndefined();
  });

  it("suggests the key that was meant", () => {
    const { problems } = readModel({ ...minimal, vender: "x" }, () => undefined);
    expect(problems[0]?.message).toContain('did you mean "vendor"?');
  });
});

describe("extends", () => {
  it("takes over what the file does not say, and merges tables key by key", () => {
    const { model, problems } = readModel(
      { name: "mine", extends: "cisco_iosv", hardware: { memory: 1024 } },
      builtinModelFile,
    );
    const parent = builtinCatalogue.find("cisco_iosv")?.model;
    expect(problems).toEqual([]);
    expect(model).toEqual({
      ...parent,
      name: "mine",
      aliases: [],
      proof: "facts",
      hardware: { ...parent?.hardware, memory: 1024 },
    });
  });

  it.each([
    ["an unknown parent", { name: "a", extends: "nobody" }, "unknown-model"],
    ["itself", { ...minimal, name: "a", extends: "a" }, "extends-cycle"],
    ["its own child", { ...minimal, name: "a", extends: "b" }, "extends-cycle"],
  ])("reports %s", (_, value, code) => {
    const resolve = (name: string): unknown =>
      name === "b" ? { name: "b", extends: "a" } : name === "a" ? value : undefined;
    expect(problemsOf(value, resolve)).toContainEqual(["extends", code]);
  });
});

describe("members", () => {
  const twin = (...nics: readonly (readonly string[])[]) => ({
    ...minimal,
    hardware: { memory: 64, disk_bus: "ide" },
    ports: { ...minimal.ports, management: "eth0", first: 1, max_count: 4 },
    members: nics.map((each, index) => ({ name: `m${index}`, nics: each })),
  });

  it("have the model's hardware but for what they say themselves", () => {
    const value = twin(["management", "internal:a"], ["internal:a", "data"]);
    const members = [value.members[0], { ...value.members[1], hardware: { memory: 128 }, image: "two.qcow2" }];
    const { model, problems } = readModel({ ...value, members }, () => undefined);
    expect(problems).toEqual([]);
    expect(model).toMatchObject({
      kind: "multi-vm",
      members: [
        { name: "m0", firstBoot: true, hardware: { memory: 64, diskBus: "ide" }, image: { file: "disk.qcow2" } },
        { name: "m1", firstBoot: false, hardware: { memory: 128, diskBus: "ide" }, image: { file: "two.qcow2" } },
      ],
    });
  });

  it.each([
    [
      "data ports in two parts",
      [
        ["management", "internal:a", "data:0-1"],
        ["internal:a", "data:2-3"],
      ],
      [],
    ],
    ["a mirrored port", [["management", "mirror:0-1"], ["data"]], []],
    ["an unknown NIC", [["management", "dta"], ["data"]], [["members.0.nics.1", "invalid-value"]]],
    ["no management NIC", [["unused"], ["data"]], [["members", "invalid-value"]]],
    ["two management NICs", [["management"], ["management", "data"]], [["members", "invalid-value"]]],
    ["a data port that nobody carries", [["management"], ["data:0-2"]], [["members", "invalid-value"]]],
    ["a data port that two carry", [["management", "data"], ["data:0-0"]], [["members", "invalid-value"]]],
    ["an internal cable with one end", [["management", "internal:a"], ["data"]], [["members", "invalid-value"]]],
    ["NICs after the data ports", [["management"], ["data", "unused"]], [["members.1.nics", "invalid-value"]]],
  ])("%s", (_, nics, expected) => expect(problemsOf(twin(...nics))).toEqual(expected));

  it("report what is wrong in the model's hardware once", () => {
    const value = twin(["management"], ["data"]);
    expect(problemsOf({ ...value, hardware: { memory: "64" } })).toEqual([["hardware.memory", "wrong-type"]]);
  });
});

describe("nearestName", () => {
  it.each([
    ["tiny_linx", "tiny_linux"],
    ["cicso_iosv", "cisco_iosv"],
    ["TINY_LINUX", "tiny_linux"],
    ["something_else", undefined],
    ["", undefined],
    ["x", undefined],
  ])("%j means %s", (text, expected) => {
    expect(nearestName(text, ["cisco_iosv", "tiny_linux", "y"])).toBe(expected);
  });
});
