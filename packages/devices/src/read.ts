import { templates } from "./generated/templates.js";
import { checkMembers, readNic } from "./members.js";
import type { DeviceModel, FirstBoot, FirstBootCapability, Hardware, Member, SeedFile } from "./model.js";
import { isTable, readKeys, type Path, type Problem, type Report, type Values } from "./schema/keys.js";
import { capabilities, modelKeys } from "./schema/model-keys.js";
import { nearestName } from "./suggest.js";
import { isTemplateFile } from "./template-file.js";

export interface ReadResult {
  /** Absent when a problem other than an unknown key leaves the model without a value that can be trusted. */
  readonly model?: DeviceModel;
  readonly problems: readonly Problem[];
}

/** Keys that say something of one file alone, so that a model which extends another does not take them over. */
const ownKeys = new Set(["name", "aliases", "proof", "extends"]);

type ModelValues = Values<typeof modelKeys>;

/**
 * Gives the plain values of the model that `extends` names, or undefined. `asker` are the values of the file that names it:
 * a user's file may extend a model of its own name, and then means the one that it stands in for.
 */
export type ResolveModel = (name: string, asker: unknown) => unknown;

/** The model that a wrong name in `extends` most likely means. */
export type SuggestModel = (name: string) => string | undefined;

/**
 * Reads a model file that was parsed into plain values (tables, arrays, strings, numbers or bigints, booleans).
 * Never throws; reports every problem with its path.
 */
export function readModel(value: unknown, resolve: ResolveModel, suggest: SuggestModel = ignore): ReadResult {
  const problems: Problem[] = [];
  const report: Report = (problem) => problems.push(problem);
  if (!isTable(value)) {
    return { problems: [{ path: [], code: "wrong-type", message: "a model file must be a table" }] };
  }
  const merged = mergeTables(inherited(value, resolve, report, suggest), value);
  // What the model that cannot be found would have given is not missing as well.
  const orphan = problems.length > 0;
  const values = readKeys(modelKeys, withMemberHardware(merged), [], (problem) => {
    if (isInherited(merged, problem.path)) return;
    if (!orphan || problem.code !== "missing-key") report(problem);
  });
  const model = toModel(values, report);
  checkWhole(values, model, report);
  return problems.every((problem) => problem.code === "unknown-key") ? { model, problems } : { problems };
}

type Table = Readonly<Record<string, unknown>>;

const ignore = (): undefined => undefined;

/** The values that a model file has from the models that it extends: what holds where it is silent itself. */
export function inheritedValues(value: unknown, resolve: ResolveModel): Table {
  return isTable(value) ? inherited(value, resolve, ignore, ignore) : {};
}

function inherited(value: Table, resolve: ResolveModel, report: Report, suggest: SuggestModel): Table {
  const seen = new Set<unknown>([value]);
  const found: Table[] = [];
  for (let file = value, parent = file["extends"]; typeof parent === "string"; parent = file["extends"]) {
    const next = resolve(parent, file);
    if (seen.has(next)) {
      report({ path: ["extends"], code: "extends-cycle", message: `"${parent}" extends itself in the end` });
      break;
    }
    if (!isTable(next)) {
      const mend = suggest(parent);
      report({
        path: ["extends"],
        code: "unknown-model",
        message: `there is no model "${parent}" to extend${mend === undefined ? "" : `; did you mean "${mend}"?`}`,
        ...(mend === undefined ? {} : { mend }),
      });
      break;
    }
    seen.add(next);
    found.push(next);
    file = next;
  }
  return found.reduceRight<Table>((below, file) => {
    const taken = Object.entries(file).filter(([key]) => !ownKeys.has(key));
    return mergeTables(below, Object.fromEntries(taken));
  }, {});
}

/** Tables merge key by key; anything else replaces. */
function mergeTables(below: Table, above: Table): Table {
  const merged = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    const lower = merged.get(key);
    merged.set(key, isTable(lower) && isTable(value) ? mergeTables(lower, value) : value);
  }
  return Object.fromEntries(merged);
}

/** A member has the model's hardware but for what it says itself. */
function withMemberHardware(value: Table): Table {
  const { hardware, members } = value;
  if (!isTable(hardware) || !Array.isArray(members)) return value;
  return {
    ...value,
    members: members.map((member: unknown) => {
      if (!isTable(member)) return member;
      const own = member["hardware"] ?? {};
      return { ...member, hardware: isTable(own) ? mergeTables(hardware, own) : own };
    }),
  };
}

/** Whether a problem is about what a member has from the model, where it is reported already. */
function isInherited({ members }: Table, [root, index, key, name]: Path): boolean {
  if (root !== "members" || key !== "hardware" || typeof index !== "number" || typeof name !== "string") return false;
  const member: unknown = Array.isArray(members) ? members[index] : undefined;
  const own = isTable(member) ? member["hardware"] : undefined;
  return !(isTable(own) && Object.hasOwn(own, name));
}

function toModel(values: ModelValues, report: Report): DeviceModel {
  const { hardware, ports, readiness, credentials, image, kernel_boot } = values;
  const firstBoot = toFirstBoot(values);
  const method = readiness.method ?? (ports.management === undefined ? "running" : "tcp");
  return {
    name: values.name,
    aliases: values.aliases,
    title: values.title,
    vendor: values.vendor,
    role: values.role,
    kind: values.members.length === 0 ? "vm" : "multi-vm",
    members: values.members.map((member, index) => toMember(member, index, values, report)),
    description: values.description,
    proof: values.proof,
    sources: values.sources,
    notes: values.notes,
    hardware: toHardware(hardware),
    ports: {
      ...(ports.management === undefined
        ? {}
        : {
            management: {
              name: ports.management,
              aliases: ports.management_aliases,
              deviceName: ports.management_device_name ?? ports.management,
            },
          }),
      reserved: ports.reserved,
      data: {
        pattern: ports.pattern,
        devicePattern: ports.device_pattern ?? ports.pattern,
        aliases: ports.aliases,
        first: ports.first,
        firstSlot: ports.first_slot,
        perSlot: ports.per_slot,
        skip: ports.skip,
        defaultCount: ports.default_count,
        maxCount: ports.max_count ?? ports.default_count,
        maxMtu: ports.max_mtu,
      },
    },
    consoles: values.consoles,
    ...(kernel_boot === undefined
      ? {}
      : {
          kernelBoot: {
            kernel: kernel_boot.kernel,
            ...(kernel_boot.initrd === undefined ? {} : { initrd: kernel_boot.initrd }),
            cmdline: kernel_boot.cmdline,
          },
        }),
    firstBoot,
    readiness: {
      method,
      ...(method === "console" && readiness.pattern !== undefined ? { pattern: readiness.pattern } : {}),
      ...(method === "tcp" ? { port: readiness.port ?? 22 } : {}),
      timeout: readiness.timeout,
      typical: readiness.typical,
    },
    credentials: {
      user: credentials.user,
      ...(credentials.fixed_password === undefined ? {} : { fixedPassword: credentials.fixed_password }),
      sshKeys: credentials.ssh_keys ?? firstBoot.supports.includes("ssh_authorized_keys"),
    },
    image: {
      file: image.file,
      formats: image.formats,
      fileNames: image.file_names,
      ...(image.url === undefined ? {} : { url: image.url }),
      howTo: image.how_to,
      licence: image.licence,
    },
  };
}

function toHardware(hardware: ModelValues["hardware"]): Hardware {
  const { model: cpuModel, require, disable } = hardware.cpu;
  return {
    cpuCount: hardware.cpu_count,
    memory: hardware.memory,
    memoryMinimum: hardware.memory_minimum ?? hardware.memory,
    architecture: hardware.architecture,
    machine: hardware.machine,
    firmware: hardware.firmware,
    cpu: {
      model: cpuModel,
      features: [
        ...require.map((name) => ({ name, policy: "require" as const })),
        ...disable.map((name) => ({ name, policy: "disable" as const })),
      ],
    },
    diskBus: hardware.disk_bus,
    cdromBus: hardware.cdrom_bus,
    nicModel: hardware.nic_model,
    managementNicModel: hardware.management_nic_model ?? hardware.nic_model,
    smbios: {
      bios: hardware.smbios.bios,
      system: hardware.smbios.system,
      baseBoard: hardware.smbios.base_board,
      chassis: hardware.smbios.chassis,
    },
    nestedVirtualization: hardware.nested_virtualization,
    extraDisks: hardware.extra_disks.map(({ file, size, ...disk }) => ({
      ...disk,
      ...(file === undefined ? {} : { file }),
      ...(size === undefined ? {} : { size }),
    })),
    clock: hardware.clock,
  };
}

function toMember(values: ModelValues["members"][number], index: number, model: ModelValues, report: Report): Member {
  return {
    name: values.name,
    hardware: toHardware(values.hardware),
    consoles: values.consoles,
    firstBoot: values.first_boot ?? index === 0,
    image: { file: values.image ?? model.image.file, fileNames: values.file_names },
    nics: values.nics.map((nic, at) => readNic(nic, ["members", index, "nics", at], report)),
  };
}

/** What cloud-init can do; the kernel's command line is not its business. */
const linuxCapabilities: readonly FirstBootCapability[] = capabilities.filter((name) => name !== "kernel_cmdline");

const methodDefaults: Readonly<
  Record<
    FirstBoot["method"],
    { readonly label: string; readonly files: readonly SeedFile[]; readonly supports: readonly FirstBootCapability[] }
  >
> = {
  // https://cloudinit.readthedocs.io/en/latest/reference/datasources/nocloud.html
  "cloud-init": {
    label: "cidata",
    files: [
      { name: "user-data", template: "cloud-init/user-data" },
      { name: "meta-data", template: "cloud-init/meta-data" },
      { name: "network-config", template: "cloud-init/network-config" },
    ],
    supports: linuxCapabilities,
  },
  // https://cloudinit.readthedocs.io/en/latest/reference/datasources/configdrive.html
  "config-drive": {
    label: "config-2",
    files: [
      { name: "openstack/latest/user_data", template: "cloud-init/user-data" },
      { name: "openstack/latest/meta_data.json", template: "config-drive/meta_data.json" },
      { name: "openstack/latest/network_data.json", template: "config-drive/network_data.json" },
    ],
    supports: linuxCapabilities,
  },
  "config-iso": { label: "config", files: [], supports: [] },
  "config-disk": { label: "config", files: [], supports: [] },
  ignition: { label: "config", files: [], supports: [] },
  kernel: { label: "config", files: [], supports: [] },
  none: { label: "config", files: [], supports: [] },
};

function toFirstBoot({ first_boot: values, hardware }: ModelValues): FirstBoot {
  const defaults = methodDefaults[values.method];
  const device = values.device ?? (values.method === "config-disk" ? "disk" : "cdrom");
  const files = values.files?.map(({ name, template, archive }): SeedFile => ({
    name,
    template,
    ...(archive === undefined ? {} : { archive }),
  }));
  return {
    method: values.method,
    bus: values.bus ?? (device === "cdrom" ? hardware.cdrom_bus : hardware.disk_bus),
    device,
    label: values.label ?? defaults.label,
    files: files ?? defaults.files,
    ...(values.by_hand === undefined ? {} : { byHand: values.by_hand }),
    options: values.options,
    partitioned: values.partitioned,
    supports: values.supports ?? defaults.supports,
  };
}

/** What can only be judged when several keys are seen together. */
function checkWhole(values: ModelValues, model: DeviceModel, report: Report): void {
  const { hardware, ports, readiness, image, firstBoot } = model;
  const { defaultCount, maxCount } = ports.data;
  if (hardware.memoryMinimum > hardware.memory) {
    const message = `must be at most \`memory\`, ${hardware.memory} MiB`;
    report({ path: ["hardware", "memory_minimum"], code: "out-of-range", message });
  }
  checkMembers(model, report);
  for (const [index, member] of model.members.entries())
    for (const [at, name] of member.image.fileNames.entries())
      checkExpression(name, ["members", index, "file_names", at], report);
  if (maxCount < defaultCount) {
    const message = `must be at least \`default_count\`, ${defaultCount}`;
    report({ path: ["ports", "max_count"], code: "out-of-range", message });
  }
  for (const [index, disk] of hardware.extraDisks.entries()) {
    if ((disk.file === undefined) === (disk.size === undefined)) {
      const message = "needs either `file` or, for an empty disk, `size`";
      report({ path: ["hardware", "extra_disks", index], code: "invalid-value", message });
    }
  }
  if (readiness.method === "console" && readiness.pattern === undefined) {
    const message = 'missing key "pattern": readiness by console needs what to look for';
    report({ path: ["readiness", "pattern"], code: "missing-key", message });
  }
  if (readiness.method === "tcp" && ports.management === undefined) {
    const message = "readiness by TCP needs a management port; name one in `ports.management`";
    report({ path: ["readiness", "method"], code: "invalid-value", message });
  }
  if (firstBoot.method === "none" && firstBoot.files.length > 0 && firstBoot.byHand === undefined) {
    const message = "files that no first boot takes are for typing; say why and how in `first_boot.by_hand`";
    report({ path: ["first_boot", "by_hand"], code: "missing-key", message });
  }
  for (const [index, { template }] of firstBoot.files.entries()) {
    if (template === "" || isTemplateFile(template) || Object.hasOwn(templates, template)) continue;
    const nearest = nearestName(template, Object.keys(templates));
    const mend = nearest === undefined ? 'a file of your own starts with "./"' : `did you mean "${nearest}"?`;
    report({
      path: ["first_boot", "files", index, "template"],
      code: "invalid-value",
      message: `there is no template "${template}"; ${mend}`,
      ...(nearest === undefined ? {} : { mend: nearest }),
    });
  }
  if (values.readiness.pattern !== undefined)
    checkExpression(values.readiness.pattern, ["readiness", "pattern"], report);
  for (const [index, name] of image.fileNames.entries()) checkExpression(name, ["image", "file_names", index], report);
}

function checkExpression(source: string, path: Path, report: Report): void {
  try {
    new RegExp(source);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    report({ path, code: "invalid-value", message: `is not a regular expression: ${reason}` });
  }
}
