import { afterEach, describe, expect, it } from "vitest";
import { CanvasRequest, GestureRequest, PaletteRequest, PortsRequest } from "../src/canvas-protocol.js";
import { startSession, type Session } from "./session.js";

const uri = "file:///x/lab.toml";
const textDocument = { uri };
const text = `name = "two"
nodes = [
  { name = "dev1", model = "tiny_linux" },
  { name = "dev2", model = "tiny_linux" },
]
links = [{ src = "dev1::eth1", dst = "dev2::eth1" }]
`;

let session: Session;
afterEach(() => session.end());

describe("the canvas", () => {
  it("is drawn from the open text, with places as lines and columns", async () => {
    session = await startSession();
    await session.open(uri, text);
    const canvas = await session.client.sendRequest(CanvasRequest, { textDocument });
    expect(canvas).toMatchObject({ version: 1, lab: "two", broken: false });
    expect(canvas?.nodes.map(({ name, at }) => [name, at.uri, at.range.start])).toEqual([
      ["dev1", uri, { line: 2, character: 12 }],
      ["dev2", uri, { line: 3, character: 12 }],
    ]);
    expect(canvas?.links[0]?.id).toBe("dev1::eth1 dev2::eth1");
  });

  it("offers free ports and device models", async () => {
    session = await startSession();
    await session.open(uri, text);
    const ports = await session.client.sendRequest(PortsRequest, { textDocument, node: "dev1" });
    expect(ports[0]).toEqual({ name: "eth2", index: 1 });
    const palette = await session.client.sendRequest(PaletteRequest, { textDocument });
    expect(palette.find(({ name }) => name === "tiny_linux")).toMatchObject({ role: "host" });
  });

  it("is not there for a file of another tool", async () => {
    session = await startSession();
    await session.open("file:///x/manifest.toml", '[package]\nname = "x"\n');
    const other = { textDocument: { uri: "file:///x/manifest.toml" } };
    expect(await session.client.sendRequest(CanvasRequest, other)).toBeNull();
  });
});

describe("a gesture", () => {
  const gesture = { kind: "rename", node: "dev1", to: "r1" } as const;

  it("is answered by an edit of the version that it was made on", async () => {
    session = await startSession();
    await session.open(uri, text);
    const versioned = { uri, version: 1 };
    const answer = await session.client.sendRequest(GestureRequest, {
      textDocument: versioned,
      gesture: { kind: "add-link", from: { node: "dev1" }, to: { node: "dev2" } },
    });
    expect(answer).toEqual({
      edit: {
        documentChanges: [
          {
            textDocument: versioned,
            edits: [
              {
                range: { start: { line: 5, character: 51 }, end: { line: 5, character: 51 } },
                newText: ', { src = "dev1::eth2", dst = "dev2::eth2" }',
              },
            ],
          },
        ],
      },
      made: { nodes: [], bridges: [], links: ["dev1::eth2 dev2::eth2"], notes: [] },
    });
  });

  it("of a version that is past is refused, as is what cannot be", async () => {
    session = await startSession();
    await session.open(uri, text);
    const asked = (version: number, to: string) =>
      session.client.sendRequest(GestureRequest, { textDocument: { uri, version }, gesture: { ...gesture, to } });
    expect(await asked(0, "r1")).toMatchObject({ refusal: { code: "outdated" } });
    expect(await asked(1, "dev2")).toMatchObject({ refusal: { code: "taken" } });
    const nonsense: unknown = { kind: "dance" };
    await expect(
      session.client.sendRequest("labscape/gesture", { textDocument: { uri, version: 1 }, gesture: nonsense }),
    ).rejects.toThrow("This is no gesture.");
  });

  it("that renames what another lab includes changes that lab too", async () => {
    session = await startSession();
    await session.open("file:///x/common.lab.toml", 'nodes = [{ name = "dev1", model = "tiny_linux" }]\n');
    const lab = (name: string) =>
      `name = "${name}"\ninclude = ["common.lab.toml"]\n[diagram.nodes]\ndev1 = { x = 1, y = 1 }\n`;
    await session.open("file:///x/one.lab.toml", lab("one"));
    await session.open("file:///x/two.lab.toml", lab("two"));
    await session.diagnostics.next(({ uri: about }) => about.endsWith("two.lab.toml"));
    const answer = await session.client.sendRequest(GestureRequest, {
      textDocument: { uri: "file:///x/one.lab.toml", version: 1 },
      gesture,
    });
    const changed = answer !== null && "edit" in answer ? (answer.edit.documentChanges ?? []) : [];
    expect(changed.flatMap((change) => ("textDocument" in change ? [change.textDocument.uri] : [])).sort()).toEqual([
      "file:///x/common.lab.toml",
      "file:///x/one.lab.toml",
      "file:///x/two.lab.toml",
    ]);
  });
});
