import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node.js";
import { bundledCommand } from "./bundled.js";

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "labscape-lsp-"));
  program = await bundledCommand(folder);
});
afterAll(() => rm(folder, { recursive: true }));

it("serves any editor: labscape lsp --stdio", async () => {
  const child = spawn(process.execPath, [program, "lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  client.listen();
  const published = new Promise<readonly (string | number | undefined)[]>((resolve) => {
    client.onNotification(PublishDiagnosticsNotification.type, ({ diagnostics }) =>
      resolve(diagnostics.map(({ code }) => code)),
    );
  });
  await client.sendRequest("initialize", { processId: null, workspaceFolders: null, capabilities: {} });
  await client.sendNotification(InitializedNotification.type, {});
  const text = 'name = "x"\nnodes = [{ name = "a", model = "tiny_linx" }]\n';
  await client.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri: "file:///x.lab.toml", languageId: "lab-manifest", version: 1, text },
  });
  expect(await published).toContain("unknown-model");
  await client.sendRequest(ShutdownRequest.type);
  await client.sendNotification(ExitNotification.type);
  expect(await ended).toBe(0);
  client.dispose();
});
