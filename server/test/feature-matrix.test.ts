import { readFileSync } from "node:fs";
import * as protocol from "vscode-languageserver-protocol";
import type { ClientCapabilities } from "vscode-languageserver-protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSession, type Session } from "./session.js";

/** The tables of the page: what is supported, by method. */
const page = readFileSync(new URL("../../docs/language-server.md", import.meta.url), "utf8");
const [, ofClient = "", ofServer = ""] = page.slice(page.indexOf("## Every method")).split(/^### /m);
const clientMethods = readRows(ofClient);
const serverMethods = readRows(ofServer);

interface Row {
  readonly method: string;
  /** Whether the page says so. */
  readonly supported: boolean;
  readonly reason: string;
}

function readRows(section: string): readonly Row[] {
  return [...section.matchAll(/^\| `([^`]+)` +\| (yes|no) +\| (.*?) *\|$/gm)].map(
    ([, method = "", yes, reason = ""]) => ({
      method,
      supported: yes === "yes",
      reason,
    }),
  );
}

/** Which methods each announced capability stands for. */
const announcedBy: Readonly<Record<string, readonly string[]>> = {
  positionEncoding: [],
  experimental: [],
  textDocumentSync: ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose"],
  callHierarchyProvider: [
    "textDocument/prepareCallHierarchy",
    "callHierarchy/incomingCalls",
    "callHierarchy/outgoingCalls",
  ],
  codeActionProvider: ["textDocument/codeAction"],
  codeLensProvider: ["textDocument/codeLens"],
  completionProvider: ["textDocument/completion"],
  definitionProvider: ["textDocument/definition"],
  diagnosticProvider: ["textDocument/diagnostic"],
  documentFormattingProvider: ["textDocument/formatting"],
  documentHighlightProvider: ["textDocument/documentHighlight"],
  documentLinkProvider: ["textDocument/documentLink"],
  documentRangeFormattingProvider: ["textDocument/rangeFormatting"],
  documentSymbolProvider: ["textDocument/documentSymbol"],
  foldingRangeProvider: ["textDocument/foldingRange"],
  hoverProvider: ["textDocument/hover"],
  inlayHintProvider: ["textDocument/inlayHint"],
  referencesProvider: ["textDocument/references"],
  renameProvider: ["textDocument/rename", "textDocument/prepareRename"],
  selectionRangeProvider: ["textDocument/selectionRange"],
  semanticTokensProvider: ["textDocument/semanticTokens/full"],
  workspaceSymbolProvider: ["workspace/symbol"],
  workspaceFolders: ["workspace/didChangeWorkspaceFolders"],
  willRename: ["workspace/willRenameFiles"],
  didRename: ["workspace/didRenameFiles"],
  didDelete: ["workspace/didDeleteFiles"],
};

/** A client that can do everything. */
const everything: ClientCapabilities = {
  textDocument: { diagnostic: {}, rename: { prepareSupport: true } },
  workspace: {
    workspaceFolders: true,
    fileOperations: { willRename: true, didRename: true, didDelete: true },
  },
};

let session: Session;

beforeAll(async () => {
  session = await startSession({ codeLenses: true }, { capabilities: everything });
});
afterAll(() => session.end());

describe("the page about the language server", () => {
  it("has every method of the protocol once, each with a reason where it is not supported", () => {
    const rows = [...clientMethods, ...serverMethods];
    const methods = rows.map(({ method }) => method);
    expect(methods).toHaveLength(new Set(methods).size);
    const known = methodsOfProtocol();
    expect(known.length).toBeGreaterThanOrEqual(85);
    expect(known.filter((method) => !methods.includes(method))).toEqual([]);
    expect(rows.filter(({ supported, reason }) => !supported && reason === "")).toEqual([]);
  });

  it("says of each announced capability that it is there", () => {
    const { workspace, ...capabilities } = session.initialized.capabilities;
    const { fileOperations, ...rest } = workspace ?? {};
    const announced = Object.keys({ ...capabilities, ...rest, ...fileOperations });
    expect(announced.filter((name) => announcedBy[name] === undefined)).toEqual([]);
    const supported = clientMethods.filter((row) => row.supported).map(({ method }) => method);
    const methods = announced.flatMap((name) => announcedBy[name] ?? []);
    expect(methods.filter((method) => !supported.includes(method))).toEqual([]);
    // What has a capability and is supported is announced.
    const all = Object.values(announcedBy).flat();
    expect(supported.filter((method) => all.includes(method) && !methods.includes(method))).toEqual([]);
  });

  const requests = clientMethods.filter(({ method }) => isRequest(method));
  it.each(requests.map(({ method, supported }) => [method, supported] as const))(
    "%s: the server agrees that it is supported (%s)",
    async (method, supported) => {
      // Parameters that are about nothing: a handler that is there answers or refuses them, and says so.
      const position = { line: 0, character: 0 };
      const answer = session.client.sendRequest(method, {
        textDocument: { uri: "file:///none" },
        item: { uri: "file:///none", name: "" },
        position,
        positions: [position],
        range: { start: position, end: position },
        files: [],
        query: "",
        newName: "",
        context: {},
        options: {},
      });
      const code = await answer.then(
        () => 0,
        (error: unknown) => (error as { code: number }).code,
      );
      expect(code === -32601).toBe(!supported);
    },
  );
});

/** Those of the protocol package, which has 3.17 and some of what is to come. */
function methodsOfProtocol(): readonly string[] {
  const methods = Object.values(protocol).flatMap((value: unknown) => {
    if (typeof value !== "object" || value === null || !("method" in value)) return [];
    return typeof value.method === "string" && value.method.includes("/") ? [value.method] : [];
  });
  // These stand for a group of methods.
  const groups = ["notebookDocument/sync", "textDocument/semanticTokens"];
  return [...new Set(methods)].filter((method) => !groups.includes(method));
}

/** Those whose answer can be asked for without ending the session. */
function isRequest(method: string): boolean {
  const notification = /\/did|^\$\/|^initialized$|^exit$|workDoneProgress/.test(method);
  // The protocol library answers `willSaveWaitUntil` for every server, with nothing, whether that announces it or not.
  return !notification && !method.includes("willSave") && !["initialize", "shutdown"].includes(method);
}
