import { DescribeRequest, NewLabRequest, ReadFileRequest, ReadFolderRequest, TemplatesRequest } from "@labscape/server";
import { labTemplates } from "@labscape/topology";
import { DefinitionRequest, WorkspaceSymbolRequest } from "vscode-languageserver-protocol/node.js";
import { afterEach, describe, expect, it } from "vitest";
import { MemoryFiles } from "./memory-files.js";
import { startSession, type Session, type SessionOptions } from "./session.js";

const folder = "vscode-vfs://github/acme/labs";
const uri = `${folder}/two.lab.toml`;
const two = `name = "two"
include = ["parts/common.toml"]
nodes = [{ name = "a", model = "acme" }, { name = "b", model = "acme" }]
links = [{ src = "a::eth1", dst = "b::eth1" }]
`;
const fixture = `#- two.lab.toml
${two}#- parts/common.toml
[defaults]
memory = 128
#- far/away/other.lab.toml
name = "other"
nodes = [{ name = "lonely", model = "tiny_linux" }]
#- node_modules/not/this.lab.toml
name = "this"
#- .labscape/models/acme.toml
name = "acme"
extends = "tiny_linux"
`;

let session: Session;
afterEach(() => session.end());

/** A client that has files, as the editor has those of a repository that nobody has cloned. */
async function start(options: SessionOptions = {}): Promise<MemoryFiles> {
  const files = new MemoryFiles(folder, fixture);
  session = await startSession(
    { files: true },
    {
      folders: [folder],
      answers: (client) => {
        client.onRequest(ReadFileRequest, async ({ uri: file }) => (await files.read(file)) ?? null);
        client.onRequest(ReadFolderRequest, async ({ uri: asked }) => (await files.entries(asked)) ?? null);
      },
      ...options,
    },
  );
  return files;
}

const quiet = async (): Promise<void> => {
  await session.open(uri, two);
  const first = await session.diagnostics.next((message) => message.uri === uri);
  expect(first.diagnostics).toEqual([]);
};

describe.each([
  ["a server without a disk", {}],
  // Nothing of the workspace is on the disk; what is looked for there would not be found.
  ["a server with a disk, beside it,", { setting: { files: new MemoryFiles("file:///labs", "") } }],
])("%s reads a workspace that the client has", (_, options: SessionOptions) => {
  it("with what manifests include, and the workspace's own device models", async () => {
    await start(options);
    await quiet();
    const position = { line: 2, character: 33 };
    expect(await session.client.sendRequest(DefinitionRequest.type, { textDocument: { uri }, position })).toMatchObject(
      [{ uri: `${folder}/.labscape/models/acme.toml` }],
    );
  });

  it("with manifests that are not open, but for those of other people's packages", async () => {
    await start(options);
    await quiet();
    const named = async (): Promise<readonly string[]> => {
      const found = await session.client.sendRequest(WorkspaceSymbolRequest.type, { query: "" });
      return (found ?? []).map(({ name }) => name);
    };
    await expect.poll(named).toContain("lonely");
    expect(await named()).not.toContain("this");
  });

  it("and again what has changed there", async () => {
    const files = await start(options);
    await quiet();
    const part = `${folder}/parts/common.toml`;
    files.files.set(part, "[defaults]\nmemry = 128\n");
    await session.changedOnDisk(part);
    const wrong = await session.diagnostics.next((message) => message.uri === part && message.diagnostics.length > 0);
    expect(wrong.diagnostics).toMatchObject([{ code: "unknown-key", range: { start: { line: 1, character: 0 } } }]);
  });
});

it("folders of device models that the setting names count from the workspace; paths of a disk are left alone", async () => {
  const files = await start({ settings: () => ({ models: ["parts", "/home/ada/models"] }), capabilities: asks });
  files.files.delete(`${folder}/.labscape/models/acme.toml`);
  files.files.set(`${folder}/parts/acme.toml`, 'name = "acme"\nextends = "tiny_linux"\n');
  await quiet();
  expect(session.folders.all.at(-1)?.uris).toEqual([`${folder}/.labscape/models`, `${folder}/parts`]);
});

const asks = { workspace: { configuration: true } };

describe("a lab as a whole", () => {
  it("is told in short, with its findings where they are and as the settings have them", async () => {
    await start({ settings: () => ({ checks: { "unconnected-node": "error" } }), capabilities: asks });
    await quiet();
    await session.replace(uri, 2, two.replace("links", "bridges = []\nnolinks"));
    await session.diagnostics.next(({ version }) => version === 2);
    const described = await session.client.sendRequest(DescribeRequest, { textDocument: { uri } });
    expect(described?.lab).toMatchObject({
      name: "two",
      nodes: [
        { name: "a", model: "acme", groups: [] },
        { name: "b", model: "acme", groups: [] },
      ],
      links: [],
    });
    expect(described?.findings).toContainEqual({
      uri,
      line: 3,
      column: 20,
      severity: "error",
      code: "unconnected-node",
      message: expect.any(String) as string,
    });
  });

  it("begins with a template, under a name that labs can have", async () => {
    await start();
    const { client } = session;
    const templates = await client.sendRequest(TemplatesRequest);
    expect(templates.map(({ name }) => name)).toEqual(labTemplates.map(({ name }) => name));
    const [first] = labTemplates;
    const made = await client.sendRequest(NewLabRequest, { template: first.name, name: "quarry" });
    expect(made).toEqual({ text: first.manifest("quarry") });
    const refused = await client.sendRequest(NewLabRequest, { template: first.name, name: "a b" });
    expect(refused).toEqual({ problem: expect.stringContaining("name") as string });
    await expect(client.sendRequest(NewLabRequest, { template: "none", name: "a" })).rejects.toThrow("no template");
  });
});
