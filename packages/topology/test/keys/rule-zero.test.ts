import { builtinCatalogue } from "@labscape/devices";
import { describe, expect, test } from "vitest";
import { hover, mermaidDiagram } from "@labscape/topology";
import {
  bridgeShape,
  linkShape,
  nodeShape,
  rootShape,
  sharedNodeShape,
  type KeySpec,
  type TableShape,
  type ValueType,
} from "../../src/keys/index.js";
import { analyzeText } from "../support/analyze.js";

/**
 * Rule zero of the language: no key is silently ignored. Every key of the key table either has its effect here, or has a
 * status that makes its finding. A key that is added to the table without either fails these tests.
 */

/** Text that stands in a manifest, and what is seen of it: the two must differ from the same without the text. */
interface Effect {
  readonly text: string;
  readonly sees: (text: string) => unknown;
  /** The manifest, with a place for the text. */
  readonly within: (text: string) => string;
}

const node = (line: string, model = "debian_linux") => `name = "x"
[groups.g]
cpu_count = 3
[[nodes]]
name = "a"
model = "${model}"
${line}
[[nodes]]
name = "b"
model = "debian_linux"
`;
const row = (kind: "links" | "bridges", line: string) =>
  `${node("")}[[${kind}]]\n${kind === "links" ? 'src = "a::eth1"\ndst = "b::eth1"' : 'name = "lan"\nlinks = ["a::eth1"]'}\n${line}`;

/** The lab that a manifest means, without the places where it is written. */
const lab = (text: string): unknown =>
  JSON.parse(
    JSON.stringify(analyzeText(text).lab, (key, value: unknown) => (key === "at" || key === "nameAt" ? 0 : value)),
  );
const findings = (text: string) => analyzeText(text).findings.map(({ code }) => code);
const diagram = (text: string) => mermaidDiagram(analyzeText(text).lab).source;

const ofNode = (text: string): Effect => ({ text, sees: lab, within: node });
const ofPort = (text: string): Effect => ofNode(`interfaces.eth1 = { ${text} }`);
const ofFile = (key: string, value: string): Effect => {
  const others = { src: '"a"', dst: '"/b"', [key]: value };
  return ofNode(
    `text_files = [{ ${Object.entries(others)
      .map((pair) => pair.join(" = "))
      .join(", ")} }]`,
  );
};
const ofLink = (text: string): Effect => ({ text, sees: lab, within: (line) => row("links", line) });
const ofBridge = (text: string): Effect => ({ text, sees: lab, within: (line) => row("bridges", line) });
const ofRoot = (text: string): Effect => ({
  text,
  sees: lab,
  within: (line) => `${line}\n${node("").replace('name = "x"\n', "")}`,
});
/** A whole row, or what is a row only together with others. */
const whole = (text: string, sees = lab): Effect => ({ text, sees, within: (line) => line });
const firstRow = 'connections = [{ device_a = "a", interface_a = 1, device_b = "b", interface_b = 2 }]';
const first = `id = "1e18b3bfe149"\ndevices = [{ name = "a", device_model = "blank" }, { name = "b", device_model = "blank" }]\n`;

const effects: Readonly<Record<string, Effect>> = {
  name: ofRoot('name = "other"'),
  id: ofRoot('id = "1e18b3bfe149"'),
  description: ofRoot('description = "what for"'),
  include: {
    ...ofRoot('include = ["missing.lab.toml"]'),
    sees: (text) => analyzeText(text, { readInclude: () => null }).findings.length,
  },
  defaults: ofRoot("defaults = { memory = 9 }"),
  groups: ofNode('group = "g"'),
  nodes: whole('nodes = [{ name = "n", model = "blank" }]'),
  devices: whole('devices = [{ name = "n", device_model = "blank" }]'),
  links: whole(row("links", "")),
  connections: whole(first + firstRow),
  bridges: whole(row("bridges", "")),
  management: ofRoot('management = { mode = "none" }'),
  "management.mode": ofRoot('management.mode = "isolated"'),
  "management.ipv4": ofRoot('management.ipv4 = "10.9.0.0/24"'),
  "management.ipv6": ofRoot('management.ipv6 = "fd00:9::/64"'),
  "management.domain": ofRoot('management.domain = "example"'),
  "management.dns": ofRoot('management.dns = { gate = "10.9.0.1" }'),
  host: ofRoot('host = { accelerator = "tcg" }'),
  "host.uri": ofRoot('host.uri = "qemu:///session"'),
  "host.accelerator": ofRoot('host.accelerator = "kvm"'),
  "host.pool_path": ofRoot('host.pool_path = "/srv/labs"'),
  ready_timeout: ofRoot("ready_timeout = 60"),
  diagram: { ...ofRoot('diagram = { direction = "TB" }'), sees: diagram },
  "diagram.direction": { ...ofRoot('diagram.direction = "TB"'), sees: diagram },
  "diagram.nodes": ofRoot("diagram.nodes.a = { x = 1, y = 2 }"),
  "diagram.nodes.x": ofRoot("diagram.nodes.a = { x = 1, y = 2 }"),
  "diagram.nodes.y": ofRoot("diagram.nodes.a = { x = 1, y = 2 }"),
  "diagram.bridges": ofRoot("diagram.bridges.lan = { x = 1, y = 2 }"),
  "diagram.bridges.x": ofRoot("diagram.bridges.lan = { x = 1, y = 2 }"),
  "diagram.bridges.y": ofRoot("diagram.bridges.lan = { x = 1, y = 2 }"),
  "diagram.notes": ofRoot('diagram.notes = [{ text = "hi", x = 1, y = 2 }]'),
  "diagram.notes.text": ofRoot('diagram.notes = [{ text = "hi", x = 1, y = 2 }]'),
  "diagram.notes.x": ofRoot('diagram.notes = [{ text = "hi", x = 1, y = 2 }]'),
  "diagram.notes.y": ofRoot('diagram.notes = [{ text = "hi", x = 1, y = 2 }]'),

  "nodes.name": whole('nodes = [{ name = "n", model = "blank" }]'),
  // What it says is checked to be the device's alone; links go by the name.
  "nodes.id": {
    text: "id = 1",
    sees: findings,
    within: (line) =>
      `devices = [{ name = "a", device_model = "blank", id = 1 }, { name = "b", device_model = "blank"${line === "" ? "" : `, ${line}`} }]`,
  },
  "nodes.group": ofNode('group = "g"'),
  "nodes.groups": ofNode('groups = ["g"]'),
  "nodes.model": whole('nodes = [{ name = "n", model = "blank" }]'),
  "nodes.device_model": whole('devices = [{ name = "n", device_model = "blank" }]'),
  "nodes.image": ofNode('image = "./disk.qcow2"'),
  "nodes.version": ofNode('version = "12"'),
  "nodes.cpu_count": ofNode("cpu_count = 7"),
  "nodes.memory": ofNode("memory = 7777"),
  "nodes.boot_disk_size": ofNode("boot_disk_size = 70"),
  "nodes.data_interface_count": ofNode("data_interface_count = 7"),
  "nodes.interfaces": ofPort("mtu = 9000"),
  "nodes.interfaces.mac": ofPort('mac = "52:54:00:00:00:01"'),
  "nodes.interfaces.ipv4": ofPort('ipv4 = "10.0.0.1/30"'),
  "nodes.interfaces.ipv6": ofPort('ipv6 = "2001:db8::1/64"'),
  "nodes.interfaces.mtu": ofPort("mtu = 9000"),
  "nodes.interfaces.description": {
    ...ofPort('description = "uplink"'),
    within: (line) => row("links", "").replace('model = "debian_linux"\n', `model = "debian_linux"\n${line}\n`),
    sees: (text) => hover(analyzeText(text), text.indexOf("a::eth1") + 4)?.markdown,
  },
  "nodes.ipv4_address": ofNode('ipv4_address = "172.31.0.10"'),
  "nodes.ipv6_address": ofNode('ipv6_address = "fd00:9::a"'),
  "nodes.ztp_config": ofNode('ztp_config = "a.cfg"'),
  "nodes.startup_scripts": ofNode('startup_scripts = ["a.sh"]'),
  "nodes.user_scripts": ofNode('user_scripts = ["a.sh"]'),
  "nodes.text_files": ofFile("src", '"z"'),
  "nodes.text_files.src": ofFile("src", '"z"'),
  "nodes.text_files.dst": ofFile("dst", '"/z"'),
  "nodes.text_files.user": ofFile("user", '"me"'),
  "nodes.text_files.group": ofFile("group", '"we"'),
  "nodes.text_files.permissions": ofFile("permissions", '"600"'),
  "nodes.environment_variables": ofNode('environment_variables = ["A=b"]'),
  "nodes.ssh_authorized_keys": ofNode('ssh_authorized_keys = ["ssh-ed25519 AAAA"]'),
  "nodes.ssh_authorized_key_files": ofNode('ssh_authorized_key_files = ["a.pub"]'),
  "nodes.ssh_authorized_key_files.source": ofNode('ssh_authorized_key_files = [{ source = "a.pub" }]'),
  "nodes.user": ofNode('user = "me"'),
  "nodes.cdrom": ofNode('cdrom = "a.iso"'),
  "nodes.depends_on": ofNode('depends_on = ["b"]'),
  "nodes.start_delay": ofNode("start_delay = 7"),
  "nodes.skip_ready_check": ofNode("skip_ready_check = true"),
  "nodes.ready_port": ofNode("ready_port = 77"),
  "nodes.kernel_cmdline": ofNode('kernel_cmdline = "quiet"'),

  "links.src": whole(row("links", "")),
  "links.dst": whole(row("links", "")),
  "links.device_a": whole(first + firstRow),
  "links.interface_a": whole(first + firstRow),
  "links.device_b": whole(first + firstRow),
  "links.interface_b": whole(first + firstRow),
  "links.label": { ...ofLink('label = "core"'), sees: diagram },
  "links.mtu": ofLink("mtu = 9000"),
  "links.state": ofLink('state = "down"'),
  "links.type": ofLink('type = "bridge"'),
  // A wish that every cable fulfils but one of type bridge, where it is reported.
  "links.p2p": { ...ofLink("p2p = true"), within: (line) => row("links", `type = "bridge"\n${line}`), sees: findings },

  "bridges.name": whole(row("bridges", "")),
  "bridges.links": whole(row("bridges", "")),
  "bridges.external": ofBridge('external = "br0"'),
  "bridges.mtu": ofBridge("mtu = 9000"),
};

interface Described {
  readonly path: string;
  readonly spec: KeySpec;
}

/** Every key of the table with the way to it; rows, groups and ports stand for their tables once. */
function* keysOf(shape: TableShape, path: string): Generator<Described> {
  for (const spec of shape.keys.values()) {
    const own = path === "" ? spec.name : `${path}.${spec.name}`;
    yield { path: own, spec };
    // Rows are walked by themselves, and what `defaults` and groups hold is what nodes hold.
    if (spec.status === undefined && !(shape === rootShape && isLab(spec.name)))
      for (const inner of shapesIn(spec.type)) yield* keysOf(inner, own);
  }
}

function isLab(key: string): boolean {
  return ["nodes", "devices", "links", "connections", "bridges", "defaults", "groups"].includes(key);
}

function shapesIn(type: ValueType): readonly TableShape[] {
  if (type.kind === "table") return [type.shape];
  if (type.kind === "array") return shapesIn(type.items);
  if (type.kind === "map") return shapesIn(type.values);
  return type.kind === "either" ? type.types.flatMap(shapesIn) : [];
}

const all: readonly Described[] = [
  ...keysOf(rootShape, ""),
  ...keysOf(nodeShape, "nodes"),
  ...keysOf(linkShape, "links"),
  ...keysOf(bridgeShape, "bridges"),
];
const acting = all.filter(({ spec }) => spec.status === undefined);
const idle = all.filter(({ spec }) => spec.status !== undefined);

test("every key has an effect or a status, and every effect a key", () => {
  expect(Object.keys(effects).sort()).toEqual(acting.map(({ path }) => path).sort());
});

describe("keys that act", () => {
  test.each(Object.entries(effects))("%s", (_, { text, sees, within }) => {
    expect(findings(within(text)).filter((code) => code === "unknown-key" || code === "wrong-type")).toEqual([]);
    expect(sees(within(text))).not.toEqual(sees(within("")));
  });

  test.each([...sharedNodeShape.keys.values()].filter(({ status }) => status === undefined).map(({ name }) => name))(
    "%s in defaults and in a group is as on the node",
    (key) => {
      const line = key.endsWith("model") ? `${key} = "debian_linux"` : (effects[`nodes.${key}`]?.text ?? "");
      const bare = (before: string, own: string) =>
        `${before}\n[[nodes]]\nname = "b"\nmodel = "blank"\n[[nodes]]\nname = "a"\n${key.endsWith("model") ? "" : 'model = "debian_linux"'}\n${own}`;
      const nodeOf = (text: string) => {
        const found = analyzeText(text).lab.nodes.find(({ name }) => name === "a");
        return found && { ...found, at: 0, nameAt: 0, groups: [] };
      };
      const own = nodeOf(bare("", line));
      expect(own).toBeDefined();
      expect(nodeOf(bare(`[groups.g]\n${line}`, 'group = "g"'))).toEqual(own);
      // A node does not wait for itself.
      if (key !== "depends_on") expect(nodeOf(bare(`[defaults]\n${line}`, ""))).toEqual(own);
    },
  );

  const needing = Object.entries(effects).flatMap(([path, { text }]) => {
    const { needs } = all.find((each) => each.path === path)?.spec ?? {};
    return needs === undefined ? [] : [[path, needs, text] as const];
  });
  test.each(needing)("%s is reported on a device that cannot %s", (_, needs, text) => {
    const found = (has: boolean) => {
      const model = builtinCatalogue.models.find(
        ({ firstBoot, ports }) => firstBoot.supports.includes(needs) === has && ports.data.maxCount > 0,
      );
      return findings(
        node(text.replaceAll("eth1", model?.ports.data.pattern.replace(/\{[^}]*\}/, "1") ?? ""), model?.name),
      );
    };
    expect(found(false)).toContain("key-has-no-effect");
    expect(found(true)).not.toContain("key-has-no-effect");
  });
});

describe("words that a key takes", () => {
  const words = acting.flatMap(({ path, spec: { type } }) =>
    type.kind === "enum" ? [[path, type.values] as const] : [],
  );
  test.each(words)("each of %s means something else", (path, values) => {
    const effect = effects[path];
    const meanings = values.map(({ value }) => {
      const text = effect?.within(effect.text.replace(/"[^"]*"/, `"${value}"`)) ?? "";
      return JSON.stringify(effect?.sees(text));
    });
    expect(new Set(meanings).size).toBe(values.length);
  });
});

describe("keys that do not act are reported", () => {
  test.each(idle.map(({ path, spec }) => [path, spec.name, spec.type] as const))("%s", (path, name, type) => {
    const line = `${name} = ${sample(type)}`;
    const text = path.startsWith("nodes.")
      ? node(line)
      : path.startsWith("links.")
        ? row("links", line)
        : path.startsWith("management.")
          ? `${node("")}[management]\n${line}`
          : `${line}\n${node("")}`;
    const reported = analyzeText(text).findings.filter(({ code }) => code === "unsupported-key");
    expect(reported.map(({ range }) => text.slice(range.start, range.end))).toEqual([name]);
  });

  /** A value of the right kind. */
  function sample(type: ValueType): string {
    switch (type.kind) {
      case "string":
      case "enum":
        return '"x"';
      case "integer":
      case "number":
        return "1";
      case "boolean":
        return "true";
      case "array":
        return "[]";
      case "table":
      case "map":
        return "{}";
      case "either":
        return type.types[0] === undefined ? '"x"' : sample(type.types[0]);
    }
  }
});
