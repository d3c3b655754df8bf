import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  CanvasView,
  canRunVscode,
  openEditor,
  TextBeside,
  type EditorSession,
  type Workbench,
} from "./harness/index.js";
import { campus } from "./samples.js";

const reason = canRunVscode();
const file = "campus.lab.toml";

describe.skipIf(reason !== undefined)(`the canvas${reason === undefined ? "" : ` (${reason})`}`, () => {
  let session: EditorSession;
  let workbench: Workbench;
  let canvas: CanvasView;
  let text: TextBeside;

  beforeAll(async () => {
    session = await openEditor({ files: { [file]: campus } });
    workbench = session.workbench;
    text = new TextBeside(session, file);
    await workbench.openFile(file);
    await workbench.command("View: Toggle Primary Side Bar Visibility");
    await workbench.command("Labscape: Open Canvas to the Side");
    canvas = await CanvasView.of(workbench);
  });

  afterEach(({ task }) => workbench.keepIfFailed(task));

  afterAll(() => session.close());

  /** Takes steps back from the text's side until the file is as it was. */
  const undoAll = async (): Promise<void> => {
    await text.undoTo(campus, "name = ");
    await expect.poll(() => canvas.names()).toEqual(["db", "edge", "internet", "leaf1", "leaf2", "office", "web"]);
  };

  /** The part of the window that shows the canvas. */
  const stage = (): Locator => workbench.page.locator(".editor-group-container").last();

  describe("shows", () => {
    it("nodes, bridges, groups, cables and the ports at their ends", async () => {
      expect(await canvas.names()).toEqual(["db", "edge", "internet", "leaf1", "leaf2", "office", "web"]);
      expect(await canvas.cables.count()).toBe(8);
      const cable = canvas.cables.filter({ hasText: "peer" });
      expect(await cable.locator(".port").allTextContents()).toEqual(["swp2", "swp2"]);
      expect(await canvas.frame.locator(".frame .title").allTextContents()).toEqual(["leaf", "servers"]);
      expect(await canvas.thing("edge").getAttribute("aria-label")).toMatch(/^edge, FRR.*, 3 cables$/);
      await workbench.screenshot("canvas-dark");
      await workbench.tour.picture("canvas", [workbench.page.locator(".part.editor")]);
    });

    it("each keystroke, and the last picture in grey while a line is half typed", async () => {
      await text.focus("name = ");
      await workbench.goto(9, 1);
      await workbench.page.keyboard.press("End");
      await workbench.page.keyboard.type('\n{ name = "log", model = "tiny_linux" },');
      await canvas.thing("log").waitFor();
      await workbench.goto(6, 19);
      await workbench.page.keyboard.press("Backspace");
      await canvas.frame.locator("#held").filter({ hasText: "last complete picture" }).waitFor();
      expect(await canvas.names()).toContain("leaf1");
      await workbench.screenshot("canvas-half-typed");
      await workbench.command("Revert File");
      await canvas.frame.locator("#held:empty").waitFor({ state: "attached" });
      await canvas.thing("log").waitFor({ state: "detached" });
    });

    it("what is searched", async () => {
      await canvas.frame.locator("#find").click();
      await canvas.frame.locator(".find input").fill("cumulus");
      await canvas.frame.locator(".find .count").filter({ hasText: "2 found" }).waitFor();
      expect(await canvas.picked()).toEqual(["leaf1", "leaf2"]);
      await workbench.tour.picture("canvas-find", [stage()]);
      await workbench.page.keyboard.press("Escape");
      await canvas.frame.locator(".find").waitFor({ state: "detached" });
    });

    it("where a node is written", async () => {
      await canvas.card("web").click({ button: "right" });
      await workbench.screenshot("canvas-menu");
      await canvas.choose("Show in the Text");
      await workbench.statusBar("Ln 8, Col").waitFor();
    });
  });

  describe("changes the text", () => {
    afterEach(undoAll);

    it("by a device model that is dragged onto it", async () => {
      await canvas.openPalette();
      await canvas.frame.locator("#palette-search").fill("tiny");
      await canvas.drag(canvas.frame.locator(".offer[data-name=tiny_linux]"), { x: 250, y: 300 });
      await expect.poll(async () => (await canvas.picked()).length).toBe(1);
      const [name = ""] = await canvas.picked();
      await workbench.screenshot("canvas-palette");
      await workbench.tour.picture("canvas-palette", [stage()]);
      await text.line(`"${name}"`).first().waitFor();
      await canvas.frame.locator("#toggle-palette").click();
    });

    it("by an external network that is dragged onto it: which one is said at once, and cables lead to it", async () => {
      await canvas.openPalette();
      await canvas.frame.locator("#palette-search").fill("external");
      await canvas.drag(canvas.frame.locator(".offer[data-name=external]"), { x: 250, y: 200 });
      await canvas.thing("br0").waitFor();
      const field = canvas.frame.locator(".text-field input:focus");
      expect(await field.inputValue()).toBe("br0");
      await workbench.screenshot("canvas-external");
      await field.fill("br-lab");
      await workbench.page.keyboard.press("Enter");
      await canvas.thing("br0").and(canvas.frame.locator("[aria-label*=br-lab]")).waitFor();
      await canvas.frame.locator("#toggle-palette").click();
      await canvas.drawCable("br0", "db");
      await canvas.frame.locator(".ports select[data-end=src]").waitFor();
      expect(await session.saved(file)).toContain('{ name = "br0", external = "br-lab", links = ["db::eth3"] }');
    });

    it("by a bridge that is dragged onto it, joined to a network of the host and taken off it again", async () => {
      await canvas.openPalette();
      await canvas.frame.locator("#palette-search").fill("bridge");
      await canvas.drag(canvas.frame.locator(".offer[data-name=bridge]"), { x: 250, y: 200 });
      await canvas.thing("lan1").waitFor();
      await canvas.frame.locator("#toggle-palette").click();
      await canvas.drawCable("web", "lan1");
      await canvas.frame.locator(".ports select[data-end=src]").waitFor();
      await workbench.page.keyboard.press("Escape");
      await canvas.card("lan1").click();
      await workbench.page.keyboard.press("e");
      await canvas.frame.locator(".text-field input:focus").fill("virbr0");
      await workbench.page.keyboard.press("Enter");
      await canvas.thing("lan1").and(canvas.frame.locator(".external")).waitFor();
      expect(await session.saved(file)).toContain('{ name = "lan1", links = ["web::eth3"], external = "virbr0" }');
      await canvas.card("lan1").click({ button: "right" });
      await canvas.choose("Join a Network");
      await canvas.frame.locator(".text-field input:focus").fill("");
      await workbench.page.keyboard.press("Enter");
      await canvas.thing("lan1").and(canvas.frame.locator(":not(.external)")).waitFor();
      expect(await session.saved(file)).toContain('{ name = "lan1", links = ["web::eth3"] }');
    });

    it("by a cable that is drawn from node to node; its ports can be chosen at once", async () => {
      await canvas.drawCable("edge", "web", () => workbench.tour.picture("canvas-cable", [stage()]));
      await canvas.frame.locator(".ports").waitFor();
      await workbench.screenshot("canvas-cable");
      await workbench.tour.picture("canvas-ports", [stage()]);
      const port = canvas.frame.locator(".ports select[data-end=dst]");
      expect(await port.inputValue()).toBe("eth3");
      await port.selectOption("eth4");
      await text.line('"web::eth4"').waitFor();
      // The ports are shown again, for the other end, and take the focus: only then keys go elsewhere.
      await expect.poll(() => canvas.frame.locator(".ports select[data-end=dst]:visible").inputValue()).toBe("eth4");
      await canvas.frame.locator(".ports select:focus").waitFor();
      await workbench.page.keyboard.press("Escape");
      await canvas.frame.locator(".ports").waitFor({ state: "detached" });
      expect(await session.saved(file)).toContain('{ src = "edge::eth4", dst = "web::eth4" }');
    });

    it("by a node that is moved, and undone in the text it stands where it stood", async () => {
      const before = await canvas.place("edge");
      // By its upper edge, which the plug for cables stands over.
      await canvas.thing("edge").hover();
      await canvas.drag(canvas.card("edge"), { x: 60, y: -40 }, 0.1);
      await text.line("[diagram").first().waitFor();
      const after = await canvas.place("edge");
      expect(after).not.toBe(before);
      const saved = await session.saved(file);
      const [, x = "", y = ""] = /\((-?\d+) (-?\d+)\)/.exec(after) ?? [];
      expect(saved).toMatch(new RegExp(`edge.*x = ${x}, y = ${y}`));
      expect(saved.startsWith(campus.trimEnd())).toBe(true);
      await undoAll();
      await expect.poll(() => canvas.place("edge")).toBe(before);
    });

    it("by several that are picked and deleted", async () => {
      await canvas.card("leaf1").click();
      await canvas.card("leaf2").click({ modifiers: ["Shift"] });
      expect(await canvas.picked()).toEqual(["leaf1", "leaf2"]);
      await workbench.page.keyboard.press("Delete");
      await canvas.thing("leaf1").waitFor({ state: "detached" });
      expect(await canvas.names()).not.toContain("leaf2");
      const saved = await session.saved(file);
      expect(saved).not.toContain("leaf1");
      expect(saved).toContain("# the shop");
    });

    it("by a new name typed in place, in every cable too", async () => {
      await canvas.card("web").click();
      await workbench.page.keyboard.press("F2");
      await canvas.frame.locator(".text-field input").fill("shop");
      await workbench.page.keyboard.press("Enter");
      await canvas.thing("shop").waitFor();
      expect(await session.saved(file)).toContain('dst = "shop::eth1"');
    });

    it("and says why it does not when it cannot", async () => {
      await canvas.card("web").click();
      await workbench.page.keyboard.press("F2");
      await canvas.frame.locator(".text-field input").fill("db");
      await workbench.page.keyboard.press("Enter");
      await canvas.frame.locator("#message").filter({ hasText: "db" }).waitFor();
      await workbench.screenshot("canvas-refused");
    });

    it("by several that are boxed and duplicated, with the cables among them", async () => {
      await workbench.page.keyboard.press("Escape");
      await canvas.boxAll();
      expect(await canvas.picked()).toEqual(["db", "edge", "internet", "leaf1", "leaf2", "office", "web"]);
      await workbench.page.keyboard.press("Control+d");
      await expect.poll(async () => (await canvas.picked()).length).toBe(5);
      expect((await canvas.names()).length).toBe(12);
      await workbench.screenshot("canvas-duplicated");
    });

    it("in two views, which stay in step", async () => {
      await canvas.activate("edge");
      await workbench.command("Labscape: Open Canvas to the Side");
      const other = await CanvasView.beside(workbench, canvas);
      await other.activate("edge");
      await workbench.page.keyboard.press("Control+ArrowRight");
      await text.line("[diagram").first().waitFor();
      const place = await other.place("edge");
      await expect.poll(() => canvas.place("edge")).toBe(place);
      await workbench.screenshot("canvas-two-views");
      await workbench.command("View: Close Editor");
      await expect.poll(() => other.frame.isDetached()).toBe(true);
    });

    it("with the keyboard only: find, add, cable, move, rename, delete, undo", async () => {
      const { keyboard } = workbench.page;
      await canvas.card("edge").click();
      await keyboard.press("a");
      await canvas.frame.locator("#palette-search:focus").waitFor();
      await keyboard.type("tiny");
      await canvas.frame.locator(".offer[data-name=tiny_linux][aria-selected=true]").waitFor();
      await keyboard.press("Enter");
      await expect.poll(async () => (await canvas.names()).length).toBe(8);
      await canvas.frame.locator("#stage .thing:focus[aria-selected=true]").waitFor();
      const [name = ""] = await canvas.picked();
      expect(name).not.toBe("edge");
      await keyboard.press("c");
      await canvas.frame.locator("#stage .thing.source").waitFor();
      for (let found = name; found === name; found = await canvas.focused()) await keyboard.press("ArrowUp");
      const other = await canvas.focused();
      await keyboard.press("Enter");
      await canvas.frame.locator(".ports select:focus").waitFor();
      await keyboard.press("Escape");
      await canvas.frame.locator(".ports").waitFor({ state: "detached" });
      expect(await session.saved(file)).toMatch(new RegExp(`${name}.*${other}`));
      await keyboard.press("Escape");
      await canvas.thing(other).and(canvas.frame.locator("[aria-selected=true]:focus")).waitFor();
      await keyboard.press("Control+ArrowLeft");
      await text.line("[diagram.nodes]").waitFor();
      await keyboard.press("F2");
      await canvas.frame.locator(".text-field input:focus").fill("shop");
      await keyboard.press("Enter");
      await canvas.frame.locator('#stage .thing[data-name="shop"]:focus').waitFor();
      await keyboard.press("Delete");
      await canvas.thing("shop").waitFor({ state: "detached" });
      // The focus goes to what stood nearest, so that the keys go on.
      await canvas.frame.locator("#stage .thing:focus").waitFor();
      await keyboard.press("Control+z");
      await canvas.thing("shop").waitFor();
      await keyboard.press("Control+z");
      await canvas.thing(other).waitFor();
      await keyboard.press("Control+Shift+z");
      await canvas.thing("shop").waitFor();
    });
  });

  it.each([
    ["light", "Light Modern", "vscode-light"],
    ["high-contrast", "Dark High Contrast", "vscode-high-contrast"],
  ])("takes the theme: %s", async (name, theme, mark) => {
    await workbench.command("Preferences: Color Theme");
    await workbench.page.keyboard.type(theme);
    await workbench.pick(theme);
    await canvas.frame.locator(`body.${mark}`).waitFor();
    await canvas.card("leaf1").click();
    await canvas.frame.locator("#stage .handle").waitFor();
    await workbench.screenshot(`canvas-${name}`);
    if (name === "high-contrast") await workbench.tour.pictureAsItIs("canvas-high-contrast", [stage()]);
  });

  it("asks no other machine for anything, and no script complains", () => {
    expect(session.window.outside).toEqual([]);
    expect(session.window.complaints).toEqual([]);
  });
});
