import { describe, expect, it } from "vitest";
import { builtinCatalogue, portNames } from "@labscape/devices";

/** The seven that do not deploy with their defaults in the tool whose names they keep. test/libvirt/models.test.ts defines them. */
describe("models that another tool cannot start by default", () => {
  it.each([
    "cisco_csr1000v",
    "cisco_iosvl2",
    "cisco_ise",
    "generic_vm",
    "generic_container",
    "mysql_db",
    "postgresql_db",
  ])("%s is known by this name, and has a name for each of its default ports and an image to add", (name) => {
    const found = builtinCatalogue.find(name);
    expect(found).toMatchObject({ alias: false, model: { name } });
    const { data } = found?.model.ports ?? { data: { defaultCount: Infinity } };
    expect(found === undefined ? [] : portNames(found.model).slice(0, data.defaultCount)).toHaveLength(
      data.defaultCount,
    );
    expect(found?.model.image.howTo).not.toBe("");
  });
});
