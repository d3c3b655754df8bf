import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { previewHtml } from "../../client/src/preview/html.js";
import type { ToPage } from "../../client/src/preview/messages.js";

/** What the page needs of the server's answer. */
export type Shown = Pick<Extract<ToPage, { type: "picture" }>, "source" | "directed" | "nodes" | "links">;

export interface PreviewPage {
  /** Resolves when the picture is drawn and painted. It must differ from the one before. */
  show(picture: Shown): Promise<void>;
  close(): Promise<void>;
}

/** Opens the preview's page as the extension does, with a stand-in for the extension. */
export async function openPreviewPage(browser: Browser, root: string): Promise<PreviewPage> {
  const folder = await mkdtemp(path.join(tmpdir(), "labscape-preview-"));
  const file = path.join(folder, "preview.html");
  const word = "text";
  await writeFile(
    file,
    previewHtml({
      language: "en",
      address: (folder, file) =>
        pathToFileURL(folder === "dist" ? (process.env["BENCH_PREVIEW"] ?? "") : path.join(root, folder, file)).href,
      source: "file:",
      nonce: "bench",
      manifest: "file:///bench/lab.toml",
      text: {
        picture: word,
        zoomIn: word,
        zoomOut: word,
        fit: word,
        turn: word,
        copy: word,
        save: word,
        canvas: word,
        many: word,
        manyHow: word,
        drawAnyway: word,
        nothing: word,
        how: word,
      },
    }),
  );
  const context = await browser.newContext({ viewport: { width: 720, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const own = window as Window & { acquireVsCodeApi?: () => object };
    own.acquireVsCodeApi = () => ({ setState: () => undefined, postMessage: () => undefined });
  });
  await page.goto(pathToFileURL(file).href);
  return {
    async show({ source, directed, nodes, links }) {
      const message: ToPage = { type: "picture", source, directed, nodes, links, note: "" };
      await page.evaluate(
        (picture) =>
          new Promise<void>((resolve) => {
            const place = document.querySelector("#picture");
            if (place === null) throw new Error("The page has no place for a picture");
            const observer = new MutationObserver(() => {
              observer.disconnect();
              // A frame that begins after this one has it painted.
              requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
            });
            observer.observe(place, { childList: true });
            window.postMessage(picture);
          }),
        message,
      );
    },
    async close() {
      await context.close();
      await rm(folder, { recursive: true });
    },
  };
}
