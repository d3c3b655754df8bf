import type { ModelFolder } from "@labscape/server";
import { afterEach, describe, expect, it } from "vitest";
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
} from "vscode-languageserver-protocol/node.js";
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

function saved(): Promise<void> {
  return session.client.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: file, type: FileChangeType.Changed }],
  });
}
