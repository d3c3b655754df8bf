import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleForBrowser } from "../browser-bundle.js";
import { launchBrowser } from "./harness/browser.js";
import { browserPath } from "./harness/host.js";

const ORIGIN = "http://localhost";

function whyNot(): string | undefined {
  try {
    browserPath();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const reason = whyNot();

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

describe.skipIf(reason !== undefined)(
  `the server in a browser's worker${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      const { code } = await bundleForBrowser("server/src/main.browser.ts");
      browser = await launchBrowser();
      page = await browser.newPage();
      await page.route(`${ORIGIN}/**`, (route) =>
        route.request().url().endsWith("/server.js")
          ? route.fulfill({ contentType: "text/javascript", body: code })
          : route.fulfill({ contentType: "text/html", body: "<!doctype html><title>worker</title>" }),
      );
      await page.goto(`${ORIGIN}/`);
    });

    afterAll(() => browser.close());

    /** Starts the server in a worker, answers its requests for files, says all messages and waits for the last answer. */
    async function converse(
      messages: readonly Message[],
      files: Readonly<Record<string, string>>,
      until: { readonly id?: number; readonly method?: string },
    ): Promise<readonly Message[]> {
      return page.evaluate(
        ({ messages, files, until }) =>
          new Promise<Message[]>((resolve, reject) => {
            const worker = new Worker("/server.js");
            const heard: Message[] = [];
            worker.onerror = ({ message }) => reject(new Error(message));
            worker.onmessage = ({ data }: MessageEvent<Message>) => {
              const { id, method, params } = data;
              if (id !== undefined && method !== undefined) {
                const uri = (params as { uri?: string } | undefined)?.uri ?? "";
                const result = method === "labscape/readFile" ? (files[uri] ?? null) : null;
                worker.postMessage({ jsonrpc: "2.0", id, result });
                return;
              }
              heard.push(data);
              if (data.id === 1) for (const message of messages) worker.postMessage({ jsonrpc: "2.0", ...message });
              if (until.id === undefined ? method !== until.method : id !== until.id) return;
              worker.terminate();
              resolve(heard);
            };
            const initialization = { capabilities: {}, processId: null, rootUri: null };
            const params = { ...initialization, initializationOptions: { files: true } };
            worker.postMessage({ jsonrpc: "2.0", id: 1, method: "initialize", params });
          }),
        { messages, files, until },
      );
    }

    const uri = "vscode-vfs://github/labs/two.lab.toml";
    const open = (text: string): Message[] => [
      { method: "initialized", params: {} },
      {
        method: "textDocument/didOpen",
        params: { textDocument: { uri, languageId: "lab-manifest", version: 1, text } },
      },
    ];

    it("finds what is wrong with a manifest", async () => {
      const text = 'name = "two"\nnodes = [{ name = "a", model = "tiny_linus" }]\n';
      const heard = await converse(open(text), {}, { method: "textDocument/publishDiagnostics" });
      const codes = (heard.at(-1)?.params as { diagnostics: { code: string }[] }).diagnostics.map(({ code }) => code);
      expect(codes).toContain("unknown-model");
    });

    it("reads what a manifest includes through the client", async () => {
      const text = 'name = "two"\ninclude = ["parts/core.toml"]\n';
      const files = { "vscode-vfs://github/labs/parts/core.toml": 'nodes = [{ name = "a", model = "tiny_linus" }]\n' };
      const heard = await converse(open(text), files, { method: "labscape/parts" });
      expect(heard.at(-1)?.params).toEqual({ uris: Object.keys(files) });
      const published = heard.filter(({ method }) => method === "textDocument/publishDiagnostics");
      expect(JSON.stringify(published)).not.toContain("include-not-found");
    });

    it("completes, and explains", async () => {
      const text = 'name = "two"\nnodes = [{ name = "a", model = "tiny_linux" }]\n';
      const position = { line: 1, character: 35 };
      const ask = (id: number, method: string): Message => ({
        id,
        method,
        params: { textDocument: { uri }, position },
      });
      const messages = [...open(text), ask(2, "textDocument/completion"), ask(3, "textDocument/hover")];
      const heard = await converse(messages, {}, { id: 3 });
      const items = heard.find(({ id }) => id === 2)?.result as { items: { label: string }[] };
      expect(items.items.map(({ label }) => label)).toContain("tiny_linux");
      expect(JSON.stringify(heard.find(({ id }) => id === 3)?.result)).toContain("Tiny Linux");
    });
  },
);
