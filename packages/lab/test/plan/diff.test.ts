import { describe, expect, it } from "vitest";
import { diffDestroy, diffLab } from "../../src/plan/diff.js";
import type { LabDifference } from "../../src/plan/diff.js";
import { readMetadata, RESOURCE_NAMESPACE } from "../../src/identity/index.js";
import type { ObservedLab } from "../../src/observe/index.js";
import { parseXml } from "../../src/xml.js";
import { applied, desire, diskImage, nothing, type DesireOptions } from "../desired.js";

const lines = (difference: LabDifference): readonly string[] =>
  difference.steps.map(({ step }) => `${step.id}: ${step.reason}`);

function manifest(
  changes: {
    readonly a?: string;
    readonly b?: string;
    readonly more?: string;
    readonly links?: string;
    readonly rest?: string;
  } = {},
): string {
  const { a = "", b = "", more = "", rest = "" } = changes;
  const links = changes.links ?? `{ src = "a::eth1", dst = "b::eth1" }`;
  return `name = "quarry"
nodes = [
  { name = "a", model = "tiny_linux", data_interface_count = 3${a} },
  { name = "b", model = "tiny_linux", data_interface_count = 3${b} },
  ${more}
]
links = [${links}]
${rest}`;
}

const cablesOfC = `{ name = "c", model = "tiny_linux", data_interface_count = 1 }`;
const wire = (src: string, dst: string): string => `{ src = "${src}", dst = "${dst}", type = "wire" }`;

/** The difference between a lab that was applied from one manifest and another manifest. */
async function change(
  before: string,
  after: string,
  options: { readonly observed?: (lab: ObservedLab) => ObservedLab } & DesireOptions = {},
): Promise<LabDifference> {
  const { observed = (lab: ObservedLab): ObservedLab => lab, ...how } = options;
  const host = observed(applied(await desire(before)));
  return diffLab(await desire(after, host, how), host);
}

describe("a plan", () => {
  it("of a new lab makes pool, networks, volumes, domains, and starts them", async () => {
    const difference = diffLab(await desire(manifest()), nothing);
    expect(lines(difference)).toEqual([
      "pool/labscape.ada.quarry/create: new",
      "volume/secret.json/create: password of the lab",
      "network/management/create: new",
      "volume/a.qcow2/create: new",
      "volume/a.seed-000000000000.iso/create: new",
      "domain/a/create: new",
      "domain/a/start: new",
      "volume/b.qcow2/create: new",
      "volume/b.seed-000000000000.iso/create: new",
      "domain/b/create: new",
      "domain/b/start: new",
    ]);
    expect(difference.consents).toEqual([]);
  });

  it("of an unchanged lab is empty", async () => {
    const rest = `bridges = [{ name = "lan", links = ["a::eth2", "b::eth2"] }]\nmanagement = { ipv6 = "fd00:1::/64" }`;
    expect(lines(await change(manifest({ rest }), manifest({ rest })))).toEqual([]);
  });

  it("keeps new ssh keys of the user with the lab's secret, for the next run", async () => {
    const difference = await change(manifest(), manifest(), { userKeys: ["ssh-ed25519 AAAA ada"] });
    expect(lines(difference)).toEqual(["volume/secret.json/replace: ssh keys of the user"]);
  });

  const cases: readonly (readonly [
    what: string,
    before: string,
    after: string,
    expected: readonly string[],
    consents: readonly string[],
  ])[] = [
    [
      "more memory",
      manifest(),
      manifest({ a: ", memory = 256" }),
      [
        "domain/a/stop: memory 112 MiB -> 256 MiB",
        "domain/a/restart: memory 112 MiB -> 256 MiB",
        "domain/a/start: restart",
      ],
      ["restart a"],
    ],
    [
      "more CPUs",
      manifest(),
      manifest({ a: ", cpu_count = 2" }),
      ["domain/a/stop: CPUs 1 -> 2", "domain/a/restart: CPUs 1 -> 2", "domain/a/start: restart"],
      ["restart a"],
    ],
    [
      "a larger disk",
      manifest(),
      manifest({ a: ", boot_disk_size = 8" }),
      [
        "domain/a/stop: disk 2 GiB -> 8 GiB",
        "volume/a.qcow2/update: disk 2 GiB -> 8 GiB",
        "domain/a/restart: disk 2 GiB -> 8 GiB",
        "domain/a/start: restart",
      ],
      ["restart a"],
    ],
    [
      "a smaller disk",
      manifest({ a: ", boot_disk_size = 8" }),
      manifest(),
      [
        "domain/a/stop: disk 8 GiB -> 2 GiB",
        "volume/a.qcow2/replace: disk 8 GiB -> 2 GiB",
        "volume/a.seed-000000000000.iso/replace: disk 8 GiB -> 2 GiB",
        "domain/a/replace: disk 8 GiB -> 2 GiB",
        "domain/a/start: replace",
      ],
      ["replace a"],
    ],
    [
      "a link's state",
      manifest(),
      manifest({ links: `{ src = "a::eth1", dst = "b::eth1", state = "down" }` }),
      ["domain/a/update: link eth1 up -> down", "domain/b/update: link eth1 up -> down"],
      [],
    ],
    [
      "a moved cable, which UDP cannot do live",
      manifest(),
      manifest({ links: `{ src = "a::eth1", dst = "b::eth2" }` }),
      [
        "domain/a/stop: cable at eth1 changed",
        "domain/a/restart: cable at eth1 changed",
        "domain/a/start: restart",
        "domain/b/stop: no cable at eth1, cable at eth2 changed",
        "domain/b/restart: no cable at eth1, cable at eth2 changed",
        "domain/b/start: restart",
      ],
      ["restart a", "restart b"],
    ],
    [
      "wires whose far ends change places",
      manifest({ links: `${wire("a::eth1", "b::eth1")}, ${wire("a::eth2", "b::eth2")}` }),
      manifest({ links: `${wire("a::eth1", "b::eth2")}, ${wire("a::eth2", "b::eth1")}` }),
      [
        "link/wires/update: a::eth1 -- b::eth1 unplugged, a::eth2 -- b::eth2 unplugged, a::eth1 -- b::eth2 plugged in, a::eth2 -- b::eth1 plugged in",
        "domain/a/update: cable at eth1 changed, cable at eth2 changed",
        "domain/b/update: cable at eth1 changed, cable at eth2 changed",
      ],
      [],
    ],
    [
      "a wire more, between ports of nodes that have wires",
      manifest({ links: wire("a::eth1", "b::eth1") }),
      manifest({ links: `${wire("a::eth1", "b::eth1")}, ${wire("a::eth3", "b::eth2")}` }),
      [
        "link/wires/update: a::eth3 -- b::eth2 plugged in",
        "domain/a/update: cable at eth3 changed",
        "domain/b/update: cable at eth2 changed",
      ],
      [],
    ],
    [
      "the last wire less",
      manifest({ links: wire("a::eth1", "b::eth1") }),
      manifest({ links: "" }),
      [
        "link/wires/update: a::eth1 -- b::eth1 unplugged",
        "domain/a/update: no cable at eth1",
        "domain/b/update: no cable at eth1",
      ],
      [],
    ],
    [
      "a wire that moves to a node without any, whose port becomes a tap",
      manifest({ links: wire("a::eth1", "b::eth1"), more: cablesOfC }),
      manifest({ links: wire("a::eth1", "c::eth1"), more: cablesOfC }),
      [
        "link/wires/update: a::eth1 -- b::eth1 unplugged, a::eth1 -- c::eth1 plugged in",
        "domain/a/update: cable at eth1 changed",
        "domain/b/update: no cable at eth1",
        "domain/c/stop: cable at eth1 changed",
        "domain/c/restart: cable at eth1 changed",
        "domain/c/start: restart",
      ],
      ["restart c"],
    ],
    [
      "the state of a wire",
      manifest({ links: `{ src = "a::eth1", dst = "b::eth1", type = "wire" }` }),
      manifest({ links: `{ src = "a::eth1", dst = "b::eth1", type = "wire", state = "down" }` }),
      ["domain/a/update: link eth1 up -> down", "domain/b/update: link eth1 up -> down"],
      [],
    ],
    [
      "a wire instead of a bridge",
      manifest({ links: `{ src = "a::eth1", dst = "b::eth1", type = "bridge" }` }),
      manifest({ links: `{ src = "a::eth1", dst = "b::eth1", type = "wire" }` }),
      [
        "domain/a/stop: cable at eth1 changed",
        "domain/a/restart: cable at eth1 changed",
        "domain/a/start: restart",
        "domain/b/stop: cable at eth1 changed",
        "domain/b/restart: cable at eth1 changed",
        "domain/b/start: restart",
        expect.stringContaining("remove: not in the manifest"),
      ],
      ["restart a", "restart b"],
    ],
    [
      "a new node with a cable",
      manifest(),
      manifest({ more: `{ name = "c", model = "tiny_linux" }` }),
      [
        "network/management/update: addresses of nodes",
        "volume/c.qcow2/create: new",
        "volume/c.seed-000000000000.iso/create: new",
        "domain/c/create: new",
        "domain/c/start: new",
      ],
      [],
    ],
    [
      "a node less",
      manifest({ more: `{ name = "c", model = "tiny_linux" }` }),
      manifest(),
      ["domain/c/remove: not in the manifest", "network/management/update: addresses of nodes"],
      [],
    ],
    [
      "a description",
      manifest(),
      manifest({ rest: `description = "new"` }),
      ["domain/a/update: description changed", "domain/b/update: description changed"],
      [],
    ],
    [
      "a moved bridge port, which libvirt can do live",
      manifest({
        rest: `bridges = [{ name = "x", links = ["a::eth2", "b::eth2"] }, { name = "y", links = ["b::eth3"] }]`,
      }),
      manifest({
        rest: `bridges = [{ name = "x", links = ["b::eth2"] }, { name = "y", links = ["a::eth2", "b::eth3"] }]`,
      }),
      ["domain/a/update: cable at eth2 changed"],
      [],
    ],
    [
      "a bridge less",
      manifest({ rest: `bridges = [{ name = "x", links = ["a::eth2", "b::eth2"] }]` }),
      manifest(),
      [
        "domain/a/stop: no cable at eth2",
        "domain/a/restart: no cable at eth2",
        "domain/a/start: restart",
        "domain/b/stop: no cable at eth2",
        "domain/b/restart: no cable at eth2",
        "domain/b/start: restart",
        "network/x/remove: not in the manifest",
      ],
      ["restart a", "restart b"],
    ],
    [
      "another management network",
      manifest(),
      manifest({ rest: `management = { ipv4 = "10.9.0.0/24" }` }),
      [
        "network/management/replace: definition changed",
        "domain/a/stop: its network is replaced",
        "domain/a/restart: its network is replaced",
        "domain/a/start: restart",
        "domain/b/stop: its network is replaced",
        "domain/b/restart: its network is replaced",
        "domain/b/start: restart",
      ],
      ["restart a", "restart b"],
    ],
  ];
  it.each(cases)("for %s", async (_, before, after, expected, consents) => {
    const difference = await change(before, after);
    expect(lines(difference)).toEqual(expected);
    expect(difference.consents.map(({ action, node }) => `${action} ${node}`)).toEqual(consents);
  });

  it("restarts the nodes of a wire that moves where the host cannot plug it over", async () => {
    const { consents } = await change(
      manifest({ links: wire("a::eth1", "b::eth1") }),
      manifest({ links: wire("a::eth1", "b::eth2") }),
      { replug: false },
    );
    expect(consents.map(({ node, reason }) => `${node}: ${reason}`)).toEqual([
      "a: cable at eth1 changed",
      "b: no cable at eth1, cable at eth2 changed",
    ]);
  });

  it("plugs wires over before definitions say so, and takes up a run that was cut off in between", async () => {
    const [before, after] = [wire("a::eth1", "b::eth1"), wire("a::eth1", "b::eth2")].map((links) =>
      manifest({ links }),
    ) as [string, string];
    const full = applied(await desire(before));
    const { steps } = diffLab(await desire(after, full), full);
    const waits = steps.filter(({ operation }) => operation.kind === "update-domain").map((planned) => planned.after);
    expect(waits).toEqual([["link/wires/update"], ["link/wires/update"]]);
    // What the step writes first into the definitions.
    const pending = new Map(
      steps
        .flatMap(({ operation }) => (operation.kind === "replug-wires" ? operation.domains : []))
        .map((part) => [
          part.uuid,
          readMetadata(
            parseXml(
              `<metadata>${part.pending.replace(" ", ` xmlns="${RESOURCE_NAMESPACE}" `)}</metadata>`,
              "metadata",
            ),
          ),
        ]),
    );
    const cut: ObservedLab = {
      ...full,
      domains: full.domains.map((domain) => ({ ...domain, metadata: pending.get(domain.uuid) ?? domain.metadata })),
    };
    for (const text of [before, after]) {
      expect(lines(diffLab(await desire(text, cut), cut))).toEqual([
        expect.stringMatching(/^link\/wires\/update: /),
        expect.stringMatching(/^domain\/a\/update: cable at eth1 changed/),
        expect.stringMatching(/^domain\/b\/update: /),
      ]);
    }
  });

  it("keeps the ports that nodes got for wires, where the manifest does not count them", async () => {
    const nodes = `{ name = "c", model = "tiny_linux" }, { name = "d", model = "tiny_linux" }`;
    const wired = manifest({ links: wire("c::eth2", "d::eth1"), more: nodes });
    expect(lines(await change(wired, manifest({ links: "", more: nodes })))).toEqual([
      "link/wires/update: c::eth2 -- d::eth1 unplugged",
      "domain/c/update: no cable at eth2",
      "domain/d/update: no cable at eth1",
    ]);
    const counted = nodes.replace(`"c", model = "tiny_linux"`, `"c", model = "tiny_linux", data_interface_count = 1`);
    const { consents } = await change(wired, manifest({ links: "", more: counted }));
    expect(consents.map(({ node }) => node)).toEqual(["c"]);
  });

  it("for other first-boot data makes a new seed and drops the old one", async () => {
    const difference = await change(manifest(), manifest(), {
      buildSeed: () =>
        Promise.resolve({
          bytes: new Uint8Array(4),
          fileName: "seed.iso",
          device: "disk",
          bus: "virtio",
          hash: "1".repeat(64),
        }),
    });
    expect(lines(difference).filter((line) => line.includes("/a"))).toEqual([
      "domain/a/stop: first-boot data changed",
      "volume/a.seed-111111111111.iso/create: first-boot data changed",
      "domain/a/restart: first-boot data changed",
      "domain/a/start: restart",
    ]);
    const define = difference.steps.find(({ step }) => step.id === "domain/a/restart");
    expect(define?.operation).toMatchObject({ kind: "define-domain", drop: ["a.seed-000000000000.iso"] });
  });

  it("for another image replaces the disk", async () => {
    const image = {
      ...diskImage,
      version: "2.0",
      disk: { ...diskImage.disk, path: "/images/new.qcow2", format: "qcow2" as const, capacity: 2n * 1024n ** 3n },
    };
    const difference = await change(manifest(), manifest(), { image });
    expect(difference.consents.map(({ action }) => action)).toEqual(["replace", "replace"]);
    expect(difference.steps.map(({ step }) => step.id)).toContain("volume/a.qcow2/replace");
  });

  it.each([
    ["stopped", ["domain/a/start: stopped"]],
    ["paused", ["domain/a/start: paused"]],
    ["failed", ["domain/a/start: failed"]],
    ["running", []],
  ] as const)("starts a node that is %s", async (condition, expected) => {
    const difference = await change(manifest(), manifest(), {
      observed: (lab) => ({
        ...lab,
        domains: lab.domains.map((domain) => (domain.metadata.name === "a" ? { ...domain, condition } : domain)),
      }),
    });
    expect(lines(difference)).toEqual(expected);
  });

  it("asks nobody before it restarts a node that is off", async () => {
    const difference = await change(manifest(), manifest({ a: ", memory = 256" }), {
      observed: (lab) => ({
        ...lab,
        domains: lab.domains.map((domain) => ({ ...domain, condition: "stopped" as const })),
      }),
    });
    expect(difference.consents).toEqual([]);
    expect(lines(difference)).not.toContain("domain/a/stop: memory 112 MiB -> 256 MiB");
  });

  it("takes up what a killed run left: a pool and a node without domain", async () => {
    const full = applied(await desire(manifest()));
    const host = {
      ...full,
      domains: full.domains.slice(0, 1),
      networks: full.networks.map((network) => ({ ...network, active: false })),
    };
    expect(lines(diffLab(await desire(manifest(), host), host))).toEqual([
      "network/management/start: stopped",
      "volume/b.qcow2/create: new",
      "volume/b.seed-000000000000.iso/create: new",
      "domain/b/create: new",
      "domain/b/start: new",
    ]);
  });

  it("orders starts by networks and depends_on, and definitions by their volumes", async () => {
    const { steps } = diffLab(await desire(manifest({ a: `, depends_on = ["b"]` })), nothing);
    const after = (id: string): readonly string[] => steps.find(({ step }) => step.id === id)?.after ?? [];
    expect(after("domain/a/start")).toEqual(["domain/a/create", "network/management/create", "domain/b/start"]);
    expect(after("domain/a/create")).toEqual(
      expect.arrayContaining(["volume/a.qcow2/create", "volume/a.seed-000000000000.iso/create"]),
    );
  });

  it("plugs running nodes into a new network only when it is there", async () => {
    const bridges = (second: string): string =>
      manifest({
        rest: `bridges = [{ name = "x", links = ["a::eth2"] }, { name = "${second}", links = ["b::eth2"] }]`,
      });
    const { steps } = await change(bridges("y"), bridges("z"));
    expect(steps.map(({ step }) => step.id)).toEqual(["network/z/create", "domain/b/update", "network/y/remove"]);
    expect(steps.find(({ step }) => step.id === "domain/b/update")?.after).toEqual(["network/z/create"]);
    expect(steps.find(({ step }) => step.id === "network/y/remove")?.after).toContain("domain/b/update");
  });

  it("has steps of distinct ids that only wait for one another", async () => {
    const { steps } = diffLab(
      await desire(manifest({ rest: `bridges = [{ name = "x", links = ["a::eth2", "b::eth2"] }]` })),
      nothing,
    );
    const ids = steps.map(({ step }) => step.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(steps.flatMap(({ after }) => after).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("shows no secret", async () => {
    const { steps } = diffLab(await desire(manifest()), nothing);
    expect(JSON.stringify(steps.map(({ step }) => step))).not.toMatch(/Secret1|\$6\$/);
  });
});

describe("destroy", () => {
  it("removes domains, then networks, then the pool", async () => {
    const desired = await desire(manifest());
    const steps = diffDestroy(applied(desired), desired.identity);
    expect(steps.map(({ step, after }) => [step.id, after])).toEqual([
      ["domain/a/remove", []],
      ["domain/b/remove", []],
      ["network/management/remove", ["domain/a/remove", "domain/b/remove"]],
      ["pool/labscape.ada.quarry/remove", ["domain/a/remove", "domain/b/remove", "network/management/remove"]],
    ]);
  });
  it("of nothing is nothing", async () => {
    expect(diffDestroy(nothing, (await desire(manifest())).identity)).toEqual([]);
  });
});
