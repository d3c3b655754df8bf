import { describe, expect, it } from "vitest";
import { labIdentity } from "../../src/identity/index.js";
import type { DomainCondition, ObservedLab } from "../../src/observe/index.js";
import { diffPower, type PowerAction, type PowerRequest } from "../../src/plan/power.js";
import { applied, desire, nothing } from "../desired.js";
import { labOf } from "../labs.js";

const manifest = `name = "quarry"
nodes = [
  { name = "a", model = "tiny_linux" },
  { name = "b", model = "tiny_linux", depends_on = ["a"] },
  { name = "c", model = "tiny_linux" },
]
links = [{ src = "a::eth1", dst = "b::eth1" }]`;

/** The lab as it was deployed, but for the conditions of its nodes; in no order, as libvirt lists domains. */
async function host(conditions: Readonly<Record<string, DomainCondition>> = {}): Promise<ObservedLab> {
  const lab = applied(await desire(manifest));
  const domains = lab.domains.map((domain) => ({
    ...domain,
    condition: conditions[domain.metadata.name] ?? domain.condition,
  }));
  return { ...lab, domains: domains.reverse() };
}

function steps(observed: ObservedLab, action: PowerAction, changes: Partial<PowerRequest> = {}): readonly string[] {
  const request = { action, nodes: [], patience: 30, known: [], autostarted: new Set<string>(), ...changes };
  return diffPower(observed, labIdentity("ada", "quarry"), request).map(({ step, after }) =>
    [`${step.id}: ${step.reason}`, ...after].join(" < "),
  );
}

describe("a power command", () => {
  const known = labOf(manifest).nodes;

  it.each<[PowerAction, Readonly<Record<string, DomainCondition>>, readonly string[]]>([
    ["down", { c: "stopped" }, ["domain/a/stop: running", "domain/b/stop: running"]],
    ["down", { a: "stopped", b: "failed", c: "paused" }, ["domain/c/stop: suspended"]],
    ["start", {}, []],
    ["start", { b: "failed", c: "paused" }, ["domain/b/start: failed", "domain/c/start: suspended"]],
    ["suspend", { b: "stopped", c: "paused" }, ["domain/a/suspend: running"]],
    ["resume", { b: "stopped", c: "paused" }, ["domain/c/resume: suspended"]],
    ["autostart off", {}, []],
    ["autostart on", {}, ["a", "b", "c"].map((name) => `domain/${name}/update: autostart off -> on`)],
  ])("%s, with %j, does what is left to do", async (action, conditions, expected) => {
    expect(steps(await host(conditions), action)).toEqual(expected);
  });

  it("touches the named nodes only, and refuses a name that is not there", async () => {
    expect(steps(await host(), "down", { nodes: ["b"] })).toEqual(["domain/b/stop: running"]);
    const observed = await host();
    expect(() => steps(observed, "down", { nodes: ["b", "z"] })).toThrow(/no node z/);
    expect(() => steps(nothing, "start")).toThrow(/nothing of the lab quarry/);
  });

  it("keeps the manifest's order: dependents go down first and come up last", async () => {
    expect(steps(await host(), "restart", { known, nodes: ["a", "b"] })).toEqual([
      "domain/a/stop: running < domain/b/stop",
      "domain/b/stop: running",
      "domain/a/start: restart < domain/a/stop",
      "domain/b/start: restart < domain/b/stop < domain/a/start",
    ]);
  });

  it("start brings pool and networks up first, as after a restart of the host", async () => {
    const lab = await host({ a: "stopped" });
    const { pool } = lab;
    if (pool === undefined) throw new Error("the lab has a pool");
    const down: ObservedLab = {
      ...lab,
      pool: { ...pool, active: false },
      networks: lab.networks.map((network) => ({ ...network, active: false })),
    };
    expect(steps(down, "start")).toEqual([
      "pool/labscape.ada.quarry/start: stopped",
      "network/management/start: stopped",
      "domain/a/start: stopped < pool/labscape.ada.quarry/start < network/management/start",
    ]);
  });
});
