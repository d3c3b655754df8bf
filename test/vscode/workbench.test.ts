import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { canRunVscode, openEditor, type EditorSession, type Workbench } from "./harness/index.js";

const reason = canRunVscode();

describe.skipIf(reason !== undefined)(
  `the workbench, without a host${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let session: EditorSession;
    let workbench: Workbench;

    beforeAll(async () => {
      const settings = JSON.stringify({ "labscape.uri": "qemu+unix:///system?socket=/nowhere/libvirt-sock" });
      session = await openEditor({ files: { "notes.md": "# Notes\n\n", ".vscode/settings.json": settings } });
      workbench = session.workbench;
    });

    afterEach(({ task }) => workbench.keepIfFailed(task));

    afterAll(() => session.close());

    /** With no other editor beside it. */
    async function openFromTree(name: string): Promise<void> {
      await workbench.command("View: Close All Editors");
      await workbench.page.locator(".editor-instance").first().waitFor({ state: "detached" });
      await workbench.tree("Manifests").item(name).click();
      await workbench.editor(name).waitFor();
      await workbench.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    }

    it("says in an empty view why it is empty and what to do", async () => {
      await workbench.command("Focus on Labs View");
      await workbench.tree("Labs").pane.getByText("No libvirt answers here").waitFor();
      await workbench.tree("Manifests").pane.getByText("There is no lab manifest in this workspace").waitFor();
      await workbench.screenshot("empty-views");
      await workbench.tour.picture("empty", [workbench.page.locator(".part.sidebar")]);
    });

    it("says what the host lacks, and puts the mend into a terminal", async () => {
      await workbench.tree("Labs").pane.getByText("Why Can't I Deploy?").click();
      const rows = workbench.page.locator(".quick-input-list .monaco-list-row");
      await rows.filter({ hasText: "libvirt" }).filter({ hasText: "Install and start libvirt" }).first().waitFor();
      await workbench.screenshot("doctor");
      await workbench.tour.picture("doctor", [workbench.page.locator(".quick-input-widget")]);
      await workbench.pick("Install and start libvirt");
      await workbench.waitForTerminal(/sudo apt install libvirt-daemon-system/);
      await workbench.command("Terminal: Kill All Terminals");
    });

    it("writes a new lab from a template, under a name that is free, and opens it", async () => {
      await workbench.tree("Manifests").pane.getByText("New Lab").click();
      await workbench.page.locator(".quick-input-list .monaco-list-row").first().waitFor();
      await workbench.tour.picture("new-lab", [workbench.page.locator(".quick-input-widget")]);
      await workbench.pick("leaf-spine");
      const input = workbench.page.locator(".quick-input-widget input.input");
      await input.fill("my fabric");
      await workbench.page.locator(".quick-input-widget").filter({ hasText: "A lab's name has" }).waitFor();
      await workbench.screenshot("new-lab");
      await input.fill("fabric");
      await workbench.page.keyboard.press("Enter");
      await workbench.editor("fabric.lab.toml").waitFor();
      expect(await readFile(join(session.folder, "fabric.lab.toml"), "utf8")).toContain(`name = "fabric"`);
      await workbench.tree("Manifests").item("fabric.lab.toml").waitFor();
    });

    it("keeps a diagram in a Markdown document up to date with its manifest", async () => {
      await workbench.openFile("notes.md");
      await workbench.goto(3, 1);
      await workbench.command("Labscape: Insert Diagram in Markdown");
      await workbench.pick("fabric.lab.toml");
      const notes = workbench.editor("notes.md").locator(".view-line");
      await notes.filter({ hasText: "labscape diagram fabric.lab.toml" }).first().waitFor();
      expect(await session.saved("notes.md")).toMatch(/```mermaid\nflowchart [^]*spine1[^]*```/);
      await workbench.openFile("fabric.lab.toml");
      await workbench.goto(12, 1);
      await workbench.page.keyboard.insertText(`{ name = "extra", model = "tiny_linux" }, `);
      expect(await session.saved("fabric.lab.toml")).toContain("extra");
      await workbench.openFile("notes.md");
      await workbench.page.locator(`.tab.active.dirty[data-resource-name="notes.md"]`).waitFor();
      await workbench.screenshot("markdown");
      await workbench.tour.picture("markdown", [workbench.editor("notes.md")], { width: 760, height: 500 });
      expect(await session.saved("notes.md")).toContain("extra");
    });

    it("turns the picture that the preview shows, copies its source and saves it", async () => {
      await openFromTree("fabric.lab.toml");
      await workbench.command("Labscape: Open Preview to the Side");
      const page = await workbench.webview("#picture .node[data-name=leaf1]");
      const upright = await page.locator("#picture svg").evaluate((svg) => svg.clientHeight > svg.clientWidth);
      await page.locator("#turn").click();
      await page.waitForFunction((before) => {
        const svg = document.querySelector("#picture svg");
        return svg !== null && svg.clientHeight > svg.clientWidth !== before;
      }, upright);
      expect(await page.locator("#many").isVisible()).toBe(false);
      await page.locator("#copy").click();
      await workbench.statusBar("The diagram is on the clipboard").waitFor();
      expect(await workbench.page.evaluate(() => navigator.clipboard.readText())).toMatch(/^flowchart /);
      const input = workbench.page.locator(".quick-input-widget input.input");
      await page.locator("#save").click();
      // The dialog writes the name that it offers into its input after it is there.
      await expect.poll(() => input.inputValue()).toBe(join(session.folder, "fabric.svg"));
      await workbench.page.keyboard.press("Enter");
      await workbench.statusBar("Saved fabric.svg").waitFor();
      const svg = await readFile(join(session.folder, "fabric.svg"), "utf8");
      expect(svg).toContain("leaf1");
      expect(svg).not.toContain("var(--vscode");
      await workbench.screenshot("preview-saved");
      await page.locator("#save").click();
      await expect.poll(() => input.inputValue()).toBe(join(session.folder, "fabric.svg"));
      await input.fill(join(session.folder, "fabric.png"));
      await workbench.page.keyboard.press("Enter");
      await workbench.statusBar("Saved fabric.png").waitFor();
      const png = await readFile(join(session.folder, "fabric.png"));
      expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
      // Width and height, from the header (PNG specification, 11.2.2).
      expect(Math.min(png.readUInt32BE(16), png.readUInt32BE(20))).toBeGreaterThan(100);
    });

    it("draws a big lab only when it is told to, and offers the canvas", async () => {
      const nodes = Array.from(
        { length: 201 },
        (_, index) => `[[nodes]]\nname = "n${index + 1}"\nmodel = "tiny_linux"\n`,
      );
      await writeFile(join(session.folder, "big.lab.toml"), `name = "big"\n${nodes.join("")}`);
      await openFromTree("big.lab.toml");
      await workbench.command("Labscape: Open Preview to the Side");
      const page = await workbench.webview("body.many");
      await page.getByText("A big lab").waitFor();
      expect(await page.locator("#picture svg").count()).toBe(0);
      await workbench.screenshot("preview-big");
      await page.locator("#many-draw").click();
      await page.locator("#picture .node[data-name=n201]").waitFor();
    });

    it("has a walkthrough with pictures", async () => {
      await workbench.command("View: Close All Editors");
      await workbench.command("Labscape: Open Walkthrough");
      const steps = workbench.page.locator(".getting-started-step");
      await steps.filter({ hasText: "Pull a cable" }).waitFor();
      expect(await steps.count()).toBe(5);
      await workbench.page.locator(".getting-started-media img").first().waitFor();
      await workbench.screenshot("walkthrough");
      await workbench.tour.picture("walkthrough", [workbench.page.locator(".part.editor")]);
    });
  },
);
