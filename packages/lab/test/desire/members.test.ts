import { describe, expect, it } from "vitest";
import { isOwnVolume } from "../../src/desire/index.js";
import { attributeOf, childOf, childrenOf, parseXml } from "../../src/xml.js";
import { diffDestroy, diffLab } from "../../src/plan/diff.js";
import { labIdentity } from "../../src/identity/index.js";
import { applied, desire, nothing } from "../desired.js";
import { twinCatalogue } from "../twin.js";

const catalogue = twinCatalogue();
const MANIFEST = `name = "quarry"
nodes = [{ name = "t", model = "twin" }, { name = "n", model = "tiny_linux", depends_on = ["t"] }]
links = [{ src = "t::eth2", dst = "n::eth1" }]
`;

const twin = async (text = MANIFEST) => (await desire(text, nothing, { catalogue })).domains.slice(0, 2);

/** The NICs of a definition: kind of back end, and what it is plugged into. */
const nicsOf = (xml: string): readonly string[] =>
  childrenOf(childOf(parseXml(xml, "domain"), "devices"), "interface").map((nic) => {
    const source = childOf(nic, "source");
    const local = attributeOf(childOf(source, "local"), "port") ?? "";
    const state = attributeOf(childOf(nic, "link"), "state") ?? "";
    return `${attributeOf(nic, "type") ?? ""} ${attributeOf(source, "network") ?? `${local}>${attributeOf(source, "port") ?? ""}`} ${state}`;
  });

describe("a device of two virtual machines", () => {
  it("is a domain for each member, with NICs in the member's order", async () => {
    const [ctl, fwd] = await twin();
    expect([ctl?.name, fwd?.name]).toEqual(["quarry.t.ctl", "quarry.t.fwd"]);
    expect(nicsOf(ctl?.xml ?? "")).toEqual([
      "network quarry.management up",
      "udp 10000>10001 up",
      "udp 9999>9 down",
      expect.stringMatching(/^network quarry\.link-[0-9a-f]{8} up$/),
    ]);
    expect(nicsOf(fwd?.xml ?? "")).toEqual(["udp 10001>10000 up", "udp 9999>9 down", nicsOf(ctl?.xml ?? "")[3]]);
  });

  it("gives each member its own size, disk and console, and the first-boot data to the first", async () => {
    const [ctl, fwd] = await twin(MANIFEST.replace('model = "twin"', 'model = "twin", memory = 200'));
    expect([ctl, fwd].map((one) => one?.facets.find(({ name }) => name === "memory")?.value)).toEqual([
      "200 MiB",
      "104 MiB",
    ]);
    const names = [ctl, fwd].map((one) => one?.volumes.map(({ name }) => name));
    expect(names).toEqual([["t+ctl.qcow2", expect.stringMatching(/^t\+ctl\.seed-/)], ["t+fwd.qcow2"]]);
    expect(names.flat().every((name) => isOwnVolume(name ?? ""))).toBe(true);
    expect(fwd?.xml).toContain("t+fwd.console.log");
    expect([ctl?.address === "", fwd?.address]).toEqual([false, ""]);
  });

  it("is made, kept and removed whole; others wait for its main member", async () => {
    const wanted = await desire(MANIFEST, nothing, { catalogue });
    const { steps } = diffLab(wanted, nothing);
    const start = steps.find(({ step }) => step.id === "domain/n/start");
    expect(start?.after).toContain("domain/t.ctl/start");
    expect(
      steps.filter(({ step }) => step.node === "t" && step.resource === "domain").map(({ step }) => step.id),
    ).toEqual(["domain/t.ctl/create", "domain/t.ctl/start", "domain/t.fwd/create", "domain/t.fwd/start"]);
    const observed = applied(wanted);
    expect(diffLab(await desire(MANIFEST, observed, { catalogue }), observed).steps).toEqual([]);
    const removed = diffDestroy(observed, labIdentity("ada", "quarry")).map(({ step }) => step.id);
    expect(removed).toEqual(expect.arrayContaining(["domain/t.ctl/remove", "domain/t.fwd/remove"]));
  });

  it("keeps its internal cable when another link comes before it", async () => {
    const before = applied(await desire(MANIFEST, nothing, { catalogue }));
    const more = MANIFEST.replace('"n", model = "tiny_linux"', '"n", model = "tiny_linux", data_interface_count = 2')
      .replace("links = [", 'links = [{ src = "m::eth1", dst = "n::eth2" }, ')
      .replace("nodes = [", 'nodes = [{ name = "m", model = "tiny_linux" }, ');
    const after = await desire(more, before, { catalogue });
    const ctl = after.domains.find(({ label }) => label === "t.ctl");
    expect(nicsOf(ctl?.xml ?? "")[1]).toBe("udp 10000>10001 up");
  });

  it("refuses a udp cable at a port that two members see", async () => {
    const udp = MANIFEST.replace('"n::eth1" }', '"n::eth1", type = "udp" }');
    await expect(desire(udp, nothing, { catalogue })).rejects.toMatchObject({ code: "link-type-unsupported" });
  });
});
