import { templates, type FirstBootCapability } from "@labscape/devices";
import type { LabNode } from "@labscape/topology";
import { describe, expect, it } from "vitest";
import { nodeOf } from "../nodes.js";
import { everything, oneModelEach, rendered, rsaKey, withFiles } from "./rendered.js";

describe.each(withFiles.map((model) => [model.name, model] as const))("first boot of %s", (_, model) => {
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
  it.each([...oneModelEach].sort(([a], [b]) => (a < b ? -1 : 1)))("%s is as checked in", async (template, model) => {
    const text = (await rendered(model, { ...everything(model), user: "lab" })).get(template);
    await expect(text).toMatchFileSnapshot(`fixtures/templates/${template}`);
  });

  it("belongs to a model, whatever the template", () => {
    const used = (template: string): boolean =>
      Object.values(templates).some((text) => new RegExp(`(?:include|from) "${template}"`).test(text));
    expect(Object.keys(templates).filter((name) => !oneModelEach.has(name) && !used(name))).toEqual([]);
  });
});

function same(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return [...a].every(([template, text]) => b.get(template) === text);
}
