import { diagramShape } from "./diagram.js";
import { bridgeShape, linkShape } from "./link.js";
import { nodeShape, sharedNodeShape } from "./node.js";
import { arrayOf, boolean, integer, oneOf, shape, table, text } from "./shape.js";

const inert = {
  kind: "inert",
  reason: "the tool that it comes from reads it and does nothing with it either",
} as const;

const managementShape = shape("the management network", [
  {
    name: "mode",
    type: oneOf(
      { value: "nat", documentation: "A network of its own with access to the outside." },
      { value: "user", documentation: "QEMU's user networking: needs no rights; ssh through a port of 127.0.0.1." },
      { value: "isolated", documentation: "A network of its own without access to the outside." },
      { value: "none", documentation: "No management network." },
    ),
    default: "`nat` where the connection may create networks, else `user`",
    documentation: "How the nodes' management ports are connected.",
  },
  {
    name: "ipv4",
    type: text("ipv4-cidr"),
    default: "the first free /24 of 172.31.0.0/16",
    documentation: "Network of the management addresses, for instance `172.31.7.0/24`.",
    snippet: '"${1:172.31.7.0/24}"',
  },
  {
    name: "ipv6",
    type: text("ipv6-cidr"),
    documentation: "IPv6 network of the management addresses, beside IPv4. Without it the nodes get none.",
    snippet: '"${1:fd00:7::/64}"',
  },
  {
    name: "domain",
    type: text("domain"),
    default: "`LAB.lab`",
    documentation: "DNS domain of the nodes: each one is found as `NODE.DOMAIN`.",
  },
  {
    name: "dns",
    type: { kind: "map", names: "host-name", values: text("ip") },
    documentation: "Further names in the network's DNS, with their addresses. Another one makes the network anew.",
    snippet: '{ ${1:gateway} = "${2:172.31.7.1}" }',
  },
]);

const hostShape = shape("the host", [
  {
    name: "uri",
    type: text("uri"),
    default: "`qemu:///system` when it can be reached, else `qemu:///session`",
    documentation: "libvirt connection that runs the lab.",
    snippet: '"${1:qemu:///system}"',
  },
  {
    name: "accelerator",
    type: oneOf(
      { value: "auto", documentation: "KVM where it works, else emulation." },
      { value: "kvm", documentation: "KVM or nothing." },
      { value: "tcg", documentation: "Emulation: slow, works everywhere." },
    ),
    default: "auto",
    documentation: "What runs the virtual machines.",
  },
  {
    name: "pool_path",
    type: text(),
    default: "libvirt's usual place",
    documentation: "Directory on the host for the lab's disks.",
  },
]);

/** Keys at the top of a manifest. */
export const rootShape = shape("a manifest", [
  {
    name: "name",
    type: text("lab-name"),
    required: "current",
    counterpart: "id",
    documentation: "Name of the lab: 1 to 40 of `a-z`, `0-9` and `-`, starting with a letter or digit.",
  },
  {
    name: "id",
    type: text("lab-id"),
    dialect: "first",
    required: "first",
    counterpart: "name",
    documentation:
      "Identity of the lab in the first dialect: 12 hexadecimal digits. The lab's name unless `name` is given.",
  },
  {
    name: "description",
    type: text(),
    documentation: "What the lab is for. Each of its virtual machines carries it as its description.",
  },
  {
    name: "include",
    type: arrayOf(text("path")),
    documentation:
      "Files that are merged below this one, relative to this file's folder: a later one wins over an earlier one, and this file wins over all. Tables merge key by key, nodes and bridges by name, links by their two ends.",
    snippet: '["$1"]',
  },
  {
    name: "defaults",
    type: table(sharedNodeShape),
    documentation: "Node keys for every node. A group's and the node's own value win.",
    snippet: "{ $1 }",
  },
  {
    name: "groups",
    type: { kind: "map", names: "group", values: table(sharedNodeShape) },
    documentation: "Node keys for the nodes that name the group: `groups.NAME = { ... }`.",
    snippet: "{ $1 }",
  },
  {
    name: "nodes",
    type: arrayOf(table(nodeShape)),
    dialect: "current",
    required: "current",
    counterpart: "devices",
    documentation: "The routers, switches and hosts of the lab.",
    snippet: '[\n  { name = "$1", model = "$2" },\n]',
  },
  {
    name: "devices",
    type: arrayOf(table(nodeShape)),
    dialect: "first",
    required: "first",
    counterpart: "nodes",
    documentation: "The routers, switches and hosts of the lab.",
    snippet: '[\n  { id = 1, name = "$1", device_model = "$2" },\n]',
  },
  {
    name: "links",
    type: arrayOf(table(linkShape)),
    dialect: "current",
    counterpart: "connections",
    documentation: "The cables: each joins two ports.",
    snippet: '[\n  { src = "$1", dst = "$2" },\n]',
  },
  {
    name: "connections",
    type: arrayOf(table(linkShape)),
    dialect: "first",
    counterpart: "links",
    documentation: "The cables: each joins two ports.",
    snippet: '[\n  { device_a = "$1", interface_a = 0, device_b = "$2", interface_b = 0 },\n]',
  },
  {
    name: "bridges",
    type: arrayOf(table(bridgeShape)),
    documentation: "Shared segments: each joins any number of ports.",
    snippet: '[\n  { name = "$1", links = ["$2"] },\n]',
  },
  { name: "management", type: table(managementShape), documentation: "The management network.", snippet: "{ $1 }" },
  { name: "host", type: table(hostShape), documentation: "Where the lab runs.", snippet: "{ $1 }" },
  {
    name: "ready_timeout",
    type: integer(1, 86_400, "seconds"),
    default: "what each device model says",
    documentation: "How long a deploy waits for a node to become ready.",
    snippet: "${1:600}",
  },
  { name: "diagram", type: table(diagramShape), documentation: "How the diagram is drawn.", snippet: "{ $1 }" },
  {
    name: "ztp_server",
    type: table(
      shape("the ZTP server", [
        { name: "enable", type: boolean, documentation: "Whether it runs." },
        { name: "username", type: text(), documentation: "Its user." },
        { name: "password", type: text("password"), documentation: "Its password." },
      ]),
    ),
    documentation: "A server for day-0 configurations.",
    status: inert,
  },
  {
    name: "config_management",
    type: table(
      shape(
        "the configuration management",
        ["ansible", "pyats", "nornir"].map((name) => ({ name, type: boolean, documentation: `Files for ${name}.` })),
      ),
    ),
    documentation: "Inventories for configuration management tools.",
    status: inert,
  },
]);
