import { describe, expect, test } from "vitest";
import { hover } from "@labscape/topology";
import { analyzeText } from "../support/analyze.js";
import { readCursor } from "../support/features.js";
import { samples } from "../samples/index.js";

function hoverAt(marked: string) {
  const { text, offset } = readCursor(marked);
  const result = hover(analyzeText(text), offset);
  return result && { on: text.slice(result.range.start, result.range.end), markdown: result.markdown };
}

describe("hover", () => {
  test.each([
    ["a key", "read$0y_timeout = 5", "ready_timeout", "How long a deploy waits"],
    ["a key in a row", "nodes = [{ mem$0ory = 5 }]", "memory", "Memory in MiB"],
    ["a key of an interface", "[[nodes]]\ninterfaces.eth1.mt$0u = 5", "mtu", "68 to 9216"],
    ["the name in a header", "[manage$0ment]", "management", "The management network."],
    [
      "a key without effect says why",
      "[[nodes]]\nvol$0umes = []",
      "volumes",
      "It has no effect: it belongs to containers",
    ],
    ["a word", 'links = [{ state = "do$0wn" }]', "down", "Both ends see the cable pulled."],
    ["a model", '[[nodes]]\nmodel = "nvidia$0_cumulus"', "nvidia_cumulus", "NVIDIA"],
    ["a model in defaults", '[defaults]\nmodel = "cisco$0_iosv"', "cisco_iosv", "gig0/1 to gig0/15"],
    [
      "a port by another name",
      'nodes = [{ name = "r", model = "cisco_iosv" }]\nlinks = [{ src = "r::Gi0$0/2" }]',
      "Gi0/2",
      "Data port 1",
    ],
    [
      "a port by its number",
      'devices = [{ name = "r", device_model = "cisco_iosv" }]\nconnections = [{ device_a = "r", interface_a = $01 }]',
      "1",
      "**`gig0/2`** of `r`",
    ],
  ])("%s", (_, marked, on, markdown) => {
    const result = hoverAt(marked);
    expect(result?.on).toBe(on);
    expect(result?.markdown).toContain(markdown);
  });

  test("a node shows the value of each key and where it comes from", () => {
    const text = samples.layered.replace('src = "own', 'src = "$0own');
    const markdown = hoverAt(text)?.markdown;
    expect(markdown).toContain("| memory | `2048` | the node |");
    expect(markdown).toContain("| cpu_count | `4` | group `big` |");
    expect(markdown).toContain('| model | `"debian_linux"` | `defaults` |');
    expect(markdown).toMatch(/\| user \| `\w+` \| the model \|/);
  });

  test("a node that is several virtual machines shows what each of them takes", () => {
    const markdown = hoverAt('nodes = [{ name = "a$0", model = "juniper_vqfx", memory = 3000 }]')?.markdown;
    expect(markdown).toContain("| virtual machines | `re` 1 CPU, 2.9 GiB; `pfe` 1 CPU, 2 GiB | the model |");
  });

  test("a port shows its settings and where its cable goes", () => {
    const markdown = hoverAt(samples.layered.replace("own::eth1", "own::e$0th1"))?.markdown;
    expect(markdown).toContain("- IPv4: `10.0.0.1/30`");
    expect(markdown).toContain("- MTU: `9000`");
    expect(markdown).toContain("Cable to `both::eth2`.");
  });

  test("a link shows both ends, their addresses and what it is", () => {
    for (const place of ['s$0rc = "own', "own::e$0th1"]) {
      const markdown = hoverAt(samples.layered.replace(place.replace("$0", ""), place))?.markdown;
      expect(markdown).toContain("| `own::eth1` | `10.0.0.1/30` | 9000 |");
      expect(markdown).toContain("| `both::eth2` |  |  |");
      expect(markdown).toContain("Type `auto`, pulled, label `core`.");
    }
  });

  test("a node shows the address that a deploy gives it", () => {
    const text = `management.ipv4 = "172.31.7.0/24"\n${samples.layered}`;
    expect(hoverAt(text.replace('name = "both"', 'name = "bo$0th"'))?.markdown).toContain(
      "| ipv4_address | `172.31.7.11` | allocated at deploy |",
    );
  });

  test("a group names its nodes", () => {
    expect(hoverAt(samples.layered.replace("groups.big", "groups.b$0ig"))?.markdown).toContain("Nodes: `both`, `own`.");
  });

  test("what the user wrote cannot change the Markdown", () => {
    const markdown = hoverAt('[[nodes]]\nname = "$0a"\nmodel = "blank"\nuser = "x` | **y**"')?.markdown;
    expect(markdown).toContain('| user | ``"x` \\| **y**"`` | the node |');
  });

  test("nothing where there is nothing to say", () => {
    expect(hoverAt('$0\nname = "a"')).toBeUndefined();
    expect(hoverAt('description = "te$0xt"')).toBeUndefined();
  });
});
