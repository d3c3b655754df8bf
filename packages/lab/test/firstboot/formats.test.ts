import { builtinModelFile, readModel, type DeviceModel } from "@labscape/devices";
import type { LabNode } from "@labscape/topology";
import { describe, expect, it } from "vitest";
import { contextOf, key as ed25519Key, modelOf } from "../nodes.js";
import { readers } from "./grammars/index.js";
import { everything, rendered, rsaKey, withFiles, type Circumstances } from "./rendered.js";

/** Keys of every type that OpenSSH makes and devices take, with the data of no key. */
const keys = [rsaKey, ed25519Key, ecdsa(256), ecdsa(384), ecdsa(521), wireKey("ssh-dss", ["p", "q", "g", "y"])];

function ecdsa(bits: number): string {
  return wireKey(`ecdsa-sha2-nistp${bits}`, [`nistp${bits}`, "point"]);
}

function wireKey(type: string, parts: readonly string[]): string {
  const strings = [type, ...parts].map((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return Buffer.concat([length, Buffer.from(part, "latin1")]);
  });
  return `${type} ${Buffer.concat(strings).toString("base64")} a comment, of words`;
}

function read(files: ReadonlyMap<string, string>): readonly (readonly string[])[] {
  return [...files].flatMap(([template, text]) => {
    const reader = readers[template];
    if (reader === undefined) throw new Error(`write a reader for what ${template} makes`);
    return reader(text);
  });
}

describe.each(withFiles.map((model) => [model.name, model] as const))("%s understands its first boot", (_, model) => {
  const cases: readonly (readonly [string, Partial<LabNode>, Circumstances])[] = [
    ["with everything that a manifest can say", everything(model), {}],
    ["with an account of another name", { ...everything(model), user: "lab" }, {}],
    ["when the management network hands out the address", everything(model), { management: "network" }],
    ["without a management network", everything(model), { management: "none" }],
    ["with keys of all types", { sshAuthorizedKeys: keys, user: "lab" }, {}],
    ["with nothing", { ports: [], sshAuthorizedKeys: [] }, {}],
    ["with an IPv6 address for management", {}, { context: { management: dualStack() } }],
  ];
  it.each(cases)("%s", async (_, changes, circumstances) => {
    for (const statement of read(await rendered(model, changes, circumstances)))
      for (const word of statement) expect(word).not.toMatch(/undefined|\[object/);
  });
});

function dualStack() {
  const { management } = contextOf();
  if (management === undefined) throw new Error("the context has a management network");
  return { ...management, ipv6: "fd00::10/64" };
}

describe("without a management network", () => {
  it.each(["cisco_iosv", "cisco_cat8000v", "cisco_iosxrv9000"])(
    "%s names no VRF that it does not have",
    async (name) => {
      const files = await rendered(modelOf(name), {}, { management: "none" });
      expect([...files.values()].join("\n")).not.toMatch(/MANAGEMENT/);
    },
  );
});

describe("the two formats of Junos", () => {
  const models = withFiles.filter(({ firstBoot }) =>
    firstBoot.files.some((file) => file.template.startsWith("junos/")),
  );
  const inFormat = (name: string, template: string): DeviceModel => {
    const files = [{ name: "config", template }];
    const { model } = readModel({ name: "mine", extends: name, first_boot: { files } }, builtinModelFile);
    if (model === undefined) throw new Error("no such model");
    return model;
  };

  it.each(models.map(({ name }) => [name]))(
    "say the same for %s; a model chooses by first_boot.files",
    async (name) => {
      const [braces, set] = ["junos/juniper.conf", "junos/set"].map((template) => inFormat(name, template));
      if (braces === undefined || set === undefined) throw new Error("two formats");
      for (const changes of [everything(braces), { sshAuthorizedKeys: keys, user: "lab" }, { ports: [] }])
        expect(read(await rendered(set, changes))).toEqual(read(await rendered(braces, changes)));
    },
  );
});
