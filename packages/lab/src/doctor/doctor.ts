import { askHooks, THIS_MACHINE, type HookPlace } from "../hooks/index.js";
import { isLocalUri, openHost, toLabError, type Host } from "../host/index.js";
import { LabError } from "../errors.js";
import { childOf, childrenOf, attributeOf, parseXml } from "../xml.js";
import type { Check } from "./check.js";
import { checkKvm } from "./kvm.js";
import { linkChecks } from "./links.js";
import type { Machine } from "./machine.js";
import { tryGuest, type TrialOptions } from "./trial.js";

const GIB = 1024 ** 3;
/** Less than this is little for the disks of a lab, in bytes. */
const LITTLE_SPACE = 5 * GIB;

export interface DoctorOptions {
  readonly machine: Machine;
  /** Of the host that labs would run on. Default: whatever answers here. */
  readonly uri?: string;
  readonly signal?: AbortSignal;
  /** Opens that host; for tests. @throws LabError that says why there is none. */
  readonly open?: () => Promise<Host>;
  /** Where libvirt's hooks are. */
  readonly hooks?: HookPlace;
  /** Start a guest and remove it again. */
  readonly trial?: TrialOptions;
}

/** Looks for what a host lacks, what that is needed for, and how to get it. Changes nothing but what a trial removes again. */
export async function examine(options: DoctorOptions): Promise<readonly Check[]> {
  const { machine, uri, hooks, trial, open = () => openHost(options) } = options;
  let host: Host | undefined;
  let trouble: LabError | undefined;
  try {
    host = await open();
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    trouble = error;
  }
  try {
    return [
      libvirtCheck(host, trouble, isLocalUri(uri)),
      ...(host === undefined ? [] : [await emulatorCheck(host)]),
      await checkKvm(machine, host),
      ...(!host?.local ? [] : [await spaceCheck(machine, host)]),
      // What is installed on another machine cannot be seen.
      ...(isLocalUri(uri) ? await programChecks(machine, host) : []),
      ...(host === undefined ? [] : await linksOf(host, machine, hooks)),
      await programCheck(machine, "ssh", "openssh-client", "labscape ssh, exec and remote hosts", "warning"),
      ...(host !== undefined && trial !== undefined ? [await tryGuest(host, trial)] : []),
    ];
  } finally {
    await host?.close();
  }
}

async function linksOf(host: Host, machine: Machine, place: HookPlace = THIS_MACHINE): Promise<readonly Check[]> {
  try {
    return await linkChecks(machine, host, { place, ask: () => askHooks(host.connection, []) });
  } catch (error) {
    const { message, mend } = toLabError(error, "asking for Labscape's hooks");
    return [{ name: "links", neededFor: "links of type wire, LLDP on bridges", result: "warning", message, mend }];
  }
}

function libvirtCheck(host: Host | undefined, trouble: LabError | undefined, local: boolean): Check {
  const check = { name: "libvirt", neededFor: "everything but checking and drawing manifests" };
  if (host === undefined) {
    const message = trouble?.message ?? "does not answer";
    // A terminal here mends nothing on another machine.
    const command = local ? libvirtCommand(trouble?.code) : {};
    return { ...check, result: "failed", message, mend: trouble?.mend ?? "", ...command };
  }
  if (host.mode === "session") {
    return {
      ...check,
      result: "warning",
      message: `${host.uri} answers: labs work, but without bridges, wires and a management network`,
      mend: "For these, use qemu:///system: sudo usermod -aG libvirt $USER, then log in again.",
      ...libvirtCommand("permission-denied"),
    };
  }
  return { ...check, result: "ok", message: `${host.uri} answers`, mend: "" };
}

async function emulatorCheck({ connection }: Host): Promise<Check> {
  const capabilities = parseXml(await connection.getCapabilities(), "capabilities");
  const architectures = childrenOf(capabilities, "guest").flatMap(
    (guest) => attributeOf(childOf(guest, "arch"), "name") ?? [],
  );
  const check = { name: "qemu", neededFor: "running nodes" };
  if (architectures.includes("x86_64")) {
    return { ...check, result: "ok", message: `for ${[...new Set(architectures)].join(", ")}`, mend: "" };
  }
  const found = architectures.length === 0 ? "libvirt finds no QEMU" : `QEMU only for ${architectures.join(", ")}`;
  return { ...check, result: "failed", message: found, ...installing("qemu-system-x86") };
}

async function spaceCheck(machine: Machine, host: Host): Promise<Check> {
  const directory = await host.labsDirectory();
  const free = await machine.free(directory);
  const check = { name: "space", neededFor: "disks of nodes and images" };
  if (free === undefined) {
    return { ...check, result: "warning", message: `the space at ${directory} cannot be known`, mend: "" };
  }
  const message = `${(free / GIB).toFixed(1)} GiB free at ${directory}`;
  if (free >= LITTLE_SPACE) return { ...check, result: "ok", message, mend: "" };
  const mend = "Free some, or put labs elsewhere with host.pool_path in the manifest.";
  return { ...check, result: "warning", message, mend };
}

async function programChecks(machine: Machine, host: Host | undefined): Promise<readonly Check[]> {
  const network = host?.mode === "session" ? "warning" : "failed";
  return [
    await programCheck(machine, "dnsmasq", "dnsmasq-base", "the management network: addresses and names", network),
    await programCheck(machine, "qemu-img", "qemu-utils", "adding vmdk, vdi and vhdx images", "warning"),
  ];
}

async function programCheck(
  machine: Machine,
  program: string,
  debian: string,
  neededFor: string,
  missing: "warning" | "failed",
): Promise<Check> {
  if (await machine.has(program)) return { name: program, neededFor, result: "ok", message: "is installed", mend: "" };
  return { name: program, neededFor, result: missing, message: "is not installed", ...installing(debian) };
}

function installing(debian: string): Pick<Check, "mend" | "command"> {
  return { mend: `apt install ${debian}`, command: `sudo apt install ${debian}` };
}

/** For what the mends of connection problems say in prose. */
function libvirtCommand(code: string | undefined): Pick<Check, "command"> {
  switch (code) {
    case "libvirt-unreachable":
      return { command: "sudo apt install libvirt-daemon-system qemu-system-x86 && sudo systemctl start libvirtd" };
    case "permission-denied":
      return { command: "sudo usermod -aG libvirt $USER" };
    default:
      return {};
  }
}
