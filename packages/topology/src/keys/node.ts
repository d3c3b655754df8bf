import { interfaceShape } from "./interface.js";
import { arrayOf, boolean, either, integer, shape, table, text, unsupported } from "./shape.js";
import type { KeySpec } from "./types.js";

const containers = unsupported("it belongs to containers, and every node here is a virtual machine");
const flatcar = unsupported("files for Ignition are not built yet; use `text_files` where the model has it");
const transport = {
  kind: "inert",
  reason: "it is an internal field of another tool; name the file in the key without `_data`",
} as const;

const textFileShape = shape("a text file", [
  { name: "src", type: text("path"), required: "both", documentation: "The file here, relative to the manifest." },
  { name: "dst", type: text(), required: "both", documentation: "Absolute path of the file in the node." },
  { name: "user", type: text(), default: "root", documentation: "Owner of the file in the node." },
  { name: "group", type: text(), default: "root", documentation: "Group of the file in the node." },
  {
    name: "permissions",
    type: either(text("octal"), integer(0, 7777)),
    default: "644",
    documentation: "Mode of the file, in octal as `chmod` takes it: `644` means `rw-r--r--`.",
    snippet: "${1:644}",
  },
]);

const keyFileShape = shape("a key file", [
  { name: "source", type: text("path"), required: "both", documentation: "File with public keys, one a line." },
]);

/** Keys that name a node; they cannot be shared by several. */
const identity: readonly KeySpec[] = [
  {
    name: "name",
    type: text("node-name"),
    required: "both",
    documentation:
      "Name of the node: 1 to 63 letters, digits and `-`, unique in the lab. It is the node's host name as well.",
  },
  {
    name: "id",
    type: integer(0, 65535),
    dialect: "first",
    documentation:
      "Number of the device in the first dialect, unique in its file. The device's name is what links use.",
  },
  {
    name: "group",
    type: text("group"),
    documentation: "A group whose keys the node takes over.",
  },
  {
    name: "groups",
    type: arrayOf(text("group")),
    documentation: "Groups whose keys the node takes over, in this order: a later one wins over an earlier one.",
    snippet: '["$1"]',
  },
];

/** Keys that a node can give itself or take over from `defaults` and groups. */
const shared: readonly KeySpec[] = [
  {
    name: "model",
    type: text("model"),
    dialect: "current",
    counterpart: "device_model",
    required: "current",
    documentation: "The device model: which router, switch or host the node is.",
  },
  {
    name: "device_model",
    type: text("model"),
    dialect: "first",
    counterpart: "model",
    required: "first",
    documentation: "The device model: which router, switch or host the device is.",
  },
  {
    name: "image",
    type: text("path"),
    default: "the image store's, by model and version",
    documentation: "Disk image (qcow2 or raw) of the node, relative to the manifest. It is never written to.",
  },
  {
    name: "version",
    type: text("version"),
    default: "the newest in the image store",
    documentation: "Which image of the model the node starts from.",
  },
  {
    name: "cpu_count",
    type: integer(1, 255),
    default: "the model's",
    documentation: "Virtual CPUs.",
  },
  {
    name: "memory",
    type: integer(1, 16_777_216, "MiB"),
    default: "the model's",
    documentation: "Memory in MiB.",
  },
  {
    name: "boot_disk_size",
    type: integer(1, 65_535, "GiB"),
    default: "the image's size",
    documentation: "Size of the boot disk in GiB. It can grow the image, not shrink it.",
  },
  {
    name: "data_interface_count",
    type: integer(0, 255),
    default: "up to the highest port in use",
    documentation: "How many data ports the node has, within the model's range.",
  },
  {
    name: "interfaces",
    type: { kind: "map", names: "port", values: table(interfaceShape) },
    documentation: 'Settings per port: `interfaces.PORT = { ipv4 = "10.0.0.1/30" }`.',
    snippet: "{ $1 }",
  },
  {
    name: "ipv4_address",
    type: text("ipv4"),
    default: "allocated",
    documentation: "IPv4 address of the node in the management network.",
  },
  {
    name: "ipv6_address",
    type: text("ipv6"),
    default: "the place of its IPv4 address in `management.ipv6`",
    documentation: "IPv6 address of the node in the management network.",
  },
  {
    name: "ztp_config",
    type: text("path"),
    default: "generated",
    needs: "ztp_config",
    documentation:
      "File with the whole day-0 configuration. It replaces the generated one, including user, keys and management address.",
  },
  {
    name: "startup_scripts",
    type: arrayOf(text("path")),
    needs: "startup_scripts",
    documentation: "Scripts that run once at first boot, as root.",
    snippet: '["$1"]',
  },
  {
    name: "user_scripts",
    type: arrayOf(text("path")),
    needs: "user_scripts",
    documentation: "Scripts that run once at first boot, as the node's user.",
    snippet: '["$1"]',
  },
  {
    name: "text_files",
    type: arrayOf(table(textFileShape)),
    needs: "text_files",
    documentation: "Files that are written into the node at first boot.",
    snippet: '[{ src = "$1", dst = "$2" }]',
  },
  {
    name: "environment_variables",
    type: arrayOf(text("environment")),
    needs: "environment_variables",
    documentation: '`"NAME=value"` for every login. `$NAME` alone as the value takes it from your own environment.',
    snippet: '["$1"]',
  },
  {
    name: "ssh_authorized_keys",
    type: arrayOf(text("public-key")),
    needs: "ssh_authorized_keys",
    default: "your own public keys",
    documentation: "Public keys that may log in, each as one line of an `authorized_keys` file.",
    snippet: '["$1"]',
  },
  {
    name: "ssh_authorized_key_files",
    type: arrayOf(either(text("path"), table(keyFileShape))),
    needs: "ssh_authorized_keys",
    documentation: "Files with public keys that may log in.",
    snippet: '["$1"]',
  },
  {
    name: "user",
    type: text(),
    needs: "user",
    default: "the model's",
    documentation: "Account that is created at first boot.",
  },
  { name: "cdrom", type: text("path"), documentation: "An ISO image in the node's first CD drive." },
  {
    name: "depends_on",
    type: arrayOf(text("node")),
    documentation: "Nodes that must be ready before this one starts.",
    snippet: '["$1"]',
  },
  {
    name: "start_delay",
    type: integer(0, 86_400, "seconds"),
    default: "0",
    documentation: "Seconds to wait before the node starts.",
  },
  {
    name: "skip_ready_check",
    type: boolean,
    default: "false",
    documentation: "Count the node as ready as soon as it runs.",
    snippet: "true",
  },
  {
    name: "ready_port",
    type: integer(1, 65_535),
    default: "the model's",
    documentation: "The node is ready when this TCP port answers on its management address.",
  },
  {
    name: "kernel_cmdline",
    type: text(),
    needs: "kernel_cmdline",
    documentation: "Kernel command line of a node that is booted from a kernel file.",
  },
  {
    name: "binary_files",
    type: arrayOf(table(shape("a binary file", [keyPath("source", "The file.")]))),
    documentation: "Files for Flatcar.",
    status: flatcar,
  },
  {
    name: "systemd_units",
    type: arrayOf(
      table(
        shape("a unit", [
          { name: "name", type: text(), documentation: "Name of the unit." },
          keyPath("source", "The unit file."),
          { name: "enabled", type: boolean, documentation: "Whether the unit starts at boot." },
        ]),
      ),
    ),
    documentation: "Units for Flatcar.",
    status: flatcar,
  },
  { name: "commands", type: arrayOf(text()), documentation: "Command of a container.", status: containers },
  {
    name: "volumes",
    type: arrayOf(table(shape("a volume", [keyPath("src", "Here."), keyPath("dst", "In the container.")]))),
    documentation: "Directories of the host in a container.",
    status: containers,
  },
  { name: "privileged", type: boolean, documentation: "Runs a container with all rights.", status: containers },
  {
    name: "shm_size",
    type: integer(0, Number.MAX_SAFE_INTEGER, "bytes"),
    documentation: "Shared memory of a container.",
    status: containers,
  },
  ...["startup_scripts_data", "user_scripts_data", "text_files_data"].map((name): KeySpec => ({
    name,
    type: either(arrayOf(text()), arrayOf(table(shape("a file", [])))),
    documentation: "Files as another tool sends them to its server.",
    status: transport,
  })),
];

function keyPath(name: string, documentation: string): KeySpec {
  return { name, type: text("path"), documentation };
}

function optional(key: KeySpec): KeySpec {
  const { required, ...rest } = key;
  return required === undefined ? key : rest;
}

/** Keys of a row of `nodes` or `devices`. */
export const nodeShape = shape("a node", [...identity, ...shared]);

/** Keys of `defaults` and of a group. What a node needs it can have from elsewhere, so none of them is required. */
export const sharedNodeShape = shape("`defaults` and groups", shared.map(optional));
