import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame } from "playwright-core";
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
const sealed = "sealed.lab.toml";
const everything = ["db", "edge", "internet", "leaf1", "leaf2", "office", "web"];

describe.skipIf(reason !== undefined)(`arranging the canvas${reason === undefined ? "" : ` (${reason})`}`, () => {
  let session: EditorSession;
  let workbench: Workbench;
  let canvas: CanvasView;
  let text: TextBeside;
  let before: readonly string[];

  const places = (): Promise<readonly string[]> => Promise.all(everything.map((name) => canvas.place(name)));

  beforeAll(async () => {
    session = await openEditor({
      files: { [file]: campus, [sealed]: campus },
      settings: { "files.readonlyInclude": { [`**/${sealed}`]: true } },
    });
    workbench = session.workbench;
    text = new TextBeside(session, file);
    await workbench.openFile(file);
    await workbench.command("View: Toggle Primary Side Bar Visibility");
    await workbench.command("Labscape: Open Canvas to the Side");
    canvas = await CanvasView.of(workbench);
    before = await places();
  });

  afterEach(({ task }) => workbench.keepIfFailed(task));

  afterAll(() => session.close());

  describe("changes the text", () => {
    afterEach(async () => {
      await text.undoTo(campus, "name = ");
      await expect.poll(() => canvas.names()).toEqual(everything);
      await expect.poll(places).toEqual(before);
    });

    it("by a note that is written, moved, changed and deleted", async () => {
      const { keyboard } = workbench.page;
      const note = canvas.frame.locator("#stage .thing.note");
      await canvas.canvasMenu();
      await canvas.choose("Add Note");
      await canvas.frame.locator(".text-field textarea:focus").fill('rack "7"\nbehind the pillar');
      await keyboard.press("Control+Enter");
      await note.waitFor();
      expect(await session.saved(file)).toContain('text = "rack \\"7\\"\\nbehind the pillar"');
      await canvas.drag(note.locator(".card"), { x: 180, y: 60 });
      await text.line("[[diagram.notes]]").waitFor();
      const place = /\((-?\d+) (-?\d+)\)/.exec((await note.getAttribute("transform")) ?? "");
      const there = `x = ${place?.[1] ?? ""}\ny = ${place?.[2] ?? ""}\n`;
      await expect.poll(() => session.saved(file)).toContain(there);
      await workbench.screenshot("canvas-note");
      await workbench.tour.picture("canvas-note", [workbench.page.locator(".editor-group-container").last()]);
      await note.locator(".card").dblclick();
      const field = canvas.frame.locator(".text-field textarea:focus");
      expect(await field.inputValue()).toBe('rack "7"\nbehind the pillar');
      await field.fill("rack 8");
      await keyboard.press("Control+Enter");
      await note.filter({ hasText: "rack 8" }).waitFor();
      await keyboard.press("Delete");
      await note.waitFor({ state: "detached" });
      expect(await session.saved(file)).not.toContain("notes");
    });

    it("by a group that is made of what is picked, and renamed at its frame", async () => {
      await canvas.card("edge").click();
      await canvas.card("internet").click({ modifiers: ["Shift"] });
      await workbench.page.keyboard.press("g");
      await canvas.frame.locator(".text-field input:focus").fill("core");
      await workbench.page.keyboard.press("Enter");
      await canvas.group("core").waitFor();
      expect(await session.saved(file)).toContain('{ name = "edge", model = "frr_linux", group = "core" }');
      await canvas.group("core").locator(".title").dblclick();
      await canvas.frame.locator(".text-field input:focus").fill("wan");
      await workbench.page.keyboard.press("Enter");
      await canvas.group("wan").waitFor();
      const saved = await session.saved(file);
      expect(saved).toContain('group = "wan" }');
      expect(saved).toContain("[groups.wan]");
      expect(saved).not.toContain("core");
    });

    it("by nodes that are dragged into a group and out of it with Shift held; without, they only move", async () => {
      await canvas.drag(canvas.card("edge"), { x: 60, y: 150 });
      await text.line("[diagram.nodes]").waitFor();
      expect(await session.saved(file)).toContain('{ name = "edge", model = "frr_linux" }');
      const target = canvas.frame.locator("#message");
      await canvas.dragWithShift(canvas.card("edge"), { x: 250, y: 230 }, async () => {
        await target.filter({ hasText: "Into the group servers" }).waitFor();
        await canvas.group("servers").and(canvas.frame.locator(".target")).waitFor();
        await workbench.screenshot("canvas-into-group");
      });
      await text.line('group = "servers"').waitFor();
      await canvas.dragWithShift(canvas.card("db"), { x: -20, y: 130 }, async () => {
        await target.filter({ hasText: "Out of the group servers" }).waitFor();
      });
      await text.line('{ name = "db", model = "tiny_linux" }').waitFor();
      const saved = await session.saved(file);
      expect(saved).toContain('{ name = "edge", model = "frr_linux", group = "servers" }');
      expect(saved).toContain('{ name = "web", model = "tiny_linux", groups = ["servers"] }, # the shop');
    });

    it("by what is aligned, and spaced evenly", async () => {
      await canvas.card("leaf1").click();
      for (const name of ["web", "db"]) await canvas.card(name).click({ modifiers: ["Shift"] });
      const align = async (how: string): Promise<readonly { x: number; y: number }[]> => {
        await canvas.card("db").click({ button: "right" });
        await canvas.choose("Align");
        await canvas.choose(how);
        await expect.poll(() => session.saved(file)).toContain("[diagram.nodes]");
        return Promise.all(["leaf1", "web", "db"].map((name) => canvas.point(name)));
      };
      const lefts = await align("Left Edges");
      expect(new Set(lefts.map(({ x }) => x)).size).toBe(1);
      const saved = await session.saved(file);
      for (const [index, name] of ["leaf1", "web", "db"].entries())
        expect(saved).toContain(`${name} = { x = ${lefts[index]?.x ?? ""}, y = ${lefts[index]?.y ?? ""} }`);
      await workbench.screenshot("canvas-aligned");
    });

    it("by each way to arrange it, until the positions are forgotten", async () => {
      const pictures = new Set<string>();
      for (const way of ["In Tiers by Group", "By Their Cables", "In Layers"]) {
        await canvas.frame.locator("#arrange").click();
        await canvas.choose(way);
        await workbench.until(async () => {
          const picture = (await places()).join();
          return pictures.has(picture) ? undefined : pictures.add(picture);
        }, `a picture ${way}`);
        const { x, y } = await canvas.point("leaf2");
        await expect.poll(() => session.saved(file)).toContain(`leaf2 = { x = ${x}, y = ${y} }`);
        await workbench.screenshot(`canvas-arranged ${way}`);
      }
      await canvas.frame.locator("#arrange").click();
      await canvas.choose("Forget Saved Positions");
      await expect.poll(() => session.saved(file)).toBe(campus);
    });
  });

  describe("shows", () => {
    it("what is zoomed, a map of the rest, where a click on the map leads, and the whole again", async () => {
      const minimap = canvas.frame.locator("#minimap");
      await canvas.frame.locator("#fit").click();
      const whole = await canvas.scale();
      expect(await minimap.isHidden()).toBe(true);
      for (let step = 0; step < 5; step++) await canvas.frame.locator("#zoom-in").click();
      expect(await canvas.scale()).toBeCloseTo(whole * 1.2 ** 5, 3);
      await minimap.waitFor();
      const seen = () => canvas.frame.locator("#stage .world").getAttribute("transform");
      const before = await seen();
      await minimap.click({ position: { x: 20, y: 20 } });
      await expect.poll(seen).not.toBe(before);
      expect(await canvas.isSeen("edge")).toBe(true);
      expect(await canvas.isSeen("db")).toBe(false);
      await workbench.screenshot("canvas-minimap");
      await workbench.page.keyboard.press("Escape");
      await canvas.frame.locator("#stage").hover();
      await workbench.page.keyboard.down("Control");
      await workbench.page.mouse.wheel(0, 400);
      await workbench.page.keyboard.up("Control");
      await expect.poll(() => canvas.scale()).toBeLessThan(whole * 1.2 ** 4);
      await canvas.frame.locator("#fit").click();
      await expect.poll(() => canvas.scale()).toBeCloseTo(whole, 3);
      await minimap.waitFor({ state: "hidden" });
    });

    it("what is found, one after the other", async () => {
      await canvas.card("edge").click();
      await workbench.page.keyboard.press("Control+f");
      await canvas.frame.locator(".find input:focus").fill("leaf");
      await canvas.frame.locator(".find .count").filter({ hasText: "2 found" }).waitFor();
      expect(await canvas.picked()).toEqual(["leaf1", "leaf2"]);
      for (const [count, name] of [
        ["1 of 2", "leaf1"],
        ["2 of 2", "leaf2"],
        ["1 of 2", "leaf1"],
      ] as const) {
        await workbench.page.keyboard.press("Enter");
        await canvas.frame.locator(".find .count").filter({ hasText: count }).waitFor();
        expect(await canvas.picked()).toEqual([name]);
      }
      await workbench.screenshot("canvas-find");
      await workbench.page.keyboard.press("Escape");
      await canvas.frame.locator(".find").waitFor({ state: "detached" });
    });

    it("a screen reader the nodes, what they are, and the cables", async () => {
      const heard = await canvas.frame.locator("#stage").ariaSnapshot();
      expect(heard).toContain('listbox "Nodes, bridges and notes of the lab"');
      expect(heard).toMatch(/option "edge, FRRouting on Linux, 3 cables"/);
      expect(heard).toMatch(/option "office, Bridge, 2 cables"/);
      expect(heard).toMatch(/option "internet, network of the host: br0, 1 cable"/);
      expect(heard).toContain('button "Cable from leaf1 swp2 to leaf2 swp2, peer"');
      expect(await canvas.frame.locator("#tools").ariaSnapshot()).toContain('button "Show the whole lab"');
    });
  });

  describe("beside other views of the file", () => {
    let preview: Frame;
    let other: Workbench;
    let otherCanvas: CanvasView;

    const drawn = (): Promise<string[]> =>
      preview
        .locator("#picture .node")
        .evaluateAll((nodes) => nodes.map((node) => node.getAttribute("data-name") ?? ""));
    const onDisk = (): Promise<string> => readFile(join(session.folder, file), "utf8");
    /** Writes a node into the text, without saving it. */
    const typeNode = async (name: string): Promise<void> => {
      await text.focus("name = ");
      await workbench.goto(9, 1);
      await workbench.page.keyboard.press("End");
      await workbench.page.keyboard.type(`\n{ name = "${name}", model = "tiny_linux" },`);
      await canvas.thing(name).waitFor();
    };

    beforeAll(async () => {
      // In a third column, beside the canvas: it may have had the focus already, of which the window then hears no more.
      await canvas.card("edge").click();
      await workbench.command("View: Focus Last Editor Group");
      const group = workbench.page.locator(".editor-group-container").last();
      await group.and(workbench.page.locator(".active")).waitFor();
      await workbench.command("Labscape: Open Preview to the Side");
      preview = await workbench.webview("#picture svg .node");
      other = await session.anotherWindow();
      await other.openFile(file);
      await other.command("Labscape: Open Canvas to the Side");
      otherCanvas = await CanvasView.of(other);
    });

    it("text, canvas and preview of one window are in step before anything is saved", async () => {
      await typeNode("log");
      await expect.poll(drawn).toContain("log");
      expect(await onDisk()).toBe(campus);
      await canvas.card("log").click();
      await workbench.page.keyboard.press("F2");
      await canvas.frame.locator(".text-field input:focus").fill("syslog");
      await workbench.page.keyboard.press("Enter");
      await text.line('"syslog"').waitFor();
      await expect.poll(drawn).toContain("syslog");
      await workbench.screenshot("canvas-text-preview");
      await text.undoTo(campus, "name = ");
      await expect.poll(drawn).not.toContain("syslog");
    });

    it("another window takes over what is saved here, and this one what is saved there", async () => {
      await typeNode("log");
      expect(await otherCanvas.names()).toEqual(everything);
      await text.focus("name = ");
      await workbench.save(file);
      await otherCanvas.thing("log").waitFor();
      await otherCanvas.card("log").click();
      await other.page.keyboard.press("Control+ArrowRight");
      await new TextBeside({ ...session, workbench: other }, file).line("[diagram.nodes]").waitFor();
      await other.save(file);
      await text.line("[diagram.nodes]").waitFor();
      await expect.poll(() => canvas.place("log")).toBe(await otherCanvas.place("log"));
      await otherCanvas.card("log").click();
      await other.page.keyboard.press("Delete");
      await otherCanvas.thing("log").waitFor({ state: "detached" });
      await other.save(file);
      await canvas.thing("log").waitFor({ state: "detached" });
      expect(await onDisk()).not.toContain("log");
    });

    it("what is not saved here is kept when the file changes on disk, and neither side is written over", async () => {
      await typeNode("mine");
      await otherCanvas.card("web").click();
      await other.page.keyboard.press("F2");
      await otherCanvas.frame.locator(".text-field input:focus").fill("theirs");
      await other.page.keyboard.press("Enter");
      await otherCanvas.thing("theirs").waitFor();
      await other.save(file);
      await text.focus("name = ");
      await workbench.page.keyboard.press("Control+s");
      await workbench.notification(/newer/).first().waitFor();
      await workbench.screenshot("canvas-conflict");
      expect(await canvas.names()).toEqual([...everything, "mine"].sort());
      const theirs = await onDisk();
      expect(theirs).toContain("theirs");
      expect(theirs).not.toContain("mine");
      await workbench.page.keyboard.press("Escape");
      await text.focus("name = ");
      await workbench.command("Revert File");
      await canvas.thing("theirs").waitFor();
      expect(await canvas.names()).not.toContain("mine");
    });

    it("a read-only file is shown, and each change refused", async () => {
      await workbench.openFile(sealed);
      await workbench.command("Labscape: Open Canvas to the Side");
      const shown = await CanvasView.beside(workbench, canvas);
      const place = await shown.place("edge");
      await shown.drag(shown.card("edge"), { x: 60, y: 20 });
      await shown.frame.locator("#message").filter({ hasText: "read-only" }).waitFor();
      expect(await shown.place("edge")).toBe(place);
      expect(await new TextBeside(session, sealed).line("[diagram").count()).toBe(0);
    });
  });
});
