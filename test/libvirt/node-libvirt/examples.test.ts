import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";

const reason = await canRunHypervisor();
const packageFolder = path.join(import.meta.dirname, "../../../packages/node-libvirt");

describe.skipIf(reason !== undefined)(`the README's examples${reason === undefined ? "" : ` (${reason})`}`, () => {
  let hypervisor: Hypervisor;
  let folder: string;
  beforeAll(async () => {
    hypervisor = await startHypervisor();
    // Inside the package, so that it finds the package by its own name.
    folder = await mkdtemp(path.join(packageFolder, "test/.example-"));
  });
  afterAll(async () => {
    await hypervisor.stop();
    await rm(folder, { recursive: true });
  });

  it("lists, defines, starts, watches, opens the console of and removes a domain in thirty lines", async () => {
    const { code, said } = await run("thirtyLines");
    expect(code.trim().split("\n").length).toBeLessThanOrEqual(36);
    expect(said).toContain("hello: event 2");
    expect(said).toContain("gone");
    expect(said.some((line) => line.startsWith("the console says"))).toBe(true);
  });

  it("opens a connection anew", async () => {
    const { said } = await run("stayConnected", {
      interrupt: async () => {
        await hypervisor.signalDaemon("SIGKILL");
        await hypervisor.startDaemon();
      },
    });
    expect(said).toEqual([
      "the connection has ended: closed",
      "calls fail until then",
      "the same object answers: 5",
      "event 1",
    ]);
  });

  it.each([
    ["errors", ["no such network", "bad XML in DOMAIN_DEFINE_XML_FLAGS", "ended: aborted"]],
    ["events", ["quiet started", "the first event is of quiet"]],
    ["streams", ["it says hello"]],
  ])("does what it says: %s", async (name, expected) => {
    expect((await run(name)).said).toEqual(expected);
  });

  /** Runs the block that exports this function. */
  async function run(name: string, tools: object = {}): Promise<{ code: string; said: string[] }> {
    const readme = await readFile(path.join(packageFolder, "README.md"), "utf8");
    const blocks = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, block = ""]) => block);
    const code = blocks.find((block) => block.includes(`function ${name}(`)) ?? "";
    const file = path.join(folder, `${name}.js`);
    await writeFile(file, code);
    const loaded: unknown = await import(pathToFileURL(file).href);
    const example: unknown = typeof loaded === "object" && loaded !== null ? Reflect.get(loaded, name) : undefined;
    if (!isExample(example)) throw new Error(`the README has no example ${name}`);
    const said: string[] = [];
    await example(hypervisor.uri, (line) => said.push(line), tools);
    return { code, said };
  }
});

type Example = (uri: string, log: (line: string) => void, tools: object) => Promise<void>;

function isExample(value: unknown): value is Example {
  return typeof value === "function";
}
