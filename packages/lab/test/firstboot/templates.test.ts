import { execFileSync } from "node:child_process";
import { builtinCatalogue, templates, type DeviceModel, type FirstBootCapability } from "@labscape/devices";
import type { LabNode } from "@labscape/topology";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { render } from "../../src/firstboot/render.js";
import { templateData } from "../../src/firstboot/template-data.js";
import { contextOf, nodeOf } from "../nodes.js";

/** The one kind of key that every device knows. */
const rsaKey = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAABQCBgoOE me@host";

const hostile = `it's "bad" $HOME \`id\` \\ {{ x }} é; # %s`;

const sources = {
  readText: (path: string): Promise<string> => Promise.resolve(`#!/bin/sh\necho '${path}' ${hostile}\n`),
  environment: {},
};

/** Everything that a manifest can say of a node's first boot. */
function everything(model: DeviceModel): Partial<LabNode> {
  const [first, second] = nodeOf(model).ports;
  if (first === undefined || second === undefined) throw new Error("a node has two ports");
  const full = { ipv4: "10.0.0.1/30", ipv6: "2001:db8::1/64", mtu: 1400, description: hostile };
  return {
    ports: [{ ...first, ...full }, second].slice(0, model.ports.data.maxCount),
    startupScripts: ["one.sh"],
    userScripts: ["b's.sh"],
    textFiles: [{ src: "motd", dst: "/etc/it's", user: "root", group: "adm", permissions: "0640" }],
    environment: [{ name: "A", value: hostile }],
    sshAuthorizedKeys: [rsaKey],
  };
}

/** The rendered files of a model's seed, by template. */
async function rendered(
  model: DeviceModel,
  changes: Partial<LabNode>,
  dhcp = false,
): Promise<ReadonlyMap<string, string>> {
  const static_ = contextOf().management;
  const management = static_ === undefined || !dhcp ? static_ : { mac: static_.mac, mode: "dhcp" as const, dns: [] };
  const context = contextOf({ userKeys: [], ...(management === undefined ? {} : { management }) });
  const data = { ...(await templateData(nodeOf(model, changes), context, sources)), instance_id: "an-id" };
  return new Map(
    model.firstBoot.files.map((file) => [file.template, render(file.template, templates[file.template] ?? "", data)]),
  );
}

const withSeed = builtinCatalogue.models.filter((model) => model.firstBoot.files.length > 0);

/** Fails unless `text` is of the format that the template makes. */
function checkFormat(template: string, text: string): void {
  expect(text).not.toMatch(/undefined|\[object|null/);
  if (template.startsWith("cloud-init/") || template.startsWith("vyos/") || template.startsWith("frr/"))
    parse(text, { version: "1.1" });
  else if (/^(?:config-drive|ignition|ftd)\//.test(template)) JSON.parse(text);
  else if (template.startsWith("cumulus/")) execFileSync("bash", ["-n"], { input: text });
  else if (template.startsWith("junos/")) expect(depthAtEnd(text)).toBe(0);
  else if (template.startsWith("sonic/")) {
    execFileSync("bash", ["-n"], { input: text });
    // The first command writes the tables.
    const [command = ""] = text.split(" > /tmp/labscape.json\n");
    JSON.parse(execFileSync("bash", { input: command, encoding: "utf8" }));
  } else if (template.startsWith("routeros/")) {
    for (const line of text.trim().split("\n")) expect(line).toMatch(/^\/[a-z](?:[^"]|"(?:[^"\\]|\\.)*")*$/);
  }
}

/** Open braces of a Junos configuration that are never closed, strings aside. */
function depthAtEnd(text: string): number {
  const bare = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, "");
  return bare.split("{").length - bare.split("}").length;
}

describe.each(withSeed.map((model) => [model.name, model] as const))("first boot of %s", (_, model) => {
  it("is well-formed with everything that a manifest can say, and with nothing", async () => {
    for (const files of [
      await rendered(model, everything(model)),
      await rendered(model, everything(model), true),
      await rendered(model, { ports: [], sshAuthorizedKeys: [] }),
    ]) {
      for (const [template, text] of files) checkFormat(template, text);
    }
  });

  const changes: readonly (readonly [FirstBootCapability, Partial<LabNode>])[] = [
    ["startup_scripts", { startupScripts: ["one.sh"] }],
    ["user_scripts", { userScripts: ["one.sh"] }],
    ["text_files", { textFiles: [{ src: "a", dst: "/a", user: "root", group: "root", permissions: "0600" }] }],
    ["environment_variables", { environment: [{ name: "A", value: "b" }] }],
    ["ssh_authorized_keys", { sshAuthorizedKeys: [rsaKey] }],
  ];
  it.each(changes)("acts on %s exactly when the model says so", async (capability, change) => {
    const before = await rendered(model, { sshAuthorizedKeys: [] });
    const after = await rendered(model, { sshAuthorizedKeys: [], ...change });
    expect(!same(before, after)).toBe(model.firstBoot.supports.includes(capability));
  });

  if (model.firstBoot.supports.includes("user")) {
    it("creates the account that the manifest names", async () => {
      expect(same(await rendered(model, { user: "one" }), await rendered(model, { user: "two" }))).toBe(false);
    });
  }

  const port = { index: 0, name: nodeOf(model).ports[0]?.name ?? "" };
  it.each([
    ["ipv4", {}, { ipv4: "10.0.0.1/30" }],
    ["ipv6", {}, { ipv6: "2001:db8::1/64" }],
    ["mtu", { ipv4: "10.0.0.1/30" }, { ipv4: "10.0.0.1/30", mtu: 1400 }],
  ])("acts on a port's %s exactly when the model says so", async (_, before, after) => {
    const changed = !same(
      await rendered(model, { ports: [{ ...port, ...before }] }),
      await rendered(model, { ports: [{ ...port, ...after }] }),
    );
    expect(changed).toBe(model.firstBoot.supports.includes("interface_addresses"));
  });
});

describe("generated configuration", () => {
  const oneModelEach = new Map(
    [...withSeed].reverse().flatMap((model) => model.firstBoot.files.map((file) => [file.template, model] as const)),
  );

  it.each([...oneModelEach].sort(([a], [b]) => (a < b ? -1 : 1)))("%s is as checked in", async (template, model) => {
    const text = (await rendered(model, { ...everything(model), user: "lab" })).get(template);
    await expect(text).toMatchFileSnapshot(`fixtures/templates/${template}`);
  });

  it("belongs to a model, whatever the template", () => {
    const included = (template: string): boolean =>
      Object.values(templates).some((text) => text.includes(`include "${template}"`));
    expect(Object.keys(templates).filter((name) => !oneModelEach.has(name) && !included(name))).toEqual([]);
  });
});

function same(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return [...a].every(([template, text]) => b.get(template) === text);
}
