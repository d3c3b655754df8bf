import { afterEach, describe, expect, it } from "vitest";
import { DocumentLinkRequest, WillRenameFilesRequest } from "vscode-languageserver-protocol/node.js";
import { MemoryFiles } from "./memory-files.js";
import { startSession, type Session } from "./session.js";

const home = "file:///home/ada";
const uri = "file:///work/a.lab.toml";
const text = `name = "a"
include = ["~/labs/common.toml"]
nodes = [{ name = "n", model = "tiny_linux", groups = ["leaf"], cdrom = "~/none.iso" }]
`;
const fixture = `#- labs/common.toml
[groups.leaf]
memory = 256
`;

let session: Session;
afterEach(() => session.end());

async function open(files: MemoryFiles): Promise<readonly unknown[]> {
  session = await startSession(
    {},
    { setting: { files }, capabilities: { workspace: { fileOperations: { willRename: true } } } },
  );
  await session.open(uri, text);
  const { diagnostics } = await session.diagnostics.next((message) => message.uri === uri);
  return diagnostics.map(({ code }) => code).filter((code) => code !== "unconnected-node");
}

describe("paths from the home folder", () => {
  it("are followed where the server has a home", async () => {
    const files = Object.assign(new MemoryFiles(home, fixture), { home });
    expect(await open(files)).toEqual(["file-not-found"]);
    const links = await session.client.sendRequest(DocumentLinkRequest.type, { textDocument: { uri } });
    expect(links?.map(({ target }) => target)).toEqual([`${home}/labs/common.toml`, `${home}/none.iso`]);
    const renamed = async (to: string): Promise<unknown> => {
      const moves = [{ oldUri: `${home}/labs/common.toml`, newUri: to }];
      return session.client.sendRequest(WillRenameFilesRequest.type, { files: moves });
    };
    expect(await renamed(`${home}/new/common.toml`)).toMatchObject({
      documentChanges: [{ edits: [{ newText: '"~/new/common.toml"' }] }],
    });
    expect(await renamed("file:///work/common.toml")).toMatchObject({
      documentChanges: [{ edits: [{ newText: '"common.toml"' }] }],
    });
  });

  it("are not judged where it has none", async () => {
    expect(await open(new MemoryFiles(home, fixture))).toEqual([]);
    expect(await session.client.sendRequest(DocumentLinkRequest.type, { textDocument: { uri } })).toEqual([]);
  });
});
