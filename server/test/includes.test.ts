import {
  CompletionRequest,
  DefinitionRequest,
  DocumentDiagnosticRequest,
  DocumentSymbolRequest,
  HoverRequest,
  ReferencesRequest,
  RenameRequest,
  type Location,
  type Position,
  type PublishDiagnosticsParams,
} from "vscode-languageserver-protocol";
import { TextDocument, type TextEdit } from "vscode-languageserver-textdocument";
import { afterEach, describe, expect, it } from "vitest";
import { PartsNotification } from "@labscape/server";
import { Inbox } from "./inbox.js";
import { MemoryFiles } from "./memory-files.js";
import { startSession, type Session, type SessionOptions } from "./session.js";

const folder = "file:///labs";
const main = `${folder}/main.lab.toml`;
const second = `${folder}/second.lab.toml`;
const common = `${folder}/common.toml`;

const labs = `#- main.lab.toml
name = "main"
include = ["common.toml"]
nodes = [{ name = "b", model = "tiny_linux" }]
links = [{ src = "a::eth1", dst = "b::eth1" }]
#- second.lab.toml
name = "second"
include = ["common.toml"]
nodes = [{ name = "c", model = "tiny_linux" }]
links = [{ src = "a::eth2", dst = "c::eth1" }]
#- common.toml
nodes = [{ name = "a", model = "tiny_linux" }]
`;

let session: Session;
let files: MemoryFiles;

afterEach(() => session.end());

async function start(options: SessionOptions = {}, fixture = labs): Promise<void> {
  files = new MemoryFiles(folder, fixture);
  session = await startSession({}, { setting: { files }, folders: [folder], ...options });
}

function textOf(uri: string): string {
  return files.files.get(uri) ?? "";
}

/** Opens a file as it is on the disk, and waits until it has been looked at. */
async function open(uri: string): Promise<void> {
  await session.open(uri, textOf(uri), uri.endsWith(".lab.toml") ? "lab-manifest" : "toml");
  await session.diagnostics.next((published) => published.uri === uri);
}

function codes({ diagnostics }: PublishDiagnosticsParams): unknown[] {
  return diagnostics.map(({ code }) => code);
}

/** The next findings of a file that satisfy. */
async function findings(uri: string, wanted: (codes: readonly unknown[]) => boolean): Promise<readonly unknown[]> {
  return codes(await session.diagnostics.next((each) => each.uri === uri && wanted(codes(each))));
}

const has =
  (code: string) =>
  (found: readonly unknown[]): boolean =>
    found.includes(code);
const hasNot =
  (code: string) =>
  (found: readonly unknown[]): boolean =>
    !found.includes(code);

function at(uri: string, part: string): { textDocument: { uri: string }; position: Position } {
  const text = textOf(uri);
  return { textDocument: { uri }, position: TextDocument.create(uri, "", 1, text).positionAt(text.indexOf(part)) };
}

function show(locations: readonly Location[] | null): string[] {
  return (locations ?? []).map(({ uri, range }) => `${uri.slice(folder.length + 1)}:${range.start.line}`).sort();
}

describe("a manifest that includes another file", () => {
  it("is read with it: what is declared there is known", async () => {
    await start();
    await open(main);
    expect(await findings(main, () => true)).toEqual([]);
  });

  it("is looked at anew when the file changes in the editor, before it is saved", async () => {
    await start();
    await open(main);
    await open(common);
    session.diagnostics.forget();
    await session.replace(common, 2, textOf(common).replace('"a"', '"z"'));
    await findings(main, has("unknown-node"));
    session.diagnostics.forget();
    await session.replace(common, 3, textOf(common));
    await findings(main, hasNot("unknown-node"));
  });

  it("is looked at anew when the file changes on the disk, is deleted, and is there again", async () => {
    await start();
    await open(main);
    session.diagnostics.forget();
    const text = textOf(common);
    files.files.delete(common);
    await session.changedOnDisk(common);
    await findings(main, has("include-not-found"));
    session.diagnostics.forget();
    files.files.set(common, text);
    await session.changedOnDisk(common);
    await findings(main, hasNot("include-not-found"));
  });

  it("gets its inlay hints anew with it, and not for what is typed in itself", async () => {
    await start({ folders: [], capabilities: { workspace: { inlayHint: { refreshSupport: true } } } });
    await open(main);
    await session.replace(main, 2, `${textOf(main)}#`);
    await session.diagnostics.next(({ uri, version }) => uri === main && version === 2);
    // What the server sends is in order: when this is answered, all that came before has arrived.
    await session.client.sendRequest(HoverRequest.type, at(main, "a::eth1"));
    expect(session.refreshes.all).toEqual([]);
    await session.changedOnDisk(common);
    expect(await session.refreshes.next()).toBe("hints");
  });

  it("an unsaved change of the file is taken back when it is closed", async () => {
    await start();
    await open(main);
    await open(common);
    session.diagnostics.forget();
    await session.replace(common, 2, "");
    await findings(main, has("unknown-node"));
    session.diagnostics.forget();
    await session.close(common);
    await findings(main, hasNot("unknown-node"));
  });
});

describe("findings in a file that is included and not open", () => {
  const broken = labs.replace('"a", model = "tiny_linux"', '"a", model = "tiny_linus"');

  it("are published at the file, and taken back when nothing includes it any more", async () => {
    await start({}, broken);
    await open(main);
    await findings(common, has("unknown-model"));
    session.diagnostics.forget();
    await session.replace(main, 2, textOf(main).replace('include = ["common.toml"]', ""));
    expect(await findings(common, () => true)).toEqual([]);
  });

  it("are taken back when the manifest is closed, not as long as another open one includes it", async () => {
    await start({}, broken);
    await open(main);
    await open(second);
    await findings(common, has("unknown-model"));
    session.diagnostics.forget();
    await session.close(main);
    await session.diagnostics.next(({ uri }) => uri === main);
    await session.close(second);
    expect(await findings(common, () => true)).toEqual([]);
    expect(session.diagnostics.all.filter(({ uri }) => uri === common)).toHaveLength(1);
  });

  it("come with the manifest's to a client that pulls and takes them", async () => {
    const capabilities = { textDocument: { diagnostic: { relatedDocumentSupport: true } } };
    await start({ capabilities }, broken);
    await session.open(main, textOf(main));
    const params = { textDocument: { uri: main } };
    const report = await session.client.sendRequest(DocumentDiagnosticRequest.type, params);
    expect(report).toMatchObject({
      kind: "full",
      relatedDocuments: { [common]: { kind: "full", items: [{ code: "unknown-model" }] } },
    });
    expect(session.diagnostics.all).toEqual([]);
  });

  it("are pushed to a client that pulls and takes no others than it asks for", async () => {
    await start({ capabilities: { textDocument: { diagnostic: {} } } }, broken);
    await session.open(main, textOf(main));
    await findings(common, has("unknown-model"));
  });
});

describe("an open file that manifests include", () => {
  it("is read as a part of them, though none is open: no finding says that it is no whole lab", async () => {
    await start({}, labs.replace('"a", model = "tiny_linux"', '"a", model = "tiny_linus"'));
    await session.open(common, textOf(common), "toml");
    expect(await findings(common, has("unknown-model"))).toEqual(["unknown-model"]);
  });

  it("whose language an editor has set is no lab by that, even if it gives a name", async () => {
    await start(
      {},
      `${labs}#- base.toml
name = "base"
#- third.lab.toml
include = ["base.toml"]
nodes = []
`,
    );
    await open(`${folder}/third.lab.toml`);
    const base = `${folder}/base.toml`;
    await session.open(base, textOf(base), "lab-manifest");
    expect(await findings(base, () => true)).toEqual([]);
  });

  it("is told to the client as a part of labs, as long as it is one", async () => {
    await start();
    const parts = new Inbox<readonly string[]>();
    session.client.onNotification(PartsNotification, ({ uris }) => parts.put(uris));
    expect(await parts.next()).toEqual([common]);
    files.files.delete(main);
    files.files.delete(second);
    await session.changedOnDisk(main, second);
    expect(await parts.next((uris) => uris.length === 0)).toEqual([]);
  });

  it("a file that nobody includes gets no answers", async () => {
    await start();
    await session.open(`${folder}/Cargo.toml`, '[package]\nname = "a"\n', "toml");
    expect(await findings(`${folder}/Cargo.toml`, () => true)).toEqual([]);
  });

  it("knows what the manifest declares: completion, hover and definition lead across files", async () => {
    await start({}, `${labs}links = [{ src = "a::eth3", dst = "b::eth2" }]\n`);
    await open(main);
    await open(common);
    expect(
      show((await session.client.sendRequest(DefinitionRequest.type, at(common, "b::eth2"))) as Location[]),
    ).toEqual(["main.lab.toml:2"]);
    expect(show((await session.client.sendRequest(DefinitionRequest.type, at(main, "a::eth1"))) as Location[])).toEqual(
      ["common.toml:0"],
    );
    const hover = await session.client.sendRequest(HoverRequest.type, at(common, "b::eth2"));
    expect(hover?.range?.start.line).toBe(1);
    const answer = await session.client.sendRequest(CompletionRequest.type, at(common, "b::eth2"));
    const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
    expect(items.map(({ label }) => label)).toContain("b");
  });

  it("outlines itself only", async () => {
    await start();
    await open(main);
    await open(common);
    const symbols = await session.client.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri: common } });
    expect(JSON.stringify(symbols)).toContain('"a"');
    expect(JSON.stringify(symbols)).not.toContain('"b"');
  });
});

describe("a name that several manifests use through a common file", () => {
  it("is referred to in all of them, open or not", async () => {
    await start();
    await open(main);
    const params = { ...at(main, "a::eth1"), context: { includeDeclaration: true } };
    await expect
      .poll(async () => show(await session.client.sendRequest(ReferencesRequest.type, params)))
      .toEqual(["common.toml:0", "main.lab.toml:3", "second.lab.toml:3"]);
  });

  it("is renamed in all of them; open documents by their version", async () => {
    await start();
    await open(main);
    await open(common);
    const params = { ...at(common, 'a", model'), newName: "spine" };
    const edited = async (): Promise<Record<string, string>> => {
      const edit = await session.client.sendRequest(RenameRequest.type, params);
      const texts: Record<string, string> = {};
      for (const change of edit?.documentChanges ?? []) {
        if (!("edits" in change)) continue;
        const { uri, version } = change.textDocument;
        const document = TextDocument.create(uri, "", 1, textOf(uri));
        texts[`${uri.slice(folder.length + 1)} ${version}`] = TextDocument.applyEdits(
          document,
          change.edits.filter((each): each is TextEdit => "newText" in each),
        );
      }
      return texts;
    };
    await expect
      .poll(async () => Object.keys(await edited()).sort())
      .toEqual(["common.toml 1", "main.lab.toml 1", "second.lab.toml null"]);
    const texts = await edited();
    expect(texts["common.toml 1"]).toBe('nodes = [{ name = "spine", model = "tiny_linux" }]\n');
    expect(texts["main.lab.toml 1"]).toContain('src = "spine::eth1"');
    expect(texts["second.lab.toml null"]).toContain('src = "spine::eth2"');
  });

  it("is not renamed to what one of them has already, and says which", async () => {
    await start();
    await open(main);
    const params = { ...at(main, "a::eth1"), newName: "c" };
    await expect
      .poll(() => session.client.sendRequest(RenameRequest.type, params).catch((error: unknown) => String(error)))
      .toMatch(/second\.lab\.toml: .*`c`/);
  });
});
