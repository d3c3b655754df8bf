import type { Frame, Locator } from "playwright-core";
import type { Workbench } from "./workbench.js";

/** A canvas in the window, as a person's mouse and eyes meet it. */
export class CanvasView {
  readonly frame: Frame;
  readonly #workbench: Workbench;

  private constructor(workbench: Workbench, frame: Frame) {
    this.#workbench = workbench;
    this.frame = frame;
  }

  /** The canvas that is open; resolves when it has drawn something. */
  static async of(workbench: Workbench): Promise<CanvasView> {
    return new CanvasView(workbench, await workbench.webview("#stage .thing"));
  }

  /** Another canvas in the window. */
  static async beside(workbench: Workbench, known: CanvasView): Promise<CanvasView> {
    return workbench.until(async () => {
      for (const frame of workbench.page.frames()) {
        const isOther = frame !== known.frame && !frame.isDetached();
        if (isOther && (await frame.locator("#stage .thing").count()) > 0) return new CanvasView(workbench, frame);
      }
      return undefined;
    }, "a second canvas");
  }

  thing(name: string): Locator {
    return this.frame.locator(`#stage .thing[data-name="${name}"]`);
  }

  get cables(): Locator {
    return this.frame.locator("#stage .cable");
  }

  /** The cables with a port of this name at one of their ends. */
  cable(port: string): Locator {
    return this.cables.filter({ has: this.frame.locator(".port").getByText(port, { exact: true }) });
  }

  /**
   * Picks a thing with the mouse; resolves when the canvas' group, the one farthest right, is the window's active one: commands
   * go by that, and the window hears of it from the canvas' page.
   */
  async activate(name: string): Promise<void> {
    await this.card(name).click();
    const group = this.#workbench.page.locator(".editor-group-container").last();
    await group.and(this.#workbench.page.locator(".active")).waitFor();
  }

  /** Names of the things, sorted. */
  names(): Promise<string[]> {
    return this.frame
      .locator("#stage .thing")
      .evaluateAll((things) => things.map((thing) => thing.getAttribute("data-name") ?? "").sort());
  }

  /** Names of the things that are picked. */
  picked(): Promise<string[]> {
    return this.frame
      .locator("#stage .thing[aria-selected=true]")
      .evaluateAll((things) => things.map((thing) => thing.getAttribute("data-name") ?? "").sort());
  }

  /** Where a thing stands, as it is drawn. */
  async place(name: string): Promise<string> {
    return (await this.thing(name).getAttribute("transform")) ?? "";
  }

  /**
   * Drags from the middle of one element by or to somewhere, in several steps as a hand does.
   *
   * @param down how far down the element is taken: 0 at its upper edge, 1 at the lower one
   * @param look is called before the hand lets go
   */
  async drag(
    from: Locator,
    to: Locator | { readonly x: number; readonly y: number },
    down = 0.5,
    look?: () => Promise<void>,
  ): Promise<void> {
    const { mouse } = this.#workbench.page;
    const start = await middle(from, down);
    const end = "x" in to ? { x: start.x + to.x, y: start.y + to.y } : await middle(to);
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2);
    await mouse.move(end.x, end.y, { steps: 3 });
    await look?.();
    await mouse.up();
  }

  /** Drags, and presses Shift on the way; `seen` looks on before it is let go. */
  async dragWithShift(
    from: Locator,
    to: Locator | { readonly x: number; readonly y: number },
    seen: () => Promise<void>,
  ): Promise<void> {
    const { mouse, keyboard } = this.#workbench.page;
    const start = await middle(from);
    const end = "x" in to ? { x: start.x + to.x, y: start.y + to.y } : await middle(to);
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2);
    await mouse.move(end.x, end.y, { steps: 3 });
    await keyboard.down("Shift");
    await seen();
    await mouse.up();
    await keyboard.up("Shift");
  }

  /** Draws a cable: the handle of one thing is dragged to another. */
  async drawCable(from: string, to: string, look?: () => Promise<void>): Promise<void> {
    await this.thing(from).hover();
    await this.drag(this.thing(from).locator(".handle circle"), this.thing(to).locator(".card"), 0.5, look);
  }

  /** The frame of a group. */
  group(name: string): Locator {
    return this.frame.locator(`#stage .frame[data-group="${name}"]`);
  }

  /** Where a thing stands, in the manifest's units. */
  async point(name: string): Promise<{ readonly x: number; readonly y: number }> {
    const [, x = "", y = ""] = /\((-?[\d.]+) (-?[\d.]+)\)/.exec(await this.place(name)) ?? [];
    return { x: Number(x), y: Number(y) };
  }

  /** How large the canvas shows things; 1 is their own size. */
  async scale(): Promise<number> {
    const transform = (await this.frame.locator("#stage .world").getAttribute("transform")) ?? "";
    return Number(/scale\(([\d.]+)\)/.exec(transform)?.[1]);
  }

  /** Whether a thing stands in the part of the lab that is seen. */
  async isSeen(name: string): Promise<boolean> {
    const [thing, stage] = await Promise.all(
      [this.card(name), this.frame.locator("#stage")].map((each) => middle(each)),
    );
    const size = await this.frame.locator("#stage").boundingBox();
    if (thing === undefined || stage === undefined || size === null) return false;
    return Math.abs(thing.x - stage.x) < size.width / 2 && Math.abs(thing.y - stage.y) < size.height / 2;
  }

  /** Presses the right button where nothing is: in the lower left corner of the stage. */
  async canvasMenu(): Promise<void> {
    const box = await this.frame.locator("#stage").boundingBox();
    if (box === null) throw new Error("The stage is not on the screen");
    await this.#workbench.page.mouse.click(box.x + 12, box.y + box.height - 12, { button: "right" });
  }

  /** Name of the thing that has the focus; empty when none has. */
  focused(): Promise<string> {
    return this.frame
      .locator("#stage")
      .evaluate((stage) => stage.querySelector(".thing:focus")?.getAttribute("data-name") ?? "");
  }

  async openPalette(): Promise<void> {
    const palette = this.frame.locator("#palette");
    if (await palette.isHidden()) await this.frame.locator("#toggle-palette").click();
    await palette.locator(".offer").first().waitFor();
  }

  /** Draws a box around everything, from corner to corner of the stage. */
  async boxAll(): Promise<void> {
    const { mouse } = this.#workbench.page;
    const box = await this.frame.locator("#stage").boundingBox();
    if (box === null) throw new Error("The stage is not on the screen");
    await mouse.move(box.x + 4, box.y + 4);
    await mouse.down();
    await mouse.move(box.x + 40, box.y + 40);
    await mouse.move(box.x + box.width - 4, box.y + box.height - 60, { steps: 3 });
    await mouse.up();
  }

  card(name: string): Locator {
    return this.thing(name).locator(".card");
  }

  /** Takes an entry of the menu that is open. */
  async choose(label: string): Promise<void> {
    await this.frame.locator(".menu [role=menuitem]").filter({ hasText: label }).first().click();
  }
}

async function middle(element: Locator, down = 0.5): Promise<{ x: number; y: number }> {
  const box = await element.boundingBox();
  if (box === null) throw new Error("The element is not on the screen");
  return { x: box.x + box.width / 2, y: box.y + box.height * down };
}
