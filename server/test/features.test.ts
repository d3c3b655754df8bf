import {
  CancellationTokenSource,
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  SelectionRangeRequest,
  SemanticTokensRequest,
  type DocumentSymbol,
} from "vscode-languageserver-protocol";
import { TextDocument, type TextEdit } from "vscode-languageserver-textdocument";
import { afterEach, describe, expect, it } from "vitest";
import { startSession, type Session } from "./session.js";

const uri = "file:///labs/two.lab.toml";
const text = `name = "two"
nodes = [
  { name = "dev1", model = "tiny_linux" },
  { name = "dev2", model = "tiny_linux", startup_scripts = ["setup.sh"] },
]
links = [
  { src = "dev1::eth1", dst = "dev2::eth1" },
]
`;

let session: Session;

afterEach(() => session.end());

async function open(content = text, options: unknown = {}): Promise<{ textDocument: { uri: string } }> {
  session = await startSession(options);
  await session.open(uri, content);
  return { textDocument: { uri } };
}

/** Position of the first character of `part`. */
function at(part: string): { position: { line: number; character: number } } {
  return { position: TextDocument.create(uri, "lab-manifest", 1, text).positionAt(text.indexOf(part)) };
}

function applied(edits: readonly TextEdit[], content = text): string {
  return TextDocument.applyEdits(TextDocument.create(uri, "lab-manifest", 1, content), [...edits]);
}

describe("the server announces", () => {
  it("what it can do, and code lenses to those only who have their commands", async () => {
    session = await startSession();
    expect(session.initialized).toMatchSnapshot();
    await session.end();
    session = await startSession({ codeLenses: true });
    expect(session.initialized.capabilities.codeLensProvider).toEqual({});
  });
});

describe("over the protocol", () => {
  it("completion offers the free ports, and the text after it is right", async () => {
    const half = text.replace('"dev2::eth1" },', '"dev2::');
    const document = await open(half);
    const end = TextDocument.create(uri, "", 1, half).positionAt(half.indexOf('"dev2::') + '"dev2::'.length);
    const answer = await session.client.sendRequest(CompletionRequest.type, { ...document, position: end });
    const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
    const [first] = items.toSorted((a, b) => (a.sortText ?? "").localeCompare(b.sortText ?? ""));
    expect(first?.label).toBe("eth1");
    const edit = first?.textEdit;
    if (edit === undefined || !("range" in edit)) throw new Error("no edit");
    expect(applied([edit], half)).toContain('dst = "dev2::eth1');
  });

  it("hover explains a model", async () => {
    const hover = await ask(HoverRequest.method, at("tiny_linux"));
    expect(JSON.stringify(hover)).toContain("Tiny Linux");
  });

  it("the outline holds nodes and links", async () => {
    const document = await open();
    const symbols = await session.client.sendRequest(DocumentSymbolRequest.type, document);
    const names = (list: readonly DocumentSymbol[]): string[] =>
      list.flatMap(({ name, children }) => [name, ...names(children ?? [])]);
    const flat = names((symbols ?? []).filter((symbol): symbol is DocumentSymbol => "selectionRange" in symbol));
    expect(flat).toEqual(expect.arrayContaining(["dev1", "dev2"]));
  });

  it("definition leads from an endpoint to its node, references back", async () => {
    const endpoint = at("dev2::eth1");
    expect(await ask(DefinitionRequest.method, endpoint)).toMatchObject([{ uri, range: { start: { line: 3 } } }]);
    await session.end();
    const found = await ask(ReferencesRequest.method, { ...endpoint, context: { includeDeclaration: true } });
    expect(found).toMatchObject([{ range: { start: { line: 3 } } }, { range: { start: { line: 6 } } }]);
    await session.end();
    expect(await ask(DocumentHighlightRequest.method, endpoint)).toHaveLength(2);
  });

  it("rename edits the node and its endpoints, bound to the version, and says why it refuses", async () => {
    const document = await open();
    const target = await session.client.sendRequest(PrepareRenameRequest.type, { ...document, ...at("dev2::") });
    expect(target).toMatchObject({ placeholder: "dev2" });
    const params = { ...document, ...at("dev2::") };
    const edit = await session.client.sendRequest(RenameRequest.type, { ...params, newName: "edge" });
    const [change] = edit?.documentChanges ?? [];
    if (change === undefined || !("edits" in change)) throw new Error("no edit");
    expect(change.textDocument).toEqual({ uri, version: 1 });
    const edits = change.edits.filter((e): e is TextEdit => "newText" in e);
    expect(applied(edits)).toContain('dst = "edge::eth1"');
    expect(applied(edits)).not.toContain("dev2");
    await expect(session.client.sendRequest(RenameRequest.type, { ...params, newName: "dev1" })).rejects.toThrow(
      /dev1/,
    );
  });

  it("a quick fix mends an unknown model", async () => {
    const wrong = text.replace("tiny_linux", "tiny_linus");
    const document = await open(wrong);
    const { diagnostics } = await session.diagnostics.next();
    const unknown = diagnostics.find(({ code }) => code === "unknown-model");
    if (unknown === undefined) throw new Error("no finding");
    const actions = await session.client.sendRequest(CodeActionRequest.type, {
      ...document,
      range: unknown.range,
      context: { diagnostics: [unknown], only: ["quickfix"] },
    });
    const [action] = actions ?? [];
    expect(action).toMatchObject({ kind: "quickfix", diagnostics: [{ code: "unknown-model" }] });
    expect(JSON.stringify(action)).toContain("tiny_linux");
  });

  it("the other dialect is offered among the refactorings", async () => {
    const document = await open();
    const { position } = at("nodes = [");
    const ask = (only: string) =>
      session.client.sendRequest(CodeActionRequest.type, {
        ...document,
        range: { start: position, end: position },
        context: { diagnostics: [], only: [only] },
      });
    const [action] = (await ask("refactor")) ?? [];
    expect(action).toMatchObject({ kind: "refactor.rewrite", title: "Convert to the first dialect" });
    expect(JSON.stringify(action)).toContain("device_model");
    expect(await ask("quickfix")).toEqual([]);
  });

  it("a refactoring that cannot be done says why to clients that show it", async () => {
    const wrong = text.replace("dev2::eth1", "nobody::eth1");
    for (const disabledSupport of [true, false]) {
      session = await startSession({}, { capabilities: { textDocument: { codeAction: { disabledSupport } } } });
      await session.open(uri, wrong);
      const { position } = at("nodes = [");
      const actions = await session.client.sendRequest(CodeActionRequest.type, {
        textDocument: { uri },
        range: { start: position, end: position },
        context: { diagnostics: [], only: ["refactor.rewrite"] },
      });
      const conversion = actions?.find(({ title }) => title === "Convert to the first dialect");
      if (disabledSupport)
        expect(conversion).toMatchObject({ disabled: { reason: expect.stringContaining("nobody") as unknown } });
      else expect(conversion).toBeUndefined();
      if (disabledSupport) await session.end();
    }
  });

  it("folding, document links and selection ranges come in the protocol's shapes", async () => {
    const document = await open();
    const folds = await session.client.sendRequest(FoldingRangeRequest.type, document);
    expect(folds?.map(({ startLine }) => startLine)).toContain(1);
    const links = await session.client.sendRequest(DocumentLinkRequest.type, document);
    expect(links?.map(({ target }) => target)).toEqual(["file:///labs/setup.sh"]);
    const positions = [at("dev1").position];
    const [innermost] =
      (await session.client.sendRequest(SelectionRangeRequest.type, { ...document, positions })) ?? [];
    expect(innermost?.range).toEqual({ start: { line: 2, character: 12 }, end: { line: 2, character: 16 } });
    expect(innermost?.parent).toBeDefined();
  });

  it("semantic tokens, inlay hints and code lenses come in the protocol's shapes", async () => {
    const document = await open(text, { codeLenses: true });
    const tokens = await session.client.sendRequest(SemanticTokensRequest.type, document);
    expect(tokens?.data.length).toBeGreaterThan(0);
    expect((tokens?.data.length ?? 0) % 5).toBe(0);
    const range = { start: { line: 0, character: 0 }, end: { line: 8, character: 0 } };
    const hints = await session.client.sendRequest(InlayHintRequest.type, { ...document, range });
    for (const hint of hints ?? []) expect(hint.position.line).toBeLessThan(8);
    const lenses = await session.client.sendRequest(CodeLensRequest.type, document);
    expect(lenses?.map(({ command }) => [command?.command, command?.arguments])).toEqual([
      ["labscape.deploy", [uri]],
      ["labscape.plan", [uri]],
      ["labscape.destroy", [uri]],
      ["labscape.openPreview", [uri]],
      ["labscape.openConsole", [uri, "dev1"]],
      ["labscape.openConsole", [uri, "dev2"]],
    ]);
  });

  it("a request that was cancelled is not answered", async () => {
    const document = await open();
    const source = new CancellationTokenSource();
    const answer = session.client.sendRequest(HoverRequest.type, { ...document, ...at("tiny_linux") }, source.token);
    source.cancel();
    await expect(answer).rejects.toThrow(/cancel/i);
  });
});

/** Opens the text and asks. */
async function ask(method: string, params: object): Promise<unknown> {
  const document = await open();
  return session.client.sendRequest<unknown>(method, { ...document, ...params });
}
