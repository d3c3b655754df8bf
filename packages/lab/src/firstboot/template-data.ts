import { isIPv4 } from "node:net";
import { basename } from "node:path";
import {
  devicePortName,
  type TemplateAddress,
  type TemplateContext,
  type TemplateFile,
  type TemplateKey,
  type TemplateManagement,
  type TemplatePeer,
  type TemplatePort,
  type TemplateScript,
  type TemplateVariable,
} from "@labscape/devices";
import type { LabNode } from "@labscape/topology";
import type { PortPeer, SeedContext } from "../contracts.js";
import { LabError } from "../errors.js";
import { pathOf, type ReadText } from "./node-files.js";
import { keyLines, parsePublicKey } from "./public-keys.js";
import { fixedSecret } from "./secret.js";

/** Where the parts of a node's first-boot data come from that the manifest only names. */
export interface Sources {
  readonly readText: ReadText;
  /** Environment of the process, for `environment_variables = ["NAME=$NAME"]`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** All that a node's templates see but the instance id, which derives from it. */
export async function templateData(
  node: LabNode,
  context: SeedContext,
  sources: Sources,
): Promise<Omit<TemplateContext, "instance_id">> {
  const { model } = node;
  const { fixedPassword } = model.credentials;
  const secret = fixedPassword === undefined ? context.secret : fixedSecret(fixedPassword);
  const scripts = (paths: readonly string[]): Promise<readonly TemplateScript[]> =>
    Promise.all(
      paths.map(async (path) => ({ name: basename(path), content: await sources.readText(pathOf(node, path)) })),
    );
  return {
    lab: context.lab,
    hostname: node.name,
    number: node.index + 1,
    domain: context.domain,
    options: model.firstBoot.options,
    user: node.user,
    password: { plain: secret.password, hash: secret.passwordHash },
    ssh_keys: await publicKeys(node, context, sources),
    management: management(node, context),
    ports: node.ports.map((port): TemplatePort => ({
      index: port.index,
      name: port.name,
      device_name: devicePortName(model.ports.data, port.index),
      mac: macOf(port.mac ?? context.portMacs[port.index], node, port.name),
      ipv4: addressOf(port.ipv4),
      ipv6: addressOf(port.ipv6),
      mtu: port.mtu ?? null,
      description: port.description ?? null,
      peer: peerOf(context.peers.get(port.index)),
    })),
    files: await Promise.all(
      node.textFiles.map(async (file): Promise<TemplateFile> => ({
        path: file.dst,
        owner: file.user,
        group: file.group,
        permissions: file.permissions,
        mode: Number.parseInt(file.permissions, 8),
        content: await sources.readText(pathOf(node, file.src)),
      })),
    ),
    startup_scripts: await scripts(node.startupScripts),
    user_scripts: await scripts(node.userScripts),
    environment: node.environment.map((variable): TemplateVariable => ({
      name: variable.name,
      value: variable.value ?? fromEnvironment(node, variable.fromEnvironment ?? variable.name, sources.environment),
    })),
  };
}

/** The node's own keys, else the invoking user's; each once. */
async function publicKeys(node: LabNode, context: SeedContext, sources: Sources): Promise<readonly TemplateKey[]> {
  const { sshAuthorizedKeys: keys, sshAuthorizedKeyFiles: files } = node;
  const found =
    keys === undefined && files === undefined
      ? context.userKeys.map((line) => parsePublicKey(line, "~/.ssh"))
      : (keys ?? []).map((line) => parsePublicKey(line, `${node.name}, ssh_authorized_keys`));
  for (const file of files ?? []) {
    const path = pathOf(node, file);
    found.push(...keyLines(await sources.readText(path)).map((line) => parsePublicKey(line, path)));
  }
  return [...new Map(found.map((key) => [key.base64, key])).values()];
}

function management(node: LabNode, context: SeedContext): TemplateManagement | null {
  const port = node.model.ports.management;
  const nic = context.management;
  if (port === undefined || nic === undefined) return null;
  return {
    name: port.name,
    device_name: port.deviceName,
    mac: nic.mac,
    mode: nic.mode,
    ipv4: addressOf(nic.ipv4),
    ipv6: addressOf(nic.ipv6),
    gateway: nic.gateway ?? null,
    dns: nic.dns,
  };
}

function peerOf(peer: PortPeer | undefined): TemplatePeer | null {
  if (peer === undefined) return null;
  return { hostname: peer.node, port: peer.port, ipv4: addressOf(peer.ipv4), ipv6: addressOf(peer.ipv6) };
}

/** Takes "10.0.0.1/24" apart. */
function addressOf(cidr: string | undefined): TemplateAddress | null {
  if (cidr === undefined) return null;
  const [address = "", length = ""] = cidr.split("/");
  const prefix = Number(length);
  return { address, prefix, cidr, netmask: isIPv4(address) ? dotted(prefix) : "" };
}

function dotted(prefix: number): string {
  return [0, 8, 16, 24].map((start) => 256 - 2 ** (8 - Math.min(8, Math.max(0, prefix - start)))).join(".");
}

function macOf(mac: string | undefined, node: LabNode, port: string): string {
  if (mac === undefined) throw new TypeError(`no MAC address was given for ${node.name}::${port}`);
  return mac.toLowerCase();
}

function fromEnvironment(node: LabNode, name: string, environment: Sources["environment"]): string {
  const value = environment[name];
  if (value !== undefined) return value;
  throw new LabError(
    "environment-variable-not-set",
    `node ${node.name} takes ${name} from the environment, where it is not set`,
    `Set it before deploying (export ${name}=...), or write its value into environment_variables.`,
  );
}
