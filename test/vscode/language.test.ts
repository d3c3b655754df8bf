import type { Frame } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { canRunVscode, openEditor, type EditorSession, type Workbench } from "./harness/index.js";
import { campus, firstDialect, quarry } from "./samples.js";

const reason = canRunVscode();
const seed = "manifest.toml";
const lab = "quarry.lab.toml";
const grouped = "campus.lab.toml";

describe.skipIf(reason !== undefined)(`a manifest in VS Code${reason === undefined ? "" : ` (${reason})`}`, () => {
  let session: EditorSession;
  let workbench: Workbench;

  beforeAll(async () => {
    session = await openEditor({
      files: {
        [seed]: firstDialect,
        [lab]: quarry,
        [grouped]: campus,
        "other/manifest.toml": '[package]\nname = "not a lab"\n',
      },
    });
    workbench = session.workbench;
  });

  afterEach(({ task }) => workbench.keepIfFailed(task));

  afterAll(() => session.close());

  it("opens as a lab manifest without a finding, with what can be done above it", async () => {
    await workbench.openFile(seed);
    await workbench.statusBar("Lab Manifest").waitFor();
    await workbench.editor(seed).locator(".codelens-decoration").filter({ hasText: "Deploy" }).first().waitFor();
    expect(await workbench.squiggles(seed).count()).toBe(0);
  });

  it("marks a wrong model at its characters while it is typed, and no more when it is mended", async () => {
    const typo = workbench.squiggles(seed).first();
    await workbench.goto(5, 45);
    await workbench.page.keyboard.type("x");
    await typo.waitFor();
    await workbench.screenshot("unknown-model");
    expect(await workbench.textUnder(typo)).toBe("nxvidia_cumulus");
    await workbench.page.keyboard.press("Backspace");
    await typo.waitFor({ state: "detached" });
  });

  it("mends a wrong model by its quick fix", async () => {
    await workbench.goto(5, 45);
    await workbench.page.keyboard.type("x");
    await workbench.squiggles(seed).first().waitFor();
    await workbench.quickFix("nvidia_cumulus", (list) =>
      workbench.tour.picture("quick-fix", [workbench.editor(seed), list], { width: 760, height: 240 }),
    );
    await workbench.squiggles(seed).first().waitFor({ state: "detached" });
    expect(await session.saved(seed)).toBe(firstDialect);
  });

  it("explains a model when the mouse rests on it", async () => {
    const hover = await workbench.hoverOver(seed, "nvidia_cumulus", "Cumulus");
    await workbench.screenshot("hover");
    await workbench.tour.picture("hover", [workbench.editor(seed), hover], { width: 960, height: 420 });
    expect(await hover.innerText()).toContain("Memory");
  });

  it("finds everything that is wrong at once, each at its own characters, and says what to do", async () => {
    await workbench.openFile(lab);
    await workbench.goto(15, 20);
    await workbench.page.keyboard.press("End");
    await workbench.page.keyboard.insertText('\n{ src = "web::eth1", dst = "db::eth2" },');
    await workbench.goto(4, 37);
    await workbench.page.keyboard.press("Backspace");
    await workbench.goto(8, 38);
    await workbench.page.keyboard.press("Backspace");
    const found = workbench.squiggles(lab);
    const texts = async (): Promise<readonly string[]> =>
      Promise.all((await found.all()).map((squiggle) => workbench.textUnder(squiggle)));
    await expect.poll(texts).toEqual(expect.arrayContaining(["frr_linx", "web::eth1"]));
    expect((await texts()).join("\n")).toContain("tiny_linux");
    await workbench.goto(4, 33);
    const hover = await workbench.hoverAtCursor("Did you mean");
    await workbench.tour.picture("findings", [workbench.editor(lab), hover], { width: 1080, height: 380 });
    await workbench.command("Revert File");
    await found.first().waitFor({ state: "detached" });
  });

  it("completes a free port, never one that a link has", async () => {
    await workbench.openFile(lab);
    await workbench.goto(16, 45);
    await workbench.page.keyboard.press("End");
    await workbench.page.keyboard.type('\n{ src = "web::');
    await workbench.suggestions.first().waitFor();
    const labels = await workbench.suggestions.allInnerTexts();
    expect(labels[0]).toBe("eth2");
    expect(labels).not.toContain("eth1");
    await workbench.screenshot("completion");
    const list = workbench.page.locator(".suggest-widget.visible");
    await workbench.tour.picture("completion", [workbench.editor(lab), list], { width: 900, height: 600 });
    await workbench.page.keyboard.press("Enter");
    await workbench.suggestions.first().waitFor({ state: "detached" });
    expect(await session.saved(lab)).toContain('{ src = "web::eth2"');
    for (let undone = ""; undone !== quarry; undone = await session.saved(lab)) {
      await workbench.page.keyboard.press("Control+z");
    }
  });

  it("outlines nodes and links", async () => {
    await workbench.page.locator(".pane-header[aria-label^='Outline']").click();
    const rows = workbench.page.locator(".outline-tree .monaco-list-row");
    await rows.filter({ hasText: "leaf1" }).first().waitFor();
    await workbench.screenshot("outline");
    await workbench.page.locator(".pane-header[aria-label^='Outline']").click();
  });

  it("says nothing about another tool's manifest.toml", async () => {
    await workbench.openFile("other/manifest.toml");
    // Of two files of one name, the one that was opened first.
    await workbench.page.locator(`.tab[data-resource-name="${seed}"]`).first().click();
    await workbench.editor(seed).waitFor();
    await workbench.goto(5, 45);
    await workbench.page.keyboard.type("x");
    await workbench.squiggles(seed).first().waitFor();
    // The server has answered for a later change, so all that it has to say about the other file is said.
    const counts = async (): Promise<readonly string[]> =>
      (await workbench.page.locator("[id='status.problems']").innerText()).match(/\d+/g) ?? [];
    await expect.poll(counts).toEqual(["1", "0"]);
    await workbench.page.keyboard.press("Backspace");
    await workbench.squiggles(seed).first().waitFor({ state: "detached" });
  });

  describe("the preview", () => {
    let page: Frame;
    const names = (): Promise<string[]> =>
      page.locator("#picture .node").evaluateAll((nodes) => nodes.map((node) => node.getAttribute("data-name") ?? ""));

    beforeAll(async () => {
      await workbench.openFile(lab);
      await workbench.page.locator(".editor-actions a[aria-label^='Open Preview']").first().click();
      page = await workbench.webview("#picture svg .node");
    });

    it("draws the lab beside the text", async () => {
      expect((await names()).sort()).toEqual(["db", "edge", "leaf1", "leaf2", "web"]);
      await workbench.screenshot("preview-dark");
    });

    it("follows each keystroke, and keeps the last picture while a line is half typed", async () => {
      await workbench.goto(8, 1);
      await workbench.page.keyboard.press("End");
      await workbench.page.keyboard.type('\n{ name = "log", model = "tiny_linux" },');
      await expect.poll(names).toContain("log");
      await workbench.goto(5, 1);
      await workbench.page.keyboard.press("End");
      for (let i = 0; i < 5; i++) await workbench.page.keyboard.press("Backspace");
      await page.locator("#note").filter({ hasText: "last complete picture" }).waitFor();
      expect(await names()).toContain("leaf1");
      await workbench.screenshot("preview-half-typed");
      await workbench.command("Revert File");
      await expect.poll(names).not.toContain("log");
      await page.locator("#note:empty").waitFor({ state: "attached" });
    });

    it("leads from a node to its text, by mouse and by keyboard", async () => {
      await page.locator("#picture .node[data-name=web]").click();
      await workbench.statusBar("Ln 7, Col").waitFor();
      await page.locator("#picture .node[data-name=edge]").focus();
      await workbench.page.keyboard.press("Enter");
      await workbench.statusBar("Ln 4, Col").waitFor();
      await page.locator("#picture .node.selected[data-name=edge]").waitFor();
    });

    it("frames groups, shows bridges, and names the ports of each cable", async () => {
      await workbench.openFile(grouped);
      await workbench.command("Labscape: Open Preview to the Side");
      const other = await workbench.webview("#picture .cluster");
      expect((await other.locator("#picture .cluster-label").allTextContents()).sort()).toEqual(["leaf", "servers"]);
      await other.locator("#picture .edgeLabel").filter({ hasText: "swp3 — eth1" }).first().waitFor();
      await workbench.tour.picture("preview", [workbench.page.locator(".part.editor")]);
      await workbench.page.locator(".tab.active").filter({ hasText: "Preview campus" }).click();
      await workbench.command("View: Close Editor");
      await expect.poll(() => other.isDetached()).toBe(true);
    });

    it("takes the editor's theme", async () => {
      await workbench.prefer("light");
      await expect.poll(async () => (await names()).length).toBe(5);
      await workbench.screenshot("preview-light");
      await workbench.prefer("dark");
    });
  });

  it("asks no other machine for anything, and no script complains", () => {
    expect(session.window.outside).toEqual([]);
    expect(session.window.complaints).toEqual([]);
  });
});
