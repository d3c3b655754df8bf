import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  WillRenameFilesRequest,
  type CallHierarchyItem,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol";
import { TextDocument, type TextEdit } from "vscode-languageserver-textdocument";
import { afterEach, describe, expect, it } from "vitest";
import { MemoryFiles } from "./memory-files.js";
import { startSession, type Session } from "./session.js";

const folder = "file:///labs";
const uri = `${folder}/ring.lab.toml`;

let session: Session;

afterEach(() => session.end());

describe("formatting", () => {
  const text = `name="ring"
nodes = [
{name="a",model="tiny_linux"},
      {name="b",model="tiny_linux"},
]
`;

  async function formatted(method: string, params: object): Promise<string> {
    session = await startSession();
    await session.open(uri, text);
    const edits = await session.client.sendRequest<TextEdit[]>(method, { textDocument: { uri }, ...params });
    return TextDocument.applyEdits(TextDocument.create(uri, "", 1, text), edits);
  }

  it.each([
    ["two spaces", { insertSpaces: true, tabSize: 2 }, "  "],
    ["four spaces", { insertSpaces: true, tabSize: 4 }, "    "],
    ["tabs", { insertSpaces: false, tabSize: 4 }, "\t"],
  ])("indents by %s as the editor is set", async (_what, options, indent) => {
    expect(await formatted(DocumentFormattingRequest.method, { options })).toBe(`name = "ring"
nodes = [
${indent}{ name = "a", model = "tiny_linux" },
${indent}{ name = "b", model = "tiny_linux" },
]
`);
  });

  it("of a range leaves the rest alone", async () => {
    const range = { start: { line: 3, character: 0 }, end: { line: 4, character: 0 } };
    const options = { insertSpaces: true, tabSize: 2 };
    const [first, second, third, fourth] = text.split("\n");
    expect(
      (await formatted(DocumentRangeFormattingRequest.method, { options, range })).split("\n").slice(0, 4),
    ).toEqual([first, second, third, '  { name = "b", model = "tiny_linux" },']);
    expect(fourth).not.toContain('name = "b"');
  });
});

describe("the call hierarchy", () => {
  it("walks along the links of a node, also into an included file", async () => {
    const text = `name = "ring"
include = ["core.toml"]
nodes = [{ name = "a", model = "tiny_linux" }, { name = "b", model = "tiny_linux" }]
links = [
  { src = "a::eth1", dst = "b::eth1" },
  { src = "a::eth2", dst = "core::eth1" },
  { src = "core::eth2", dst = "a::eth3" },
]
`;
    const files = new MemoryFiles(folder, `#- core.toml\nnodes = [{ name = "core", model = "tiny_linux" }]\n`);
    session = await startSession({}, { setting: { files } });
    await session.open(uri, text);
    const { client } = session;
    const params = { textDocument: { uri }, position: { line: 2, character: 19 } };
    const [a] = (await client.sendRequest(CallHierarchyPrepareRequest.type, params)) ?? [];
    if (a === undefined) throw new Error("no item");
    expect(a).toMatchObject({ name: "a", detail: "tiny_linux", uri, selectionRange: { start: { line: 2 } } });
    const show = ({ name, uri: at }: CallHierarchyItem): string => `${name} in ${at.slice(folder.length + 1)}`;
    const outgoing = await client.sendRequest(CallHierarchyOutgoingCallsRequest.type, { item: a });
    expect(outgoing?.map(({ to, fromRanges }) => [show(to), fromRanges.map(({ start }) => start.line)])).toEqual([
      ["b in ring.lab.toml", [4]],
      ["core in core.toml", [5]],
    ]);
    const incoming = await client.sendRequest(CallHierarchyIncomingCallsRequest.type, { item: a });
    expect(incoming?.map(({ from }) => show(from))).toEqual(["core in core.toml"]);
    const [core] = incoming ?? [];
    const further = await client.sendRequest(CallHierarchyIncomingCallsRequest.type, {
      item: core?.from ?? a,
    });
    expect(further?.map(({ from }) => show(from))).toEqual(["a in ring.lab.toml"]);
    const unknown = { ...a, data: { lab: `${folder}/gone.lab.toml`, kind: "node" } };
    expect(await client.sendRequest(CallHierarchyIncomingCallsRequest.type, { item: unknown })).toEqual([]);
  });
});

describe("when files are renamed", () => {
  const manifest = `name = "ring"
include = ["parts/core.toml"]
nodes = [{ name = "a", model = "tiny_linux", startup_scripts = ["boot/setup.sh", './boot/'] }]
`;
  const fixture = `#- ring.lab.toml
${manifest}#- parts/core.toml
nodes = [{ name = "b", model = "tiny_linux", startup_scripts = ["../boot/setup.sh"] }]
#- boot/setup.sh
echo
`;
  let files: MemoryFiles;

  /** The texts of the files that change, by name. */
  async function after(...moves: readonly (readonly [from: string, to: string])[]): Promise<Record<string, string>> {
    files = new MemoryFiles(folder, fixture);
    session = await startSession(
      {},
      {
        setting: { files },
        folders: [folder],
        capabilities: { workspace: { fileOperations: { willRename: true } } },
      },
    );
    expect(session.initialized.capabilities.workspace?.fileOperations?.willRename).toBeDefined();
    // A manifest without a name waits for the index.
    await session.open(`${folder}/x.lab.toml`, "nodes = []\n");
    await session.diagnostics.next();
    const params = {
      files: moves.map(([from, to]) => ({ oldUri: `${folder}/${from}`, newUri: `${folder}/${to}` })),
    };
    return textsOf(await session.client.sendRequest(WillRenameFilesRequest.type, params));
  }

  function textsOf(edit: WorkspaceEdit | null): Record<string, string> {
    const texts: Record<string, string> = {};
    for (const change of edit?.documentChanges ?? []) {
      if (!("edits" in change)) continue;
      const { uri: at } = change.textDocument;
      const document = TextDocument.create(at, "", 1, files.files.get(at) ?? "");
      const edits = change.edits.filter((each): each is TextEdit => "newText" in each);
      texts[at.slice(folder.length + 1)] = TextDocument.applyEdits(document, edits);
    }
    return texts;
  }

  it("a path follows its file, in every file that names it", async () => {
    const texts = await after(["boot/setup.sh", "boot/first boot.sh"]);
    expect(Object.keys(texts).sort()).toEqual(["parts/core.toml", "ring.lab.toml"]);
    expect(texts["ring.lab.toml"]).toBe(manifest.replace("boot/setup.sh", "boot/first boot.sh"));
    expect(texts["parts/core.toml"]).toContain('["../boot/first boot.sh"]');
  });

  it("paths follow a folder, in the quotes that they have", async () => {
    const texts = await after(["boot", "start"]);
    expect(texts["ring.lab.toml"]).toContain(`["start/setup.sh", 'start']`);
    expect(texts["parts/core.toml"]).toContain('["../start/setup.sh"]');
  });

  it("an included file takes its paths along, and its manifest follows it", async () => {
    const texts = await after(["parts/core.toml", "core.toml"]);
    expect(texts["ring.lab.toml"]).toContain('include = ["core.toml"]');
    expect(texts["parts/core.toml"]).toContain('["boot/setup.sh"]');
  });

  it("of other files no manifest changes", async () => {
    expect(await after(["README.md", "readme.md"])).toEqual({});
  });

  it("what stays in its place to one another stays as it is", async () => {
    const texts = await after(["ring.lab.toml", "new/ring.lab.toml"], ["boot", "new/boot"], ["parts", "new/parts"]);
    expect(texts).toEqual({});
  });
});
