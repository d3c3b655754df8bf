import {
  boolean,
  choice,
  choices,
  integer,
  optionalTable,
  optionalTables,
  table,
  tables,
  text,
  texts,
  textsByName,
} from "./keys.js";

/*
 * Every key of a model file: type, default, documentation. Reading, the language server and docs/models.md derive from it.
 */

const buses = ["virtio", "ide", "sata", "scsi", "usb"] as const;
const nicModels = ["virtio", "e1000", "e1000e", "vmxnet3", "rtl8139"] as const;

const smbiosKeys = {
  bios: textsByName({ doc: "Type 0: `vendor`, `version`, `date`, `release`." }),
  system: textsByName({
    doc: "Type 1: `manufacturer`, `product`, `version`, `serial`, `sku`, `family`.",
  }),
  base_board: textsByName({ doc: "Type 2: `manufacturer`, `product`, `version`, `serial`, `asset`, `location`." }),
  chassis: textsByName({ doc: "Type 3: `manufacturer`, `version`, `serial`, `asset`, `sku`." }),
};

const hardwareKeys = {
  cpu_count: integer(1, 255, { fallback: 1, doc: "vCPUs." }),
  memory: integer(16, 1_048_576, { required: true, fallback: 1024, doc: "Memory in MiB." }),
  memory_minimum: integer(16, 1_048_576, {
    fallback: undefined,
    defaultText: "as `memory`",
    doc: "MiB with which the device still starts; a manifest that asks for less is an error.",
  }),
  architecture: choice(["x86_64", "aarch64"], { fallback: "x86_64", doc: "Processor architecture." }),
  machine: text({ fallback: "q35", doc: 'QEMU machine type: `"q35"`, `"pc"` or a versioned one.' }),
  firmware: choice(["bios", "uefi"], { fallback: "bios", doc: "Firmware that starts the boot disk." }),
  cpu: table(
    {
      model: text({ fallback: "host", doc: '`"host"` passes the host\'s CPU through; else a QEMU CPU model.' }),
      require: texts({ fallback: [], doc: "CPU features that must be offered to the device." }),
      disable: texts({ fallback: [], doc: "CPU features that must be hidden from the device." }),
    },
    { doc: "CPU model and features." },
  ),
  nested_virtualization: boolean({ fallback: false, doc: "The device runs virtual machines of its own (VMX or SVM)." }),
  disk_bus: choice(buses, { fallback: "virtio", doc: "Bus of the boot disk." }),
  cdrom_bus: choice(buses, { fallback: "sata", doc: "Bus of CD-ROM drives." }),
  nic_model: choice(nicModels, { fallback: "virtio", doc: "NIC model of the data ports." }),
  management_nic_model: choice(nicModels, {
    fallback: undefined,
    defaultText: "as `nic_model`",
    doc: "NIC model of the management and reserved ports.",
  }),
  smbios: table(smbiosKeys, { doc: "SMBIOS strings, for devices that look at them." }),
  extra_disks: tables(
    {
      bus: choice(buses, { fallback: "virtio", doc: "Bus of the disk." }),
      file: text({ fallback: undefined, doc: "File in the image store, beside the boot disk; absent: an empty disk." }),
      size: integer(1, 16_777_216, { fallback: undefined, doc: "MiB, for an empty disk." }),
      device: choice(["disk", "cdrom"], { fallback: "disk", doc: "What the device sees." }),
    },
    { fallback: [], doc: "Further disks beside the boot disk, in order; each has a `file` or a `size`." },
  ),
  clock: choice(["utc", "localtime"], { fallback: "utc", doc: "What the hardware clock shows." }),
};

const portKeys = {
  management: text({
    fallback: undefined,
    defaultText: "none: all ports carry data",
    doc: "Name of the management port, always the first NIC.",
  }),
  management_device_name: text({
    fallback: undefined,
    defaultText: "as `management`",
    doc: "What the device itself calls the management port in its configuration. Also an alias.",
  }),
  management_aliases: texts({ fallback: [], doc: "Other names of the management port." }),
  reserved: texts({
    fallback: [],
    doc: "NICs between management and data that the device needs and links may not use.",
  }),
  pattern: text({
    required: true,
    fallback: "{n}",
    doc: 'Name of a data port with placeholders, for instance `"swp{n}"` or `"gig{slot}/{port}"`.',
  }),
  device_pattern: text({
    fallback: undefined,
    defaultText: "as `pattern`",
    doc: "What the device itself calls the port in its configuration, with the same placeholders. Also an alias.",
  }),
  aliases: texts({ fallback: [], doc: "Further patterns for the same ports, matched without case." }),
  first: integer(0, 65_535, { fallback: 0, doc: "`{n}` of the first data port." }),
  first_slot: integer(0, 65_535, { fallback: 0, doc: "`{slot}` of the first data port." }),
  per_slot: integer(0, 65_535, { fallback: 0, doc: "Ports in a slot; 0 where the pattern has no slots." }),
  skip: integer(0, 65_535, { fallback: 0, doc: "Positions in the first slot before the first data port." }),
  default_count: integer(0, 1024, {
    required: true,
    fallback: 1,
    doc: "Data ports when the manifest asks for no number.",
  }),
  max_count: integer(0, 1024, {
    fallback: undefined,
    defaultText: "as `default_count`",
    doc: "Data ports that the device can have.",
  }),
  max_mtu: integer(68, 65_535, { fallback: 1500, doc: "Largest MTU of a data port, bytes." }),
};

export const capabilities = [
  "ztp_config",
  "startup_scripts",
  "user_scripts",
  "text_files",
  "environment_variables",
  "ssh_authorized_keys",
  "user",
  "interface_addresses",
  "kernel_cmdline",
] as const;

const firstBootKeys = {
  method: choice(["cloud-init", "config-drive", "config-iso", "config-disk", "ignition", "kernel", "none"], {
    fallback: "none",
    doc: "How the day-0 configuration reaches the device.",
  }),
  bus: choice(buses, {
    fallback: undefined,
    defaultText: "`cdrom_bus` for a CD-ROM, `disk_bus` for a disk",
    doc: "Bus of the seed.",
  }),
  device: choice(["cdrom", "disk"], {
    fallback: undefined,
    defaultText: '`"disk"` for `config-disk`, else `"cdrom"`',
    doc: "What the seed is to the device.",
  }),
  label: text({
    fallback: undefined,
    defaultText: '`"cidata"` for `cloud-init`, `"config-2"` for `config-drive`, else `"config"`',
    doc: "Volume label of the seed.",
  }),
  partitioned: boolean({ fallback: false, doc: "`config-disk` with an MBR partition table." }),
  files: optionalTables(
    {
      name: text({ required: true, fallback: "", doc: "Name in the seed; folders with `/`." }),
      template: text({
        required: true,
        fallback: "",
        names: "template",
        doc: 'Template that makes it: one that comes with Labscape, or a file of your own that starts with `"./"` or `"../"`.',
      }),
      archive: text({ fallback: undefined, doc: "Archive in the seed that the file is put into." }),
    },
    {
      defaultText: "the three NoCloud files for `cloud-init`, the OpenStack files for `config-drive`, else none",
      doc: "Files of the seed.",
    },
  ),
  by_hand: text({
    fallback: undefined,
    doc: "For `none`, where `files` are what a person types at the console: why the device takes no file at boot, and what to do before.",
  }),
  options: textsByName({
    doc: "Settings for the templates, which see them as `options`; each template names its own.",
  }),
  supports: choices(capabilities, {
    fallback: undefined,
    defaultText: "everything that Linux does for `cloud-init` and `config-drive`, else nothing",
    doc: "Manifest keys that act on this device, beyond those that act on every device.",
  }),
};

const consoleKeys = {
  name: text({ required: true, fallback: "", doc: "Name, for choosing one of several." }),
  type: choice(["serial", "vga"], { fallback: "serial", doc: "Kind of console." }),
};

export const modelKeys = {
  name: text({
    required: true,
    fallback: "",
    pattern: /^[a-z][a-z0-9_]*$/,
    rule: "a model name: small letters, digits and _, starting with a letter",
    doc: "Name as a manifest writes it: small letters, digits, `_`.",
  }),
  extends: text({ fallback: undefined, names: "model", doc: "Model whose values hold where this file is silent." }),
  aliases: texts({ fallback: [], doc: "Other names of the model, without case. Not inherited." }),
  title: text({ required: true, fallback: "", doc: "What a person calls the device." }),
  vendor: text({ required: true, fallback: "", doc: "Who makes it." }),
  role: choice(["router", "switch", "firewall", "host", "other"], {
    required: true,
    fallback: "other",
    doc: "What it does in a network; chooses the icon.",
  }),
  description: text({ fallback: "", doc: "One or two sentences for hover." }),
  proof: choice(["booted", "golden", "facts"], {
    fallback: "facts",
    doc: "How well the file is proved: `booted` in tests, `golden` generated files checked, `facts` from sources only. Not inherited.",
  }),
  sources: texts({ fallback: [], doc: "Where the values come from, one line each." }),
  notes: texts({ fallback: [], doc: "What a user must know before using the device." }),
  hardware: table(hardwareKeys, { doc: "The virtual machine." }),
  ports: table(portKeys, { doc: "NICs and their names." }),
  members: tables(
    {
      name: text({
        required: true,
        fallback: "",
        pattern: /^[a-z][a-z0-9_]*$/,
        rule: "a member's name: small letters, digits and _, starting with a letter",
        doc: "What the member is called, for its domain and its console.",
      }),
      hardware: table(hardwareKeys, { inherits: true, doc: "What differs from the model's `hardware`." }),
      consoles: tables(consoleKeys, {
        fallback: [{ name: "serial0", type: "serial" }],
        defaultText: "one serial console",
        doc: "Consoles of the member.",
      }),
      first_boot: boolean({
        fallback: undefined,
        defaultText: "true for the first member",
        doc: "The member gets the first-boot data.",
      }),
      image: text({
        fallback: undefined,
        defaultText: "`image.file`",
        doc: "Boot disk: file name in the image store.",
      }),
      file_names: texts({ fallback: [], doc: "Regular expressions of the vendor's names for that file." }),
      nics: texts({
        fallback: [],
        names: "nic",
        doc: '`"management"`, `"unused"`, `"internal:NAME"` (a cable to the member with the same name), `"data"` or `"data:FIRST-LAST"` (the data ports, counted from 0; last), `"mirror"` or `"mirror:FIRST-LAST"` (frames of these data ports, too).',
      }),
    },
    {
      fallback: [],
      defaultText: "none: the device is one virtual machine",
      doc: "The virtual machines of a device that is several. The first one is the main one.",
    },
  ),
  consoles: tables(consoleKeys, {
    fallback: [{ name: "serial0", type: "serial" }],
    defaultText: "one serial console",
    doc: "Consoles, in the order of the device's own numbers; the first one is opened by default.",
  }),
  kernel_boot: optionalTable(
    {
      kernel: text({ required: true, fallback: "", doc: "Kernel file in the image store." }),
      initrd: text({ fallback: undefined, doc: "Initial RAM disk in the image store." }),
      cmdline: text({ fallback: "", doc: "Kernel command line." }),
    },
    { doc: "For devices that can start from a kernel file when the chosen version has no boot disk." },
  ),
  first_boot: table(firstBootKeys, { doc: "Day-0 configuration." }),
  readiness: table(
    {
      method: choice(["console", "tcp", "agent", "running"], {
        fallback: undefined,
        defaultText: '`"tcp"` with a management port, else `"running"`',
        doc: "What shows that the device is up.",
      }),
      pattern: text({ fallback: undefined, doc: "`console`: regular expression looked for in the console's output." }),
      port: integer(1, 65_535, {
        fallback: undefined,
        defaultText: "22",
        doc: "`tcp`: port on the management address.",
      }),
      timeout: integer(1, 86_400, { fallback: 600, doc: "Seconds after which the device counts as not coming up." }),
      typical: integer(1, 86_400, { fallback: 60, doc: "Seconds that it usually takes under KVM." }),
    },
    { doc: "When the device counts as up." },
  ),
  credentials: table(
    {
      user: text({
        fallback: "labscape",
        doc: "Account that the day-0 configuration creates, or that the image brings.",
      }),
      fixed_password: text({ fallback: undefined, doc: "Password of the image that day-0 cannot change." }),
      ssh_keys: boolean({
        fallback: undefined,
        defaultText: "true where `supports` has `ssh_authorized_keys`",
        doc: "Day-0 can install ssh public keys.",
      }),
    },
    { doc: "How to log in." },
  ),
  image: table(
    {
      file: text({ fallback: "disk.qcow2", doc: "File name in the image store." }),
      formats: choices(["qcow2", "raw", "vmdk", "iso"], { fallback: ["qcow2"], doc: "Formats that the vendor ships." }),
      file_names: texts({
        fallback: [],
        doc: "Regular expressions (JavaScript, without case) of the vendor's file names; the group `version` captures the version.",
      }),
      url: text({ fallback: undefined, doc: "Page where the vendor publishes the image." }),
      how_to: text({ fallback: "", doc: "How to get the image, in a sentence or two." }),
      licence: text({ fallback: "", doc: "What the licence asks of a user." }),
    },
    { doc: "Where the disk image comes from." },
  ),
};
