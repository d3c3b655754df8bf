import { describe, expect, it } from "vitest";
import { diffDestroy, diffLab } from "../../src/plan/diff.js";
import { applied, desire, diskImage, nothing } from "../desired.js";
import { change, lines, manifest } from "./changes.js";

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
