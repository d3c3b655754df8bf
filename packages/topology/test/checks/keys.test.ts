import { describe, test } from "vitest";
import { check } from "../support/check.js";

const a = '{ name = "a", model = "nvidia_cumulus" }';

describe("keys", () => {
  test.each([
    ["an empty file", "\n| missing-key\n| missing-key"],
    ["a key that is being typed is not unknown yet", 'name = "x"\nnodes = []\nread\n^^^^ toml-syntax'],
    ["keys that belong elsewhere", 'name = "x"\nnodes = []\nmemory = 5\n^^^^^^ unknown-key'],
    [
      "several findings in one row",
      `name = "x"
nodes = [
  { nme = "a", model = 5, memory = "x", cpu_count = 0 },
# ^ missing-key
#   ^^^ unknown-key
#                      ^ wrong-type
#                                  ^^^ wrong-type
#                                                   ^ out-of-range
]`,
    ],
    ["a list where a row must stand", 'name = "x"\nnodes = [5]\n#        ^ wrong-type'],
    ["a table where a list must stand", 'name = "x"\n[nodes]\n#^^^^^ wrong-type'],
    [
      "what is inside an unsupported key is not looked at",
      'name = "x"\nnodes = []\nztp_server = { nonsense = 1 }\n^^^^^^^^^^ unsupported-key',
    ],
  ])("%s", (_, marked) => check(marked));

  test("a node takes its model from defaults or a group", () => {
    check('name = "x"\n[defaults]\nmodel = "nvidia_cumulus"\n[[nodes]]\nname = "a"');
    check('name = "x"\n[groups.g]\nmodel = "nvidia_cumulus"\n[[nodes]]\nname = "a"\ngroup = "g"');
  });

  test("a name is not shared", () => {
    check('name = "x"\nnodes = []\n[defaults]\nname = "a"\n^^^^ unknown-key');
  });
});

describe("dialects", () => {
  test.each([
    [
      "current keys in a file of the first dialect",
      `id = "1e18b3bfe149"\ndevices = [{ name = "a", model = "nvidia_cumulus" }]\n#                        ^^^^^ mixed-dialects`,
    ],
    [
      "of two rows of nodes both count",
      `name = "x"\nnodes = [${a}]\ndevices = [{ name = "b", model = "nvidia_cumulus" }]\n^^^^^^^ mixed-dialects\nlinks = [{ src = "a::swp1", dst = "b::swp1" }]`,
    ],
    [
      "of two models one is not used",
      'name = "x"\nnodes = [{ name = "a", model = "nvidia_cumulus", device_model = "blank" }]\n#                                                ^^^^^^^^^^^^ mixed-dialects',
    ],
    [
      "half a row of the first dialect",
      `id = "1e18b3bfe149"\ndevices = [{ name = "a", device_model = "nvidia_cumulus" }]\nconnections = [{ device_a = "a" }]
#              ^ missing-key
#              ^ missing-key
#              ^ missing-key`,
    ],
  ])("%s", (_, marked) => check(marked));
});

test("a lab of the first dialect may have a name beside its id", () => {
  check('id = "1e18b3bfe149"\nname = "quarry"\ndevices = [{ name = "a", device_model = "nvidia_cumulus" }]');
});
