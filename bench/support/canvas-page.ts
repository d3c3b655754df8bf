import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { canvasHtml } from "../../client/src/canvas/html.js";
import type { Picture, ToPage } from "../../client/src/canvas/messages.js";

/** What the page's own script finds in the window of this benchmark. */
interface BenchWindow {
  /** Milliseconds from the page's start to when its picture was painted. */
  painted?: number;
  /** Milliseconds between the frames of the drag. */
  frameTimes: number[];
}

export interface CanvasPage {
  readonly firstPaint: number;
  /** Drags a node about and gives the milliseconds between the frames that were drawn meanwhile. */
  dragFrames(node: string): Promise<readonly number[]>;
  /** Milliseconds from a message to when what it tells was painted. */
  painting(message: ToPage): Promise<number>;
  close(): Promise<void>;
}

/** Opens the canvas' page as the extension does, with a stand-in for the extension that shows one picture. */
export async function openCanvasPage(browser: Browser, root: string, picture: Picture): Promise<CanvasPage> {
  const folder = await mkdtemp(path.join(tmpdir(), "labscape-canvas-"));
  const file = path.join(folder, "canvas.html");
  const text = "text";
  await writeFile(
    file,
    canvasHtml({
      language: "en",
      script: pathToFileURL(process.env["BENCH_CANVAS"] ?? "").href,
      styles: ["page.css", "canvas.css"].map((sheet) => pathToFileURL(path.join(root, "media", sheet)).href),
      styleSource: "file:",
      nonce: "bench",
      manifest: "file:///bench/lab.toml",
      texts: {
        picture: text,
        zoomIn: text,
        zoomOut: text,
        fit: text,
        find: text,
        arrange: text,
        palette: text,
        search: text,
        togglePalette: text,
        nothing: text,
        how: text,
        minimap: text,
      },
      pageTexts: { cables: text, cableName: text, held: text, oneCable: text, things: text },
    }),
  );
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript((shown) => {
    const own = window as Window & Partial<BenchWindow> & { acquireVsCodeApi?: () => object };
    own.acquireVsCodeApi = () => ({
      setState: () => undefined,
      getState: () => undefined,
      postMessage({ type }: { readonly type: string }) {
        if (type !== "ready") return;
        window.postMessage({ type: "picture", picture: shown, held: false });
        window.addEventListener("message", () =>
          requestAnimationFrame(() => {
            // A message after the frame's callbacks is handled when the frame has been painted.
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => (own.painted ??= performance.now());
            port2.postMessage(null);
          }),
        );
      },
    });
  }, picture);
  await page.goto(pathToFileURL(file).href);
  const painted = await page.waitForFunction(() => (window as Window & Partial<BenchWindow>).painted);
  const firstPaint = (await painted.jsonValue()) ?? NaN;
  return {
    firstPaint,
    async dragFrames(node) {
      const box = await page.locator(`.thing[data-name=${node}] .card`).boundingBox();
      if (box === null) throw new Error(`${node} is not on the screen`);
      const { x, y } = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 10, y + 10);
      await page.evaluate(() => {
        const own = window as Window & Partial<BenchWindow>;
        const frames: number[] = (own.frameTimes = []);
        let last = performance.now();
        const count = (): void => {
          const now = performance.now();
          frames.push(now - last);
          last = now;
          requestAnimationFrame(count);
        };
        requestAnimationFrame(count);
      });
      for (let step = 1; step <= 60; step++) await page.mouse.move(x + 10 + step * 4, y + 10 + step * 2);
      const frames = await page.evaluate(() => (window as Window & Partial<BenchWindow>).frameTimes ?? []);
      await page.mouse.up();
      return frames;
    },
    async painting(message) {
      return page.evaluate(
        (sent) =>
          new Promise<number>((resolve) => {
            const start = performance.now();
            window.postMessage(sent);
            window.addEventListener(
              "message",
              () =>
                requestAnimationFrame(() => {
                  const { port1, port2 } = new MessageChannel();
                  port1.onmessage = () => resolve(performance.now() - start);
                  port2.postMessage(null);
                }),
              { once: true },
            );
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
