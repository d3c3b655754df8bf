import { describe, expect, it } from "vitest";
import { readMetadata, RESOURCE_NAMESPACE } from "../../src/identity/index.js";
import type { ObservedLab } from "../../src/observe/index.js";
import { diffLab } from "../../src/plan/diff.js";
import { parseXml } from "../../src/xml.js";
import { applied, desire } from "../desired.js";
import { change, lines, manifest, wire } from "./changes.js";

const cablesOfC = `{ name = "c", model = "tiny_linux", data_interface_count = 1 }`;

describe("a plan", () => {
  it.each<[what: string, before: string, after: string, expected: readonly string[], consents: readonly string[]]>([
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
  ])("for %s", async (_, before, after, expected, consents) => {
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

  it.each<[what: string, before: string, after: string, reasons: readonly string[]]>([
    [
      "a wire",
      manifest({ links: wire("a::eth1", "b::eth1") }),
      manifest({ links: wire("a::eth1", "b::eth1").replace(" }", ", mtu = 9000 }") }),
      ["a", "b"].map((node) => `${node}: MTU at eth1 1500 -> 9000, which a running node cannot change`),
    ],
    [
      "a bridge of the lab, whose network is made anew as well",
      manifest({ rest: `bridges = [{ name = "x", links = ["a::eth2"], mtu = 9000 }]` }),
      manifest({ rest: `bridges = [{ name = "x", links = ["a::eth2"] }]` }),
      [
        "network: MTU 9000 -> 1500, which libvirt cannot change in a network that runs",
        "a: MTU at eth2 9000 -> 1500, which a running node cannot change",
      ],
    ],
    [
      "a bridge of the host",
      manifest({ rest: `bridges = [{ name = "x", external = "br0", links = ["a::eth2"] }]` }),
      manifest({ rest: `bridges = [{ name = "x", external = "br0", links = ["a::eth2"], mtu = 4000 }]` }),
      ["a: MTU at eth2 1500 -> 4000, which a running node cannot change"],
    ],
    [
      "the bridge that a port moves to",
      manifest({
        rest: `bridges = [{ name = "x", links = ["a::eth2", "b::eth2"] }, { name = "y", links = ["b::eth3"], mtu = 4000 }]`,
      }),
      manifest({
        rest: `bridges = [{ name = "x", links = ["b::eth2"] }, { name = "y", links = ["a::eth2", "b::eth3"], mtu = 4000 }]`,
      }),
      ["a: cable at eth2 changed"],
    ],
  ])("restarts nodes for another MTU of %s, and says why", async (_, before, after, reasons) => {
    const { steps, consents } = await change(before, after);
    const networks = steps.flatMap(({ step }) => (step.resource === "network" ? [`network: ${step.reason}`] : []));
    expect([...networks, ...consents.map(({ node, reason }) => `${node}: ${reason}`)]).toEqual(reasons);
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
});
