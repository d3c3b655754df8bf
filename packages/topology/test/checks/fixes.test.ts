import { describe, expect, test } from "vitest";
import { analyzeText } from "../support/analyze.js";
import { applyEdits } from "../support/features.js";

/** The text after the best fix of the only finding of a code; its last one where several are found. */
function fixed(text: string, code: string): string {
  const finding = analyzeText(text).findings.findLast((each) => each.code === code);
  if (finding === undefined) throw new Error(`no ${code}`);
  const [fix] = finding.fixes;
  if (fix === undefined) throw new Error(`${code} has no fix`);
  const after = applyEdits(text, fix.edits);
  const left = analyzeText(after).findings.filter((each) => each.code === code);
  expect(left).toEqual([]);
  return after;
}

const two = `name = "x"
nodes = [
  { name = "a", model = "nvidia_cumulus" },
  { name = "b", model = "nvidia_cumulus" },
]
`;

describe("fixes", () => {
  test.each([
    ["unknown-key", 'nam = "x"\nnodes = []', 'name = "x"\nnodes = []'],
    ["wrong-type", `${two}ready_timeout = "60"`, `${two}ready_timeout = 60`],
    ["wrong-type", `${two}description = 5`, `${two}description = "5"`],
    [
      "wrong-type",
      'name = "x"\n[[nodes]]\nname = "a"\nmodel = "debian_linux"\nstartup_scripts = "a.sh"',
      'name = "x"\n[[nodes]]\nname = "a"\nmodel = "debian_linux"\nstartup_scripts = ["a.sh"]',
    ],
    [
      "wrong-type",
      'name = "x"\n[[nodes]]\nname = "a"\nmodel = "blank"\nskip_ready_check = "true"',
      'name = "x"\n[[nodes]]\nname = "a"\nmodel = "blank"\nskip_ready_check = true',
    ],
    ["missing-key", "nodes = []", 'name = "test"\nnodes = []'],
    [
      "unknown-model",
      'name = "x"\nnodes = [{ name = "a", model = "cumulus_linx" }]',
      'name = "x"\nnodes = [{ name = "a", model = "nvidia_cumulus" }]',
    ],
    [
      "deprecated-name",
      'name = "x"\nnodes = [{ name = "a", model = "cumulus_linux" }]',
      'name = "x"\nnodes = [{ name = "a", model = "nvidia_cumulus" }]',
    ],
    ["invalid-name", 'name = "My Läb!"\nnodes = []', 'name = "my-lab"\nnodes = []'],
    [
      "invalid-name",
      `${two.replace('"a"', '"a b"')}links = [{ src = "a b::swp1", dst = "b::swp1" }]`,
      `${two.replace('"a"', '"a-b"')}links = [{ src = "a-b::swp1", dst = "b::swp1" }]`,
    ],
    ["mixed-dialects", 'name = "x"\nnodes = []\nconnections = []', 'name = "x"\nnodes = []\nlinks = []'],
    [
      "out-of-range",
      `${two}links = [{ src = "a::swp1", dst = "b::swp1", state = "downn" }]`,
      `${two}links = [{ src = "a::swp1", dst = "b::swp1", state = "down" }]`,
    ],
    [
      "unknown-node",
      `${two.replace('"a"', '"leaf"')}links = [{ src = "laef::swp1", dst = "b::swp1" }]`,
      `${two.replace('"a"', '"leaf"')}links = [{ src = "leaf::swp1", dst = "b::swp1" }]`,
    ],
    [
      "unknown-port",
      `${two}links = [{ src = "a::swp1", dst = "b::spw1" }]`,
      `${two}links = [{ src = "a::swp1", dst = "b::swp1" }]`,
    ],
    [
      "management-port-in-link",
      `${two}links = [{ src = "a::swp1", dst = "b::eth0" }]`,
      `${two}links = [{ src = "a::swp1", dst = "b::swp1" }]`,
    ],
    [
      "port-used-twice",
      `${two}links = [{ src = "a::swp1", dst = "b::swp1" }]\nbridges = [{ name = "l", links = ["a::swp1", "b::swp2"] }]`,
      `${two}links = [{ src = "a::swp1", dst = "b::swp1" }]\nbridges = [{ name = "l", links = ["a::swp2", "b::swp2"] }]`,
    ],
    [
      "port-name-not-canonical",
      'name = "x"\nnodes = [{ name = "r", model = "cisco_iosv" }]\nbridges = [{ name = "l", links = ["r::GigabitEthernet0/2"] }]',
      'name = "x"\nnodes = [{ name = "r", model = "cisco_iosv" }]\nbridges = [{ name = "l", links = ["r::gig0/2"] }]',
    ],
    [
      "port-out-of-range",
      'name = "x"\nnodes = [{ name = "r", model = "cisco_iosv", data_interface_count = 1 }]\nbridges = [{ name = "l", links = ["r::gig0/2"] }]',
      'name = "x"\nnodes = [{ name = "r", model = "cisco_iosv", data_interface_count = 2 }]\nbridges = [{ name = "l", links = ["r::gig0/2"] }]',
    ],
    [
      "memory-below-model-minimum",
      'name = "x"\nnodes = [{ name = "r", model = "cisco_iosv", memory = 5 }]',
      'name = "x"\nnodes = [{ name = "r", model = "cisco_iosv", memory = 512 }]',
    ],
    [
      "plaintext-password",
      'name = "x"\nnodes = [{ name = "r", model = "debian_linux", environment_variables = ["A=1", "DB_PASSWORD=x"] }]',
      'name = "x"\nnodes = [{ name = "r", model = "debian_linux", environment_variables = ["A=1", "DB_PASSWORD=$DB_PASSWORD"] }]',
    ],
    [
      "plaintext-password",
      'name = "x"\nnodes = [{ name = "r", model = "debian_linux", environment_variables = ["DB_PASSWORD=\\"x"] }]',
      'name = "x"\nnodes = [{ name = "r", model = "debian_linux", environment_variables = ["DB_PASSWORD=$DB_PASSWORD"] }]',
    ],
    [
      "bridge-blocks-frames",
      `${two}links = [{ src = "a::swp1", dst = "b::swp1", type = "bridge" }]`,
      `${two}links = [{ src = "a::swp1", dst = "b::swp1", type = "auto" }]`,
    ],
    [
      "unknown-group",
      'name = "x"\nnodes = [{ name = "r", model = "blank", group = "leav" }]\ngroups.leaf = {}',
      'name = "x"\nnodes = [{ name = "r", model = "blank", group = "leaf" }]\ngroups.leaf = {}',
    ],
  ])("%s in %j", (code, text, expected) => {
    expect(fixed(text, code)).toBe(expected);
  });

  test("in the first dialect a cable moves to the next free number", () => {
    const text = `id = "1e18b3bfe149"
devices = [{ name = "a", device_model = "blank" }, { name = "b", device_model = "blank" }, { name = "c", device_model = "blank" }]
connections = [
  { device_a = "a", interface_a = 0, device_b = "b", interface_b = 0 },
  { device_a = "a", interface_a = 0, device_b = "c", interface_b = 0 },
]`;
    expect(fixed(text, "port-used-twice")).toBe(
      text.replace('interface_a = 0, device_b = "c"', 'interface_a = 1, device_b = "c"'),
    );
  });

  test("where it is not certain what is meant there is no fix", () => {
    const fixes = (text: string) => analyzeText(text).findings.flatMap((finding) => finding.fixes);
    expect(fixes('name = "x"\nnodes = [{ name = "a", model = "zzzzzzzz" }]')).toEqual([]);
    // Another number is another node, and a single letter is near every other.
    const numbered = two.replaceAll('"a"', '"leaf1"').replaceAll('"b"', '"leaf2"');
    expect(fixes(`${numbered}links = [{ src = "leaf1::swp1", dst = "leaf3::swp1" }]`)).toEqual([]);
    expect(fixes(`${two}links = [{ src = "a::swp1", dst = "c::swp1" }]`)).toEqual([]);
    // The name that a fix would give is taken already.
    expect(fixes('name = "x"\nnodes = [{ name = "a-b", model = "blank" }, { name = "a b", model = "blank" }]')).toEqual(
      [],
    );
  });
});
