import { AnalyzedNotification, DiagramRequest, type Analyzed } from "@labscape/server";
import { afterEach, describe, expect, it } from "vitest";
import { Inbox } from "./inbox.js";
import { startSession, type Session } from "./session.js";

const uri = "file:///labs/two.lab.toml";
const text = `name = "two"
nodes = [
  { name = "dev1", model = "tiny_linux" },
  { name = "dev2", model = "tiny_linus" },
]
links = [{ src = "dev1::eth1", dst = "dev2::eth1" }]
`;
const model = { start: { line: 3, character: 28 }, end: { line: 3, character: 38 } };

let session: Session;

afterEach(() => session.end());

describe("diagnostics", () => {
  it("mark the characters that are wrong, with the page of the check, and go when the text is mended", async () => {
    session = await startSession({ checksFolder: "file:///docs/checks/" });
    await session.open(uri, text);
    const { diagnostics, version } = await session.diagnostics.next();
    expect(version).toBe(1);
    expect(diagnostics.filter(({ severity }) => severity === 1)).toMatchObject([
      {
        code: "unknown-model",
        source: "labscape",
        range: { start: { line: 3 }, end: { line: 3 } },
        codeDescription: { href: "file:///docs/checks/unknown-model.md" },
      },
    ]);

    await session.change(uri, 2, model, "tiny_linux");
    const mended = await session.diagnostics.next((published) => published.version === 2);
    expect(mended.diagnostics.filter(({ severity }) => severity === 1)).toEqual([]);
  });

  it("of a burst of changes only those of the last version are published", async () => {
    let gate = Promise.resolve();
    let open = (): void => undefined;
    session = await startSession({}, { setting: { pause: () => gate } });
    await session.open(uri, text);
    await session.diagnostics.next();
    gate = new Promise((resolve) => (open = resolve));
    const end = { line: 6, character: 0 };
    for (let version = 2; version <= 20; version++) {
      void session.change(uri, version, { start: end, end }, "#");
    }
    // Messages are taken in their order: when this one is refused, all changes have arrived.
    await expect(session.client.sendRequest("labscape/unknown")).rejects.toThrow("does not know");
    open();
    await session.diagnostics.next((published) => published.version === 20);
    expect(session.diagnostics.all.map(({ version }) => version)).toEqual([1, 20]);
  });

  it("of one change take one analysis, whatever else is asked about it", async () => {
    let analyses = 0;
    const imageVersions = (): undefined => {
      analyses++;
    };
    session = await startSession({}, { setting: { providers: { imageVersions } } });
    const one = 'name = "two"\nnodes = [{ name = "dev1", model = "tiny_linux" }]\n';
    await session.open(uri, one);
    await session.diagnostics.next();
    const each = analyses;
    expect(each).toBeGreaterThan(0);
    await session.replace(uri, 2, one.replace("two", "three"));
    await session.diagnostics.next(({ version }) => version === 2);
    const params = { textDocument: { uri }, position: { line: 1, character: 37 } };
    await session.client.sendRequest("textDocument/hover", params);
    await session.client.sendRequest("textDocument/documentSymbol", params);
    await session.client.sendRequest("workspace/symbol", { query: "" });
    expect(analyses).toBe(2 * each);
  });

  it("are shown as the settings want them, also when those change", async () => {
    session = await startSession();
    await session.open(uri, text);
    await session.diagnostics.next();
    const set = (checks: unknown): Promise<void> =>
      session.client.sendNotification("workspace/didChangeConfiguration", { settings: { labscape: { checks } } });
    await set({ "unknown-model": "hint" });
    await session.diagnostics.next(({ diagnostics }) =>
      diagnostics.some(({ code, severity }) => code === "unknown-model" && severity === 4),
    );
    await set({ "unknown-model": "off" });
    await session.diagnostics.next(({ diagnostics }) => diagnostics.every(({ code }) => code !== "unknown-model"));
    await set({ "unknown-model": "loud" });
    await session.log.next(({ message }) => message.includes("labscape.checks.unknown-model"));
  });

  it("are taken back when the document is closed", async () => {
    session = await startSession();
    await session.open(uri, text);
    await session.diagnostics.next();
    await session.close(uri);
    const { diagnostics } = await session.diagnostics.next((published) => published.version === undefined);
    expect(diagnostics).toEqual([]);
  });
});

describe("a manifest.toml", () => {
  it.each([
    ["of another tool gets no answer", '[package]\nname = "x"\n', false],
    ["with nodes is a lab", 'nodes = [{ name = "a" }]\n', true],
    ["without content is not a lab yet", "", false],
  ])("%s", async (_what, content, manifest) => {
    session = await startSession();
    const analyzed = new Inbox<Analyzed>();
    session.client.onNotification(AnalyzedNotification, (message) => analyzed.put(message));
    await session.open("file:///x/manifest.toml", content);
    expect(await analyzed.next()).toMatchObject({ uri: "file:///x/manifest.toml", version: 1, manifest });
    const [published] = session.diagnostics.all;
    expect((published?.diagnostics.length ?? 0) > 0).toBe(manifest);
    const params = { textDocument: { uri: "file:///x/manifest.toml" } };
    expect((await session.client.sendRequest(DiagramRequest, params)) !== null).toBe(manifest);
  });
});

describe("the diagram", () => {
  it("has a node a device, and the place of its name", async () => {
    session = await startSession();
    await session.open(uri, text.replace("tiny_linus", "tiny_linux"));
    const diagram = await session.client.sendRequest(DiagramRequest, { textDocument: { uri } });
    expect(diagram).toMatchObject({ version: 1, lab: "two", errors: 0, broken: false, directed: false });
    expect(diagram?.source).toContain("flowchart");
    expect(diagram?.links).toEqual([{ from: "node_dev1", to: "node_dev2", end: "dev1::eth1" }]);
    expect(diagram?.nodes.map(({ name, range }) => [name, range.start])).toEqual([
      ["dev1", { line: 2, character: 12 }],
      ["dev2", { line: 3, character: 12 }],
    ]);
  });
});
