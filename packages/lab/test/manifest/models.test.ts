import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadModels } from "@labscape/lab";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "labscape-models-"));
});
afterEach(() => rm(root, { recursive: true }));

async function model(folder: string, name: string, memory: number): Promise<void> {
  await mkdir(path.join(root, folder), { recursive: true });
  const text = `name = "${name}"\nextends = "tiny_linux"\n[hardware]\nmemory = ${memory}\n`;
  await writeFile(path.join(root, folder, `${name}.toml`), text);
}

const memoryOf = async (search: Parameters<typeof loadModels>[0]): Promise<number | undefined> =>
  (await loadModels(search)).catalogue.find("acme")?.model.hardware.memory;

describe("loadModels", () => {
  it("takes the user's, then the workspace's above the manifest, then the environment's, then the named folders", async () => {
    const directory = path.join(root, "labs/campus");
    await mkdir(directory, { recursive: true });
    const environment: Record<string, string> = { XDG_CONFIG_HOME: path.join(root, "config") };
    expect(await memoryOf({ directory, environment })).toBeUndefined();
    await model("config/labscape/models", "acme", 201);
    expect(await memoryOf({ directory, environment })).toBe(201);
    expect(await memoryOf({ directory, environment: { HOME: path.join(root, "nowhere") } })).toBeUndefined();
    await model("labs/.labscape/models", "acme", 202);
    expect(await memoryOf({ directory, environment })).toBe(202);
    await model("env", "acme", 203);
    const more = { ...environment, LABSCAPE_MODELS: `${path.join(root, "nothing")}:${path.join(root, "env")}` };
    expect(await memoryOf({ directory, environment: more })).toBe(203);
    await model("labs/campus/mine", "acme", 204);
    expect(await memoryOf({ directory, environment: more, named: ["mine"] })).toBe(204);
  });

  it("says where a model came from, and what is wrong in which file", async () => {
    await model("mine", "acme", 200);
    await writeFile(path.join(root, "mine/broken.toml"), 'name = "b"\nextends = "tiny_linux"\ncolour = "red"\n');
    const { catalogue, findings, texts } = await loadModels({ directory: root, named: ["mine"], environment: {} });
    expect(catalogue.find("acme")?.model.file).toBe(path.join(root, "mine/acme.toml"));
    expect(findings.map(({ code, file }) => [code, file])).toEqual([
      ["unknown-key", path.join(root, "mine/broken.toml")],
    ]);
    expect(texts.get(path.join(root, "mine/broken.toml"))).toContain("colour");
  });

  it("does not take a named folder that is not there for an empty one", async () => {
    await expect(loadModels({ directory: root, named: ["mine"], environment: {} })).rejects.toMatchObject({
      code: "folder-not-found",
      message: expect.stringContaining(path.join(root, "mine")) as unknown,
    });
  });
});
