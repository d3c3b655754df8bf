import {
  CancellationTokenSource,
  DocumentDiagnosticRequest,
  type DocumentDiagnosticReport,
} from "vscode-languageserver-protocol";
import { afterEach, describe, expect, it } from "vitest";
import { MemoryFiles } from "./memory-files.js";
import { startSession, type Session, type SessionOptions } from "./session.js";

const uri = "file:///labs/two.lab.toml";
const text = `name = "two"
nodes = [{ name = "a", model = "tiny_linus" }]
`;
const capabilities = {
  textDocument: { diagnostic: {} },
  workspace: { diagnostics: { refreshSupport: true } },
};

let session: Session;

afterEach(() => session.end());

async function start(options: SessionOptions = {}): Promise<void> {
  session = await startSession({}, { capabilities, ...options });
}

function pull(previousResultId?: string): Promise<DocumentDiagnosticReport> {
  const params = { textDocument: { uri }, ...(previousResultId === undefined ? {} : { previousResultId }) };
  return session.client.sendRequest(DocumentDiagnosticRequest.type, params);
}

function codes(report: DocumentDiagnosticReport): unknown[] {
  return report.kind === "full" ? report.items.map(({ code }) => code) : ["unchanged"];
}

describe("a client that pulls", () => {
  it("is told that it can, and nothing is pushed", async () => {
    await start();
    expect(session.initialized.capabilities.diagnosticProvider).toEqual({
      interFileDependencies: true,
      workspaceDiagnostics: false,
    });
    await session.open(uri, text);
    expect(codes(await pull())).toContain("unknown-model");
    expect(session.diagnostics.all).toEqual([]);
  });

  it("gets the findings once, and that they are the same as long as they are", async () => {
    await start();
    await session.open(uri, text);
    const first = await pull();
    expect(codes(await pull(first.resultId))).toEqual(["unchanged"]);
    await session.replace(uri, 2, text.replace("linus", "linux"));
    const second = await pull(first.resultId);
    expect(codes(second)).not.toContain("unknown-model");
    expect(second.kind).toBe("full");
    expect(second.resultId).not.toBe(first.resultId);
  });

  it("is asked to pull again when another file has changed what is found, not when it has typed itself", async () => {
    const files = new MemoryFiles("file:///labs", `#- other.lab.toml\nname = "three"\nnodes = []\n`);
    await start({ setting: { files }, folders: ["file:///labs"] });
    await session.open(uri, text);
    expect(codes(await pull())).not.toContain("lab-name-taken");
    await session.replace(uri, 2, `${text}#`);
    await pull();
    expect(session.refreshes.all).toEqual([]);
    files.files.set("file:///labs/other.lab.toml", 'name = "two"\nnodes = []\n');
    await session.changedOnDisk("file:///labs/other.lab.toml");
    await session.refreshes.next();
    expect(codes(await pull())).toContain("lab-name-taken");
  });

  it("gets nothing for another tool's file, a closed one, and a request that it cancels", async () => {
    await start();
    expect(codes(await pull())).toEqual([]);
    await session.open(uri, text);
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri } };
    const answer = session.client.sendRequest(DocumentDiagnosticRequest.type, params, source.token);
    source.cancel();
    await expect(answer).rejects.toThrow(/cancel/i);
  });

  it("is told to ask again when the text has changed while it was looked at, and never gets what is outdated", async () => {
    let passing = Promise.resolve();
    await start({ setting: { pause: () => passing } });
    await session.open(uri, text);
    await pull();
    let pass = (): void => undefined;
    passing = new Promise((resolve) => (pass = resolve));
    const answer = pull();
    await session.replace(uri, 2, text.replace("linus", "linux"));
    // The server answers in order: once it has answered this, it has read the change.
    await session.client.sendRequest("labscape/unknown").catch(() => undefined);
    pass();
    await expect(answer).rejects.toMatchObject({ code: -32802, data: { retriggerRequest: true } });
    expect(codes(await pull())).not.toContain("unknown-model");
  });
});
