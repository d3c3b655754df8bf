/** What docs/manifest.md says beside the tables of keys. Examples are run by the tests. */

export const preface = `# The manifest language

A manifest is a TOML file that describes a lab: its nodes, the cables between them, and what they need. It is called
\`lab.toml\` or \`NAME.lab.toml\`; a \`manifest.toml\` counts when it has nodes or links.

\`\`\`toml
name = "two-nodes"

[[nodes]]
name = "dev1"
model = "tiny_linux"
interfaces.eth1.ipv4 = "10.0.0.1/24"

[[nodes]]
name = "dev2"
model = "tiny_linux"

[[links]]
src = "dev1::eth1"
dst = "dev2::eth1"
\`\`\`

TOML leaves it to you how a table is written: \`[[nodes]]\` for each node as above, or all of them as rows,
\`nodes = [{ name = "dev1", model = "tiny_linux" }, ...]\`.

The same as a [JSON schema](../schema/manifest.schema.json), for editors that have no language server. All findings, with a bad and a
good example each: [checks](checks/README.md).

## Two dialects

There are two ways to write a lab. Both say everything; a file that mixes them works and gets a warning.

| | Current dialect | First dialect |
| --- | --- | --- |
| The lab | \`name = "quarry"\` | \`id = "1e18b3bfe149"\`, which is the lab's name unless there is a \`name\` |
| Nodes | \`nodes\`, with a \`model\` | \`devices\`, with a \`device_model\` and, if you like, an \`id\` |
| Links | \`links\`, with \`src\` and \`dst\` | \`connections\`, with \`device_a\`, \`interface_a\`, \`device_b\`, \`interface_b\` |
| A port of a link | by name: \`"dev1::swp1"\` | by number: data ports counted from 0, without the management port |
| A port in \`interfaces\` | by name | by number or by name |

The lab above in the first dialect:

\`\`\`toml
id = "1e18b3bfe149"

devices = [
  { id = 1, name = "dev1", device_model = "tiny_linux", interfaces.0.ipv4 = "10.0.0.1/24" },
  { id = 2, name = "dev2", device_model = "tiny_linux" },
]

connections = [
  { device_a = "dev1", interface_a = 0, device_b = "dev2", interface_b = 0 },
]
\`\`\`

[\`labscape convert\`](command-line.md#laying-out-and-converting-manifests) and a code action of the editor translate either way.

## No key is ignored

A key either acts, or a finding says why not: that it is not known and which one is meant, that it does nothing on this device
model, or that it is not built yet. The tables below name the keys of the last kind as well; nothing is said of their values.

## Where a value comes from

A node's value is the first that there is of:

1. the node's own row,
2. its groups, the one that is named last first (\`groups\` after \`group\`),
3. \`defaults\`,
4. the device model.

Tables merge key by key: a node that sets \`interfaces.eth1.ipv4\` keeps the \`mtu\` that \`defaults\` gives to \`eth1\`. Lists and
single values replace each other as a whole.

Files named in \`include\` lie below the file that names them: of two included files the later one wins, and over both the manifest.
Their \`defaults\`, \`groups\`, \`management\`, \`host\` and \`diagram\` merge key by key; a node or bridge of the same name, and a link
between the same two ports, overrides keys of the weaker one; other rows are added. A path in an included file is relative to that file.

\`\`\`toml
name = "layers"

[defaults]
model = "tiny_linux"
memory = 112
interfaces.eth1.mtu = 9000

[groups.big]
memory = 256

[[nodes]]
name = "small"                          # 112 MiB

[[nodes]]
name = "large"                          # 256 MiB, and eth1 with an MTU of 9000 and this address
group = "big"
interfaces.eth1.ipv4 = "10.0.0.1/24"

[[links]]
src = "small::eth1"
dst = "large::eth1"
\`\`\`
`;

interface Introduction {
  readonly heading: string;
  /** Markdown. */
  readonly text: string;
}

/** For each table of the key table, by its title: the heading of its section, and what stands above its keys. */
export const introductions: ReadonlyMap<string, Introduction> = new Map<string, Introduction>([
  ["a manifest", { heading: "The manifest", text: "The keys at the top of the file." }],
  [
    "`defaults` and groups",
    {
      heading: "Defaults and groups",
      text: `What nodes have in common: \`[defaults]\` for all of them, \`[groups.NAME]\` for those that name the group.
[Where a value comes from](#where-a-value-comes-from) says which one wins.`,
    },
  ],
  [
    "a node",
    {
      heading: "Nodes",
      text: `A row of \`nodes\` (\`devices\` in the first dialect): a virtual machine. What it is, says its device model: \`labscape models\`
and [the list of models](models/README.md) show those that there are. Paths are relative to the manifest.`,
    },
  ],
  [
    "an interface",
    {
      heading: "Ports of a node",
      text: `\`interfaces.PORT\` sets up a data port of the node. The port goes by the name that the device gives it, or another of its names;
one with a slash needs quotes: \`interfaces."ge-0/0/0".mtu = 9000\`. Addresses become part of the first-boot configuration.`,
    },
  ],
  [
    "a text file",
    {
      heading: "Text files",
      text: "A row of `text_files` of a node: a file from here that is written into the node at first boot.",
    },
  ],
  [
    "a key file",
    {
      heading: "Key files",
      text: "A row of `ssh_authorized_key_files` of a node; the path alone, as a text, says the same.",
    },
  ],
  [
    "a link",
    {
      heading: "Links",
      text: `A row of \`links\` (\`connections\` in the first dialect): a cable between two data ports of different nodes. A port takes one
cable. Where more than two ports meet there is a [bridge](#bridges).`,
    },
  ],
  ["a bridge", { heading: "Bridges", text: "A row of `bridges`: a segment that any number of ports share." }],
  [
    "the management network",
    {
      heading: "The management network",
      text: `\`[management]\`: the network of the nodes' management ports, over which you reach them. Every node has a fixed address in it,
its own or one that is allocated.`,
    },
  ],
  ["the host", { heading: "The host", text: "`[host]`: where the lab runs." }],
  [
    "the diagram",
    {
      heading: "The diagram",
      text: `\`[diagram]\`: how the lab is drawn. You rarely write it: the canvas keeps here where somebody has moved things, and nothing
while a layout places them all.

\`\`\`toml
name = "two-nodes"
nodes = [
  { name = "dev1", model = "tiny_linux" },
  { name = "dev2", model = "tiny_linux" },
]
links = [{ src = "dev1::eth1", dst = "dev2::eth1" }]

[diagram]
direction = "TB"
notes = [{ text = "Rack 4", x = 60, y = -80 }]

[diagram.nodes]
dev1 = { x = 0, y = 0 }
dev2 = { x = 120, y = 0 }
\`\`\``,
    },
  ],
  [
    "a position",
    {
      heading: "Positions",
      text: "`diagram.nodes.NAME` and `diagram.bridges.NAME`: where the middle of a node or bridge stands on the canvas.",
    },
  ],
  ["a note", { heading: "Notes", text: "A row of `diagram.notes`: a text on the canvas." }],
]);
