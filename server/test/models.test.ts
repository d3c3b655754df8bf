import type { ModelFolder } from "@labscape/server";
import { afterEach, describe, expect, it } from "vitest";
import {
  CodeActionRequest,
  CompletionRequest,
  DefinitionRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticRequest,
  DocumentFormattingRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FileChangeType,
  FoldingRangeRequest,
  HoverRequest,
  type ClientCapabilities,
} from "vscode-languageserver-protocol/node.js";
import { CanvasRequest, PaletteRequest } from "../src/canvas-protocol.js";
import { startSession, type Session } from "./session.js";

const file = "file:///work/.labscape/models/acme.toml";
const uri = "file:///work/two.lab.toml";
const good = 'name = "acme"\nextends = "tiny_linux"\n';
const manifest = `name = "two"
nodes = [{ name = "a", model = "acme" }, { name = "b", model = "acme" }]
links = [{ src = "a::eth1", dst = "b::eth1" }]
`;

let session: Session;
afterEach(() => session.end());

describe("users' device models", () => {
  it("are read at the start, and again when one of their files is saved", async () => {
    let text = good;
    const folders = (): readonly ModelFolder[] => [
      { folder: "file:///work/.labscape/models", files: [{ file, text }] },
    ];
    session = await startSession({ checksFolder: "file:///docs" }, { setting: { readModels: folders } });
    await session.open(uri, manifest);
    const first = await session.diagnostics.next((message) => message.uri === uri);
    expect(first.diagnostics).toEqual([]);

    text = good.replace("tiny_linux", "tiny_linx");
    await saved();
    const wrong = await session.diagnostics.next((message) => message.uri === file);
    expect(wrong.diagnostics).toMatchObject([
      {
        code: "unknown-model",
        range: { start: { line: 1, character: 11 }, end: { line: 1, character: 20 } },
        codeDescription: { href: "file:///docs/unknown-model.md" },
      },
    ]);
    const unknown = await session.diagnostics.next(({ uri: of, diagnostics }) => of === uri && diagnostics.length > 0);
    expect(unknown.diagnostics.map(({ code }) => code)).toEqual(["unknown-model", "unknown-model"]);

    text = good;
    await saved();
    await session.diagnostics.next((message) => message.uri === file && message !== wrong);
    expect(session.diagnostics.all.findLast((message) => message.uri === file)?.diagnostics).toEqual([]);
  });

  it("make another catalogue for a canvas' palette when they change, and only then", async () => {
    let text = good;
    const readModels = (): readonly ModelFolder[] => [
      { folder: "file:///work/.labscape/models", files: [{ file, text }] },
    ];
    session = await startSession({}, { setting: { readModels } });
    const catalogue = async () => {
      const canvas = await session.client.sendRequest(CanvasRequest, { textDocument: { uri } });
      return { version: canvas?.version, number: canvas?.catalogue };
    };
    await session.open(uri, manifest);
    await session.diagnostics.next((message) => message.uri === uri);
    const { number } = await catalogue();
    await session.replace(uri, 2, manifest.replace("two", "three"));
    expect(await catalogue()).toEqual({ version: 2, number });
    text = `${good}title = "Acme"\n`;
    await saved();
    await expect.poll(async () => (await catalogue()).number).not.toBe(number);
    const palette = await session.client.sendRequest(PaletteRequest, { textDocument: { uri } });
    expect(palette.find(({ name }) => name === "acme")).toMatchObject({ title: "Acme" });
  });

  it("come from the folders of the setting", async () => {
    const seen: (readonly string[])[] = [];
    const readModels = (_: readonly string[], named: readonly string[]): readonly ModelFolder[] => {
      seen.push(named);
      return named.includes("/mine")
        ? [{ folder: "file:///mine", files: [{ file: "file:///mine/a.toml", text: good }] }]
        : [];
    };
    session = await startSession({}, { setting: { readModels } });
    await session.open(uri, manifest);
    await session.diagnostics.next(({ uri: of, diagnostics }) => of === uri && diagnostics.length > 0);
    await session.client.sendNotification(DidChangeConfigurationNotification.type, {
      settings: { labscape: { models: ["/mine"] } },
    });
    await session.diagnostics.next(({ uri: of, diagnostics }) => of === uri && diagnostics.length === 0);
    expect(seen).toEqual([[], ["/mine"]]);
  });
});

describe("an open model file", () => {
  const parent = { file: "file:///home/models/big.toml", text: `${good.replace("acme", "big")}title = "Big"\n` };
  const start = async (text: string, capabilities?: ClientCapabilities, languageId = "lab-model") => {
    const readModels = (): readonly ModelFolder[] => [
      { folder: "file:///home/models", files: [parent] },
      { folder: "file:///work/.labscape/models", files: [{ file, text: good }] },
    ];
    session = await startSession({}, { setting: { readModels }, ...(capabilities && { capabilities }) });
    await session.folders.next(() => true);
    await session.open(file, text, languageId);
  };
  const at = (line: number, character: number) => ({ textDocument: { uri: file }, position: { line, character } });

  it("has its findings while it is typed, and manifests know it as it was saved", async () => {
    await start(good, undefined, "plaintext");
    await session.open(uri, manifest);
    await session.diagnostics.next((message) => message.uri === uri);
    await session.replace(file, 2, good.replace("extends", "extend"));
    const wrong = await session.diagnostics.next(({ uri: of, diagnostics }) => of === file && diagnostics.length > 0);
    expect(wrong).toMatchObject({ version: 2 });
    expect(wrong.diagnostics.map(({ code, range }) => [code, range.start])).toContainEqual([
      "unknown-key",
      { line: 1, character: 0 },
    ]);
    await session.replace(file, 3, good);
    await session.diagnostics.next(({ version }) => version === 3);
    expect(session.diagnostics.all.findLast((message) => message.uri === uri)?.diagnostics).toEqual([]);
  });

  it("is completed, explained, mended, outlined, folded and laid out", async () => {
    await start('name = "acme"\nextends = "bi"\n[hardware]\nmemory=64\nmachin = "pc"\n');
    const { client } = session;
    const completions = await client.sendRequest(CompletionRequest.type, at(1, 13));
    const items = Array.isArray(completions) ? completions : (completions?.items ?? []);
    expect(items.find(({ label }) => label === "big")?.textEdit).toEqual({
      range: { start: { line: 1, character: 11 }, end: { line: 1, character: 13 } },
      newText: "big",
    });
    const hover = await client.sendRequest(HoverRequest.type, at(3, 2));
    expect(hover?.contents).toMatchObject({ value: expect.stringContaining("Memory in MiB.") as string });
    const range = { start: { line: 4, character: 1 }, end: { line: 4, character: 1 } };
    const actions = await client.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: file },
      range,
      context: { diagnostics: [] },
    });
    expect(actions).toMatchObject([
      {
        title: "Change to `machine`",
        diagnostics: [{ code: "unknown-key" }],
        edit: { documentChanges: [{ textDocument: { uri: file, version: 1 }, edits: [{ newText: "machine" }] }] },
      },
    ]);
    const textDocument = { uri: file };
    expect(await client.sendRequest(DocumentSymbolRequest.type, { textDocument })).toMatchObject([
      { name: "name", detail: '"acme"' },
      { name: "extends" },
      { name: "hardware", children: [{ name: "memory", detail: "64" }, { name: "machin" }] },
    ]);
    expect(await client.sendRequest(FoldingRangeRequest.type, { textDocument })).toEqual([
      { startLine: 2, endLine: 4 },
    ]);
    const edits = await client.sendRequest(DocumentFormattingRequest.type, {
      textDocument,
      options: { tabSize: 2, insertSpaces: true },
    });
    expect(edits?.map(({ range: { start } }) => start.line)).toContain(3);
  });

  it("leads to the name of its parent and to its templates, and a manifest leads to its own name", async () => {
    const files = '[[first_boot.files]]\nname = "a"\ntemplate = "../t/a.j2"\n';
    await start(`name = "acme"\nextends = "big"\n${files}`);
    await session.open(uri, manifest);
    const { client } = session;
    const big = { start: { line: 0, character: 8 }, end: { line: 0, character: 11 } };
    const own = { start: { line: 0, character: 8 }, end: { line: 0, character: 12 } };
    expect(await client.sendRequest(DefinitionRequest.type, at(1, 12))).toEqual([{ uri: parent.file, range: big }]);
    const inManifest = { textDocument: { uri }, position: { line: 1, character: 33 } };
    expect(await client.sendRequest(DefinitionRequest.type, inManifest)).toEqual([{ uri: file, range: own }]);
    expect(await client.sendRequest(DocumentLinkRequest.type, { textDocument: { uri: file } })).toMatchObject([
      { target: "file:///work/.labscape/t/a.j2" },
    ]);
  });

  it("has its findings once, from the client's question or from the disk while it is closed", async () => {
    let text = "name = 1\n";
    const readModels = (): readonly ModelFolder[] => [
      { folder: "file:///work/.labscape/models", files: [{ file, text }] },
    ];
    const capabilities = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };
    session = await startSession({}, { setting: { readModels }, capabilities });
    const closed = await session.diagnostics.next((message) => message.uri === file);
    expect(closed.diagnostics).not.toEqual([]);
    await session.open(file, text);
    const taken = await session.diagnostics.next((message) => message !== closed);
    expect(taken).toEqual({ uri: file, diagnostics: [] });
    const report = await session.client.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: file } });
    expect(report).toMatchObject({ kind: "full", items: closed.diagnostics });
    text = "name = 2\n";
    await saved();
    await session.close(file);
    const again = await session.diagnostics.next((message) => message !== closed && message !== taken);
    expect(again.diagnostics).not.toEqual([]);
  });

  it("needs no folder where the editor says what it is", async () => {
    session = await startSession();
    await session.open("untitled:a", "nam = 1\n", "lab-model");
    const { diagnostics } = await session.diagnostics.next(() => true);
    expect(diagnostics.map(({ code }) => code)).toContain("unknown-key");
  });
});

function saved(): Promise<void> {
  return session.client.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: file, type: FileChangeType.Changed }],
  });
}
