import { builtinCatalogue, createCatalogue, type DeviceModel } from "@labscape/devices";
import { describe, expect, test } from "vitest";
import { analyze, type Providers } from "@labscape/topology";
import { analyzeText, describeFinding, FILE } from "../support/analyze.js";
import { applyEdits } from "../support/features.js";

const GIB = 1024 ** 3;

function codesOf(text: string, providers: Providers): readonly string[] {
  return analyzeText(text, providers)
    .findings.filter(({ code }) => code !== "unconnected-node")
    .map((finding) => describeFinding(text, finding));
}

/** The text after the only fix. */
function fixed(text: string, providers: Providers): string {
  const fixes = analyzeText(text, providers).findings.flatMap((finding) => finding.fixes);
  expect(fixes).toHaveLength(1);
  return applyEdits(text, fixes[0]?.edits ?? []);
}

const two = `name = "x"
nodes = [
  { name = "a", model = "debian_linux", memory = 1024, cpu_count = 4, boot_disk_size = 10 },
  { name = "b", model = "debian_linux", memory = 1024, boot_disk_size = 10 },
]
`;

describe("the host", () => {
  test.each<[string, Providers["host"], readonly string[]]>([
    ["is not known", undefined, []],
    ["is not asked", () => undefined, []],
    ["says nothing", () => ({}), []],
    ["has just enough", () => ({ memory: 2048, cpuCount: 4, diskSize: 20 * GIB }), []],
    ["has too little memory for all together", () => ({ memory: 2047 }), ['host-memory-exceeded "a"']],
    ["has too few CPUs for one node", () => ({ cpuCount: 3 }), ['host-cpu-exceeded "4"']],
    ["has too small a disk", () => ({ diskSize: 19 * GIB }), ['host-disk-exceeded "a"']],
  ])("%s", (_, host, expected) => {
    expect(codesOf(two, host === undefined ? {} : { host })).toEqual(expected);
  });

  test("a node with too many CPUs gets as many as the host has", () => {
    expect(fixed(two, { host: () => ({ cpuCount: 3 }) })).toBe(two.replace("cpu_count = 4", "cpu_count = 3"));
  });

  test("a device of several virtual machines takes what all of them take together", () => {
    const text = 'name = "x"\nnodes = [{ name = "a", model = "juniper_vqfx", cpu_count = 1, memory = 3000 }]\n';
    const host = (memory: number, cpuCount: number) => ({ host: () => ({ memory, cpuCount }) });
    expect(codesOf(text, host(5048, 2))).toEqual([]);
    expect(codesOf(text, host(5047, 1))).toEqual(['host-memory-exceeded "a"', 'host-cpu-exceeded "1"']);
    const { findings } = analyzeText(text, host(5048, 1));
    expect(findings.flatMap(({ fixes }) => fixes)).toEqual([]);
  });

  test("a bridge of the host that is called otherwise", () => {
    const text = `${two}bridges = [{ name = "lan", external = "br00", links = ["a::eth1"] }]`;
    const host = () => ({ bridges: ["docker0", "br0"] });
    expect(codesOf(text, { host })).toEqual(['external-bridge-missing "br00"']);
    expect(fixed(text, { host })).toBe(text.replace("br00", "br0"));
    expect(codesOf(text, { host: () => ({}) })).toEqual([]);
  });
});

describe("the size of a boot disk", () => {
  const node = (more: string) => `name = "x"\nnodes = [{ name = "a", model = "debian_linux"${more} }]`;
  const store: Providers = {
    imageVersions: () => ["2", "1"],
    imageFiles: (_, version) => [{ name: "disk.qcow2", size: version === "2" ? 12 * GIB + 1 : 3 * GIB }],
    diskSize: (path) => (path === "./big.qcow2" ? 40 * GIB : undefined),
  };

  test.each([
    ["below the newest image", ", boot_disk_size = 12", ['disk-smaller-than-image "12"']],
    ["enough for an older image", ', boot_disk_size = 12, version = "1"', []],
    ["below a file of one's own", ', boot_disk_size = 12, image = "./big.qcow2"', ['disk-smaller-than-image "12"']],
    ["with a volume of the store, which is not known", ', boot_disk_size = 12, image = "big.qcow2"', []],
    ["not given", "", []],
  ])("%s", (_, more, expected) => {
    expect(codesOf(node(more), store)).toEqual(expected);
  });

  test("is raised to what the image needs", () => {
    expect(fixed(node(", boot_disk_size = 12"), store)).toBe(node(", boot_disk_size = 13"));
  });

  test("that a node takes over is reported at the node", () => {
    const text = node(', group = "g"').replace("nodes", "groups.g.boot_disk_size = 1\nnodes");
    const [finding] = analyzeText(text, store).findings;
    expect(finding && describeFinding(text, finding)).toBe('disk-smaller-than-image "a"');
    expect(finding?.related).toHaveLength(1);
    expect(finding?.fixes).toEqual([]);
  });
});

test("every file of a model must be in the store", () => {
  const models = builtinCatalogue.models.map((model): DeviceModel =>
    model.name === "debian_linux"
      ? {
          ...model,
          hardware: { ...model.hardware, extraDisks: [{ bus: "ide", device: "disk", file: "second.qcow2" }] },
        }
      : model,
  );
  const findings = (files: readonly string[]) =>
    analyze(two, {
      file: FILE,
      catalogue: createCatalogue(models),
      providers: { imageVersions: () => ["1"], imageFiles: () => files.map((name) => ({ name, size: 1 })) },
    }).findings.filter(({ code }) => code === "companion-image-missing");
  expect(findings(["disk.qcow2", "second.qcow2"])).toEqual([]);
  expect(findings(["disk.qcow2"]).map(({ message }) => message)).toEqual([
    expect.stringContaining("`labscape image add FILE --model debian_linux --version 1 --as second.qcow2`"),
    expect.stringContaining("second.qcow2"),
  ]);
});
