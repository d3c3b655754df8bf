import { describe, expect, it } from "vitest";
import { consoleLogName, isOwnVolume } from "../../src/desire/index.js";
import { desire } from "../desired.js";

describe("files of a lab's directory", () => {
  it("are the lab's when it makes them", async () => {
    const { secret, domains } = await desire(`name = "quarry"\nnodes = [{ name = "Leaf-1", model = "tiny_linux" }]`);
    const names = [secret, ...domains.flatMap(({ volumes }) => volumes)].map(({ name }) => name);
    const logs = [0, 1].map((console) => consoleLogName("Leaf-1", console));
    const others = ["lock.json", "a.disk2.qcow2", `${logs[0] ?? ""}.0`, "a.seed-0123456789ab.img"];
    expect([...names, ...logs, ...others].filter((name) => !isOwnVolume(name))).toEqual([]);
  });
  it.each([
    "notes.txt",
    "a.qcow2.bak",
    "a.seed.iso",
    "my.own.qcow2",
    ".qcow2",
    "a.console.log.old",
    "folder",
    "secret.json~",
  ])("are somebody else's: %s", (name) => expect(isOwnVolume(name)).toBe(false));
});
