import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CDPSession, Locator } from "playwright-core";
import { root } from "./host.js";
import type { Workbench } from "./workbench.js";

const folder = join(root, "docs/images/tour");
/** Captures of a window in which something moves for ever, a bar of progress for instance, before the last one is taken. */
const patience = 6;

/** Whether the pictures of docs/tour.md are wanted: `npm run tour`. */
const wanted = process.env["TOUR"] !== undefined;

/** Pixels that a picture has at most, from its left upper corner on. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Takes the pictures of docs/tour.md while tests are at what they show. A test goes on as if nothing had been. */
export class Tour {
  readonly #workbench: Workbench;
  #session: Promise<CDPSession> | undefined;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** Writes NAME-dark.webp and NAME-light.webp: of the parts of the window, or of the whole window when none is named. */
  async picture(name: string, parts: readonly Locator[], most?: Size): Promise<void> {
    if (!wanted) return;
    await this.#capture(`${name}-dark`, parts, most);
    await this.#workbench.prefer("light");
    await this.#capture(`${name}-light`, parts, most);
    await this.#workbench.prefer("dark");
  }

  /** Writes NAME.webp, in the theme that the window has. */
  async pictureAsItIs(name: string, parts: readonly Locator[], most?: Size): Promise<void> {
    if (wanted) await this.#capture(name, parts, most);
  }

  async #capture(name: string, parts: readonly Locator[], most?: Size): Promise<void> {
    const { x, y, width, height } = await this.#around(parts);
    const size = { width: Math.min(width, most?.width ?? width), height: Math.min(height, most?.height ?? height) };
    const clip = { x, y, ...size, scale: 1 };
    const { page } = this.#workbench;
    this.#session ??= page.context().newCDPSession(page);
    const session = await this.#session;
    const take = async (): Promise<string> =>
      (await session.send("Page.captureScreenshot", { format: "webp", quality: 80, clip })).data;
    let last = await take();
    for (let tries = 0; tries < patience; tries++) {
      const next = await take();
      if (next === last) break;
      last = next;
    }
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${name}.webp`), Buffer.from(last, "base64"));
  }

  /** The smallest part of the window with all the parts in it. */
  async #around(parts: readonly Locator[]): Promise<{ x: number; y: number; width: number; height: number }> {
    const window = this.#workbench.page.viewportSize() ?? { width: 0, height: 0 };
    const boxes = await Promise.all(parts.map((part) => part.boundingBox()));
    if (boxes.length === 0) return { x: 0, y: 0, ...window };
    const shown = boxes.filter((box) => box !== null);
    if (shown.length < boxes.length) throw new Error("A part of the picture is not on the screen");
    const x = Math.max(0, Math.min(...shown.map((box) => Math.floor(box.x))));
    const y = Math.max(0, Math.min(...shown.map((box) => Math.floor(box.y))));
    const right = Math.min(window.width, Math.max(...shown.map((box) => Math.ceil(box.x + box.width))));
    const bottom = Math.min(window.height, Math.max(...shown.map((box) => Math.ceil(box.y + box.height))));
    return { x, y, width: right - x, height: bottom - y };
  }
}
