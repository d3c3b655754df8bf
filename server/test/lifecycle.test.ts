import { spawn } from "node:child_process";
import path from "node:path";
import { build } from "esbuild";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
} from "vscode-languageserver-protocol/node.js";
import { afterAll, beforeAll, afterEach, describe, expect, it } from "vitest";
import { Inbox } from "./inbox.js";
import { startSession, type Session } from "./session.js";

describe("a handler that fails", () => {
  let session: Session;
  afterEach(() => session.end());

  const uri = "file:///labs/two.lab.toml";
  const text = 'name = "two"\nnodes = [{ name = "a", model = "tiny_linux" }]\n';
  const params = { textDocument: { uri }, position: { line: 1, character: 32 } };

  it("is logged and answered neutrally, and the server goes on", async () => {
    let broken = true;
    session = await startSession(
      {},
      {
        setting: {
          providers: {
            imageVersions: () => {
              if (broken) throw new Error("the store is on fire");
              return undefined;
            },
          },
        },
      },
    );
    await session.open(uri, text);
    expect(await session.client.sendRequest(HoverRequest.type, params)).toBeNull();
    await session.log.next(({ message }) => /Hover .*two\.lab\.toml failed: .*on fire/s.test(message));
    await session.log.next(({ message }) => /Analysis .*two\.lab\.toml failed: .*on fire/s.test(message));
    broken = false;
    await session.replace(uri, 2, `${text}#`);
    expect(await session.client.sendRequest(HoverRequest.type, params)).not.toBeNull();
  });

  it("strange parameters end neither the server nor the answers", async () => {
    session = await startSession();
    await session.open(uri, text);
    const far = { line: 1e9, character: -5 };
    const range = { start: far, end: { line: -1, character: 1e9 } };
    for (const method of [
      "completion",
      "hover",
      "definition",
      "references",
      "documentHighlight",
      "prepareRename",
      "rename",
      "codeAction",
      "inlayHint",
      "selectionRange",
      "rangeFormatting",
      "prepareCallHierarchy",
    ]) {
      const request = session.client.sendRequest(`textDocument/${method}`, {
        textDocument: { uri },
        position: far,
        positions: [far],
        range,
        newName: "",
        context: { diagnostics: [], includeDeclaration: true },
        options: { insertSpaces: true, tabSize: -1 },
      });
      await request.catch((error: unknown) => expect(String(error)).toMatch(/renamed|name/));
    }
    expect(await session.client.sendRequest(HoverRequest.type, params)).not.toBeNull();
    expect(session.log.all.filter(({ type }) => type === 1)).toEqual([]);
  });
});

describe("the server's process", () => {
  let folder: string;
  let program: string;
  let client: ProtocolConnection;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "labscape-server-"));
    program = path.join(folder, "server.cjs");
    await build({
      absWorkingDir: path.resolve(import.meta.dirname, "../.."),
      entryPoints: ["server/src/main.node.ts"],
      bundle: true,
      platform: "node",
      format: "cjs",
      conditions: ["labscape-source"],
      mainFields: ["module", "main"],
      outfile: program,
      logLevel: "silent",
    });
  });
  afterAll(() => rm(folder, { recursive: true }));
  afterEach(() => client.dispose());

  function start(): Promise<number | null> {
    const child = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    client.listen();
    return new Promise((resolve) => child.once("exit", resolve));
  }

  const initialize = (folders: readonly string[] = []): Promise<unknown> =>
    client.sendRequest(InitializeRequest.method, {
      processId: null,
      rootUri: null,
      capabilities: {},
      workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
    });

  it("answers nothing before it is initialized, nothing after the shutdown, and ends with 0", async () => {
    const ended = start();
    const hover = { textDocument: { uri: "file:///x.lab.toml" }, position: { line: 0, character: 0 } };
    await expect(client.sendRequest(HoverRequest.type, hover)).rejects.toMatchObject({ code: -32002 });
    await initialize();
    await expect(client.sendRequest("textDocument/unheardOf", {})).rejects.toMatchObject({ code: -32601 });
    await client.sendRequest(ShutdownRequest.type);
    await expect(client.sendRequest(HoverRequest.type, hover)).rejects.toMatchObject({ code: -32600 });
    await client.sendNotification(ExitNotification.type);
    expect(await ended).toBe(0);
  });

  it("ends with 1 when it is told to exit without a shutdown", async () => {
    const ended = start();
    await initialize();
    await client.sendNotification(ExitNotification.type);
    expect(await ended).toBe(1);
  });

  it("reads included files and other manifests from the disk", async () => {
    const ended = start();
    const at = (name: string): string => pathToFileURL(path.join(folder, name)).href;
    await writeFile(path.join(folder, "common.toml"), 'nodes = [{ name = "a", model = "tiny_linus" }]\n');
    await writeFile(path.join(folder, "other.lab.toml"), 'name = "main"\nnodes = []\n');
    const published = new Inbox<{ uri: string; codes: unknown[] }>();
    client.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) =>
      published.put({ uri, codes: diagnostics.map(({ code }) => code) }),
    );
    await initialize([pathToFileURL(folder).href]);
    await client.sendNotification(InitializedNotification.type, {});
    await client.sendNotification("textDocument/didOpen", {
      textDocument: {
        uri: at("main.lab.toml"),
        languageId: "lab-manifest",
        version: 1,
        text: 'name = "main"\ninclude = ["common.toml", "gone.toml"]\n',
      },
    });
    await published.next(({ uri, codes }) => uri.endsWith("/common.toml") && codes.includes("unknown-model"));
    const isMain = ({ uri }: { uri: string }): boolean => uri === at("main.lab.toml");
    await published.next((each) => isMain(each) && each.codes.includes("include-not-found"));
    await published.next((each) => isMain(each) && each.codes.includes("lab-name-taken"));
    await client.sendRequest(ShutdownRequest.type);
    await client.sendNotification(ExitNotification.type);
    expect(await ended).toBe(0);
  });
});
