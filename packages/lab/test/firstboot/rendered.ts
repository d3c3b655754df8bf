import { builtinCatalogue, templates, type DeviceModel } from "@labscape/devices";
import type { LabNode } from "@labscape/topology";
import type { SeedContext } from "../../src/contracts.js";
import { render } from "../../src/firstboot/render.js";
import { templateData } from "../../src/firstboot/template-data.js";
import { contextOf, modelOf, nodeOf } from "../nodes.js";
import { families } from "./families.js";

/** The one kind of key that every device knows. */
export const rsaKey = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAABQCBgoOE me@host";

/** What ends texts and begins commands in one format or another. */
export const hostile = `it's "bad" $HOME \`id\` \\ {{ x }} é; # %s`;

const sources = {
  readText: (path: string): Promise<string> => Promise.resolve(`#!/bin/sh\necho '${path}' ${hostile}\n`),
  environment: {},
};

/** Models for which files are made. */
export const withFiles: readonly DeviceModel[] = builtinCatalogue.models.filter(
  (model) => model.firstBoot.files.length > 0,
);

/** A hash as a lab's secret has it, of a password like those that are made. */
const secret = { password: "s3cretPassw0rd", passwordHash: "$6$salt$hash" };

/** Everything that a manifest can say of a node's first boot. */
export function everything(model: DeviceModel, description = writable(model)): Partial<LabNode> {
  const [first, second] = nodeOf(model).ports;
  if (first === undefined || second === undefined) throw new Error("a node has two ports");
  const full = { ipv4: "10.0.0.1/30", ipv6: "2001:db8::1/64", mtu: 1400, description };
  return {
    ports: [{ ...first, ...full }, second].slice(0, model.ports.data.maxCount),
    startupScripts: ["one.sh"],
    userScripts: ["b's.sh"],
    textFiles: [{ src: "motd", dst: "/etc/it's", user: "root", group: "adm", permissions: "0640" }],
    environment: [{ name: "A", value: hostile }],
    sshAuthorizedKeys: [rsaKey],
  };
}

/** VyOS has no way to write a single quote. */
function writable({ firstBoot }: DeviceModel): string {
  return firstBoot.files.some(({ template }) => template.startsWith("vyos/")) ? hostile.replaceAll("'", "") : hostile;
}

export interface Circumstances {
  /** Who sets the address of the management port: the device (the default) or the network; or there is no such network. */
  readonly management?: "device" | "network" | "none";
  readonly context?: Partial<SeedContext>;
  /** What every script and file of the user holds. */
  readonly content?: string;
}

/** The rendered files of a model's seed, by template. */
export async function rendered(
  model: DeviceModel,
  changes: Partial<LabNode>,
  { management = "device", context = {}, content }: Circumstances = {},
): Promise<ReadonlyMap<string, string>> {
  const { management: given, ...rest } = contextOf({ userKeys: [], secret, ...context });
  const mac = given?.mac ?? "";
  const port = management === "network" ? { mac, mode: "dhcp" as const, dns: [] } : given;
  const whole = management === "none" || port === undefined ? rest : { ...rest, management: port };
  const from = content === undefined ? sources : { ...sources, readText: () => Promise.resolve(content) };
  const data = { ...(await templateData(nodeOf(model, changes), whole, from)), instance_id: "an-id" };
  return new Map(
    model.firstBoot.files.map((file) => [file.template, render(file.template, templates[file.template] ?? "", data)]),
  );
}

/** One model for each template: that of the first family which has it. */
export const oneModelEach: ReadonlyMap<string, DeviceModel> = new Map(
  families
    .map(({ model }) => modelOf(model))
    .reverse()
    .flatMap((model) => model.firstBoot.files.map((file) => [file.template, model] as const)),
);
