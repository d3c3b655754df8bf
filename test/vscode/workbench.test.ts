import { readFile } from "node:fs/promises";
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

    it("says in an empty view why it is empty and what to do", async () => {
      await workbench.command("Focus on Labs View");
      await workbench.tree("Labs").pane.getByText("No libvirt answers here").waitFor();
      await workbench.tree("Manifests").pane.getByText("There is no lab manifest in this workspace").waitFor();
      await workbench.screenshot("empty-views");
    });

    it("says what the host lacks, and puts the mend into a terminal", async () => {
      await workbench.tree("Labs").pane.getByText("Why Can't I Deploy?").click();
      const rows = workbench.page.locator(".quick-input-list .monaco-list-row");
      await rows.filter({ hasText: "libvirt" }).filter({ hasText: "Install and start libvirt" }).first().waitFor();
      await workbench.screenshot("doctor");
      await workbench.pick("Install and start libvirt");
      await workbench.waitForTerminal(/sudo apt install libvirt-daemon-system/);
      await workbench.command("Terminal: Kill All Terminals");
    });

    it("writes a new lab from a template, under a name that is free, and opens it", async () => {
      await workbench.tree("Manifests").pane.getByText("New Lab").click();
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

    it("has a walkthrough with pictures", async () => {
      await workbench.command("Labscape: Open Walkthrough");
      const steps = workbench.page.locator(".getting-started-step");
      await steps.filter({ hasText: "Pull a cable" }).waitFor();
      expect(await steps.count()).toBe(5);
      await workbench.page.locator(".getting-started-media img").first().waitFor();
      await workbench.screenshot("walkthrough");
    });
  },
);
