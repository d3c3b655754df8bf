import { expect, it } from "vitest";
import { labIdentity, resourceUuid } from "../../src/identity/index.js";
import { orphansOf } from "../../src/observe/index.js";
import type { OrphanSurvey } from "../../src/observe/orphans.js";
import { applied, desire } from "../desired.js";

async function survey(name: string): Promise<OrphanSurvey> {
  const { domains, networks, pool } = applied(
    await desire(`name = "${name}"\nnodes = [{ name = "a", model = "tiny_linux" }]`),
  );
  return {
    domains,
    networks: networks.map((network) => ({ ...network, definition: {} })),
    pools: pool === undefined ? [] : [pool],
  };
}

it("a lab with a node is no orphan; what is left of one without is", async () => {
  const all = await survey("quarry");
  expect(orphansOf(all)).toEqual({ labs: [], copies: [] });
  expect(orphansOf({ ...all, domains: [] })).toEqual({
    labs: [{ lab: "quarry", owner: "ada", networks: ["quarry.management"], pools: ["labscape.ada.quarry"] }],
    copies: [],
  });
});

it("what others made is never among it: other pools of such a name, and copies of our objects", async () => {
  const all = await survey("quarry");
  const stranger = {
    ...all.pools[0],
    uuid: resourceUuid(labIdentity("eve", "other"), "pool"),
    name: "labscape.ada.mine",
    active: true,
  };
  const copy = all.domains.map((domain) => ({ ...domain, name: "quarry.clone", uuid: stranger.uuid }));
  expect(
    orphansOf({ domains: [...all.domains, ...copy], networks: all.networks, pools: [...all.pools, stranger] }),
  ).toEqual({
    labs: [],
    copies: ["quarry.clone"],
  });
});
