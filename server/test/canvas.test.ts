import { afterEach, describe, expect, it } from "vitest";
import { CanvasRequest, PaletteRequest, PortsRequest } from "../src/canvas-protocol.js";
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
