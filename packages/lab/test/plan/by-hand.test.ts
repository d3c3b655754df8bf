import { describe, expect, it } from "vitest";
import { byHandWarnings } from "../../src/plan/by-hand.js";
import { diffLab } from "../../src/plan/diff.js";
import { applied, desire, nothing } from "../desired.js";
import { labOf } from "../labs.js";

const manifest = `name = "quarry"
nodes = [{ name = "sw1", model = "arista_veos" }, { name = "h1", model = "tiny_linux" }]
links = [{ src = "sw1::eth1", dst = "h1::eth1" }]
`;

describe("a device that takes no configuration at boot", () => {
  it("is named by the plan that makes it, with what to do; not by later plans", async () => {
    const lab = labOf(manifest);
    const desired = await desire(manifest);
    const steps = diffLab(desired, nothing).steps.map(({ step }) => step);
    expect(byHandWarnings(lab, steps)).toEqual([
      {
        code: "first-boot-by-hand",
        message: expect.stringMatching(
          /^sw1 does not configure itself\. EOS .* from a disk\. Log in as admin/,
        ) as string,
        mend: "Then type at its console what `labscape config sw1` prints.",
      },
    ]);
    const again = diffLab(desired, applied(desired)).steps.map(({ step }) => step);
    expect(byHandWarnings(lab, again)).toEqual([]);
  });
});
