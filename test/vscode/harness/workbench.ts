import { mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errors, type Frame, type Locator, type Page } from "playwright-core";
import { root } from "./host.js";
import type { Server } from "./server.js";
import { Tour } from "./tour.js";
import { Tree } from "./tree.js";

/** What mermaid has drawn in a preview. Each drawing has an id of its own. */
const drawing = "#picture > svg";

/** The parts of VS Code's window that a person uses. Waits are for what the window shows, never for a time. */
export class Workbench {
  readonly page: Page;
  readonly tour: Tour;
  readonly #folder: string;

  private constructor(page: Page, folder: string) {
    this.page = page;
    this.tour = new Tour(this);
    this.#folder = folder;
  }

  /** Opens a folder of the server's machine. */
  static async open(page: Page, server: Server, folder: string): Promise<Workbench> {
    const url = new URL(server.url);
    url.searchParams.set("folder", folder);
    return Workbench.openAt(page, url, folder);
  }

  /** Resolves when the window is up and its extensions are known. @param folder the path of the folder that it shows. */
  static async openAt(page: Page, url: URL, folder: string): Promise<Workbench> {
    await page.goto(url.href, { waitUntil: "domcontentloaded" });
    await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 120_000 });
    for (const mark of ["code/didStartWorkbench", "code/didLoadExtensions"]) {
      await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, mark, { timeout: 120_000 });
    }
    return new Workbench(page, folder);
  }

  /** Runs a command through the palette, as a person does. */
  async command(title: string): Promise<void> {
    const input = await this.#quickInput("F1");
    await input.fill(`>${title}`);
    await this.pick(title);
  }

  /** Takes an entry of the quick pick that is open. */
  async pick(text: string): Promise<void> {
    await this.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: text }).first().click();
  }

  /** Opens a file of the workspace by its path. */
  async openFile(name: string): Promise<void> {
    const input = await this.#quickInput("Control+p");
    await input.fill(name);
    // Rows of the text before are still there for a moment: the one that is meant is clicked, whatever stands first.
    const label = this.page.locator(".label-name").getByText(basename(name), { exact: true });
    const rows = this.page.locator(".quick-input-list .monaco-list-row").filter({ has: label });
    const folder = dirname(name) === "." ? "" : dirname(name);
    await rows.filter({ hasText: folder }).first().click();
    await this.editor(name).waitFor();
  }

  /** Opens a file of the workspace's first level from the explorer: not every file system can be searched. */
  async openFromExplorer(name: string): Promise<void> {
    await this.page.locator(".explorer-folders-view .monaco-list-row").getByText(name, { exact: true }).dblclick();
    await this.editor(name).waitFor();
  }

  /** The text editor that shows a file of the workspace, by its path. */
  editor(name: string): Locator {
    return this.page.locator(`.editor-instance .monaco-editor[data-uri$="${this.#folder}/${name}"]`);
  }

  /** The text editor that shows a text which is no file of the workspace. */
  virtualEditor(scheme: string): Locator {
    return this.page.locator(`.editor-instance .monaco-editor[data-uri^="${scheme}:"]`);
  }

  /** Saves what is in the active editor; resolves when the file holds it. */
  async save(name: string): Promise<void> {
    await this.page.keyboard.press("Control+s");
    await this.page
      .locator(`.tab.dirty[data-resource-name="${basename(name)}"]`)
      .first()
      .waitFor({ state: "detached" });
  }

  /** Takes back the last change of the file in front, which has just been saved. */
  async undo(name: string): Promise<void> {
    await this.page.keyboard.press("Control+z");
    await this.page
      .locator(`.tab.active.dirty[data-resource-name="${basename(name)}"]`)
      .first()
      .waitFor();
  }

  squiggles(name: string, kind: "error" | "warning" = "error"): Locator {
    return this.editor(name).locator(`.view-overlays .cdr.squiggly-${kind}`);
  }

  /** The characters that a squiggle lies under, by their places on the screen. */
  async textUnder(squiggle: Locator): Promise<string> {
    const box = await squiggle.boundingBox();
    if (box === null) throw new Error("The squiggle is not on the screen");
    const under = await squiggle.evaluate(
      (element, { left, right, y }) => {
        const lines = [...(element.closest(".monaco-editor")?.querySelectorAll(".view-line") ?? [])];
        const line = lines.find((candidate) => {
          const { top, bottom } = candidate.getBoundingClientRect();
          return top <= y && y <= bottom;
        });
        if (line === undefined) return "";
        let text = "";
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          for (let i = 0; i < (node.textContent ?? "").length; i++) {
            const range = document.createRange();
            range.setStart(node, i);
            range.setEnd(node, i + 1);
            const { left: from, right: to } = range.getBoundingClientRect();
            const middle = (from + to) / 2;
            if (left <= middle && middle <= right) text += (node.textContent ?? "").charAt(i);
          }
        }
        return text;
      },
      { left: box.x, right: box.x + box.width, y: box.y + box.height / 2 },
    );
    return under.replaceAll("\u00a0", " ");
  }

  statusBar(text: string): Locator {
    return this.page.locator(".statusbar-item").filter({ hasText: text });
  }

  /** Puts the cursor at a line and column, both from 1. */
  async goto(line: number, column: number): Promise<void> {
    const input = await this.#quickInput("Control+g");
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await input.waitFor({ state: "hidden" });
    await this.statusBar(`Ln ${line}, Col`).waitFor();
    await this.page.locator(".editor-instance .monaco-editor.focused").first().waitFor();
  }

  /**
   * Opens the list of quick fixes at the cursor and takes the one with this text. The editor gives a list up, asked for or
   * open, when it asks for what the light bulb has to show, which it does a moment after each change: then it is asked for again.
   * `look` is called with the list while it is open.
   */
  async quickFix(text: string, look?: (list: Locator) => Promise<void>): Promise<void> {
    const list = this.page.locator(".action-widget .monaco-list");
    const row = list.locator(".monaco-list-row").filter({ hasText: text }).first();
    await this.page.locator(".monaco-editor.focused .lightBulbWidget").first().waitFor();
    await this.#open("Control+.", row);
    // Until the list has the focus, keys go to the text.
    await this.until(
      () => list.evaluate((element) => element.contains(document.activeElement) || undefined),
      "the focus in the list of quick fixes",
    );
    await this.until(async () => {
      if (await row.evaluate((element) => element.classList.contains("focused"))) return true;
      await this.page.keyboard.press("ArrowDown");
      return undefined;
    }, `the quick fix ${text}`);
    await look?.(list);
    await this.page.keyboard.press("Enter");
    await list.waitFor({ state: "detached" });
  }

  /** Labels of the completion list that is open. */
  get suggestions(): Locator {
    return this.page.locator(".suggest-widget.visible .monaco-list-row .label-name");
  }

  /**
   * Rests the mouse on a value of a manifest; resolves with the hover that holds `content`. What comes after the file is open is
   * waited for: the lenses, which push the lines down, and colours, without which the line is one piece and not the value
   * but the line's middle would be pointed at.
   */
  async hoverOver(name: string, value: string, content: string): Promise<Locator> {
    const editor = this.editor(name);
    await editor.locator(".codelens-decoration").filter({ hasText: "Deploy" }).first().waitFor();
    await editor
      .locator(".view-line")
      .getByText(new RegExp(`^"?${value}"?$`))
      .first()
      .hover();
    return this.#hover(content);
  }

  /** Shows what there is to say at the cursor; resolves with the hover that holds `content`. */
  async hoverAtCursor(content: string): Promise<Locator> {
    await this.command("Show or Focus Hover");
    return this.#hover(content);
  }

  async #hover(content: string): Promise<Locator> {
    const hover = this.page.locator(".monaco-hover:not(.hidden) .hover-contents").filter({ hasText: content }).first();
    await hover.waitFor();
    return hover;
  }

  /** The numbers on the icons of the activity bar. */
  get badges(): Locator {
    return this.page.locator(".activitybar .badge-content");
  }

  /** A tree of the side bar, by the title of its view. */
  tree(title: string): Tree {
    return new Tree(this.page, title);
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator(".notification-toast").filter({ hasText: text });
  }

  get dialog(): Locator {
    return this.page.locator(".monaco-dialog-box");
  }

  /** The frame of a webview whose page holds `selector`; resolves when there is one. */
  async webview(selector: string): Promise<Frame> {
    return this.until(async () => {
      for (const frame of this.page.frames()) {
        if (frame !== this.page.mainFrame() && (await holds(frame, selector))) return frame;
      }
      return undefined;
    }, `a webview with ${selector}`);
  }

  /**
   * Has the browser prefer light or dark, which the window follows. Nothing loses its focus, and what is open stays so. Resolves
   * when the window and the pages in it have the theme, and pictures that are drawn in its colours are drawn anew.
   */
  async prefer(scheme: "dark" | "light"): Promise<void> {
    const pages = this.page.frames().filter((frame) => frame !== this.page.mainFrame());
    const drawings = await Promise.all(pages.map((frame) => drawingIn(frame)));
    await this.page.emulateMedia({ colorScheme: scheme });
    await this.page.locator(scheme === "dark" ? ".monaco-workbench.vs-dark" : ".monaco-workbench.vs").waitFor();
    for (const [index, frame] of pages.entries()) {
      if (!(await holds(frame, "body[data-vscode-theme-id]"))) continue;
      await frame.locator(`body.vscode-${scheme}`).waitFor();
      const before = drawings[index] ?? "";
      if (before !== "") await frame.locator(`${drawing}:not([id="${before}"])`).waitFor();
    }
  }

  /** Text of the terminal in front, also what has scrolled away. */
  terminalText(): Promise<string> {
    return this.page.evaluate(() => {
      interface Buffer {
        readonly length: number;
        getLine(index: number): { translateToString(trim: boolean): string } | undefined;
      }
      const wrapper = document.querySelector<HTMLElement & { xterm?: { buffer: { active: Buffer } } }>(
        ".terminal-wrapper.active",
      );
      const buffer = wrapper?.xterm?.buffer.active;
      const lines: string[] = [];
      for (let i = 0; i < (buffer?.length ?? 0); i++) lines.push(buffer?.getLine(i)?.translateToString(true) ?? "");
      return lines.join("\n").trimEnd();
    });
  }

  /** Resolves with the terminal's text when it matches. */
  waitForTerminal(pattern: RegExp, timeout = 60_000): Promise<string> {
    return this.until(
      async () => {
        const text = await this.terminalText();
        return pattern.test(text) ? text : undefined;
      },
      `${String(pattern)} in the terminal`,
      timeout,
    );
  }

  async typeInTerminal(text: string): Promise<void> {
    await this.page.locator(".terminal-wrapper.active .xterm-helper-textarea").focus();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press("Enter");
  }

  /** Asks at every frame of the page until there is an answer. */
  async until<T>(ask: () => Promise<T | undefined>, what: string, timeout = 60_000): Promise<T> {
    const end = Date.now() + timeout;
    for (;;) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      if (Date.now() > end) throw new Error(`Not seen in ${timeout / 1000} s: ${what}`);
      await this.page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }

  /** Keeps a picture of the window in out/screenshots. */
  async screenshot(name: string): Promise<void> {
    const folder = join(root, "out/screenshots");
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  /** Keeps a picture of the window at the end of a test that failed. */
  async keepIfFailed({
    name,
    result,
  }: {
    readonly name: string;
    readonly result?: { readonly state: string };
  }): Promise<void> {
    if (result?.state === "fail") await this.screenshot(`failed ${name.replaceAll(/[^\w ]/g, "")}`);
  }

  /** The palette's or a quick pick's input. */
  #quickInput(key: string): Promise<Locator> {
    return this.#open(key, this.page.locator(".quick-input-widget input.input"));
  }

  /**
   * Presses a key that opens something; resolves when that is seen. A key is lost while the window is still settling; it is
   * pressed again only when it opened nothing, because a second press in an open list takes the list's next entry.
   */
  #open(key: string, opened: Locator): Promise<Locator> {
    return this.until(async () => {
      await this.page.keyboard.press(key);
      if (await seen(opened)) return opened;
      await this.page.keyboard.press("Escape");
      return undefined;
    }, `what ${key} opens`);
  }
}

async function seen(locator: Locator): Promise<boolean> {
  try {
    await locator.waitFor({ timeout: 5000 });
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}

async function holds(frame: Frame, selector: string): Promise<boolean> {
  try {
    return (await frame.locator(selector).count()) > 0;
  } catch (error) {
    if (frame.isDetached()) return false;
    throw error;
  }
}

async function drawingIn(frame: Frame): Promise<string> {
  return (await holds(frame, drawing)) ? ((await frame.locator(drawing).getAttribute("id")) ?? "") : "";
}
