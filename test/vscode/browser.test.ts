import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  CanvasView,
  canRunVscode,
  openVirtualEditor,
  openWebEditor,
  type EditorSession,
  type WebSession,
  type Workbench,
} from "./harness/index.js";
import { quarry, siteLab, commonLab, acmeLab } from "./samples.js";

const reason = canRunVscode();
const lab = "quarry.lab.toml";
const files = {
  [lab]: quarry,
  "site.lab.toml": siteLab,
  "common.lab.toml": commonLab,
  "quay.lab.toml": acmeLab,
  ".labscape/models/acme.toml": 'name = "acme"\ntitle = "ACME 7"\nextends = "frr_linux"\n',
};

describe.skipIf(reason !== undefined)(
  `in a browser alone, on a virtual folder${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let session: WebSession;
    let workbench: Workbench;

    beforeAll(async () => {
      session = await openWebEditor({ files });
      workbench = session.workbench;
    });

    afterEach(({ task }) => workbench.keepIfFailed(task));

    afterAll(() => session.close());

    it("marks a wrong model while it is typed, and mends it", async () => {
      await workbench.openFromExplorer(lab);
      await workbench.editor(lab).locator(".codelens-decoration").filter({ hasText: "Deploy" }).first().waitFor();
      await workbench.goto(5, 35);
      await workbench.page.keyboard.type("x");
      const typo = workbench.squiggles(lab).first();
      await typo.waitFor();
      await workbench.quickFix("nvidia_cumulus");
      await typo.waitFor({ state: "detached" });
      expect(await session.saved(lab)).toBe(quarry);
    });

    it("explains a model, and completes a free port", async () => {
      const hover = await workbench.hoverOver(lab, "nvidia_cumulus", "Cumulus");
      expect(await hover.innerText()).toContain("Memory");
      await workbench.goto(16, 45);
      await workbench.page.keyboard.press("End");
      await workbench.page.keyboard.type('\n{ src = "web::');
      await workbench.suggestions.first().waitFor();
      const labels = await workbench.suggestions.allInnerTexts();
      expect(labels[0]).toBe("eth2");
      expect(labels).not.toContain("eth1");
      await workbench.command("Revert File");
      await expect.poll(() => workbench.squiggles(lab).count()).toBe(0);
    });

    it("renames a node wherever it is named", async () => {
      await workbench.goto(7, 14);
      await workbench.page.keyboard.press("F2");
      const input = workbench.page.locator(".rename-box input");
      await input.fill("shop");
      await workbench.page.keyboard.press("Enter");
      await input.waitFor({ state: "hidden" });
      await workbench.editor(lab).locator(".view-line").filter({ hasText: "shop::eth1" }).waitFor();
      expect(await session.saved(lab)).toBe(quarry.replaceAll('"web', '"shop'));
      await workbench.undo(lab);
      expect(await session.saved(lab)).toBe(quarry);
    });

    it("draws the preview beside the text", async () => {
      await workbench.command("Labscape: Open Preview to the Side");
      const page = await workbench.webview("#picture svg .node");
      const names = await page
        .locator("#picture .node")
        .evaluateAll((nodes) => nodes.map((node) => node.getAttribute("data-name")));
      expect(names.sort()).toEqual(["db", "edge", "leaf1", "leaf2", "web"]);
    });

    it("draws a cable on the canvas, which is an edit of the text", async () => {
      await workbench.command("View: Close All Editors");
      await workbench.openFromExplorer(lab);
      await workbench.command("Labscape: Open Canvas to the Side");
      const canvas = await CanvasView.of(workbench);
      expect(await canvas.names()).toEqual(["db", "edge", "leaf1", "leaf2", "web"]);
      await workbench.screenshot("browser-canvas");
      await canvas.drawCable("db", "web");
      await expect.poll(() => canvas.cables.count()).toBe(6);
      await canvas.frame.locator("#stage").press("Escape");
      await workbench.editor(lab).locator(".view-line").filter({ hasText: "db::eth2" }).first().waitFor();
    });

    it("reads what a manifest includes, and the folder's own device models", async () => {
      await workbench.command("View: Revert and Close Editor");
      await workbench.openFromExplorer("site.lab.toml");
      await workbench.hoverOver("site.lab.toml", "frr_linux", "FRR");
      expect(await workbench.squiggles("site.lab.toml").count()).toBe(0);
      await workbench.openFromExplorer("quay.lab.toml");
      await workbench.hoverOver("quay.lab.toml", "acme", "ACME 7");
    });

    it("writes a new lab from a template into the folder", async () => {
      await workbench.command("Labscape: New Lab");
      await workbench.pick("triangle");
      const input = workbench.page.locator(".quick-input-widget input.input");
      await expect.poll(() => input.inputValue()).toBe("triangle");
      await input.fill("mesh");
      await workbench.page.keyboard.press("Enter");
      await workbench.editor("mesh.lab.toml").waitFor();
      expect(await session.saved("mesh.lab.toml")).toContain('name = "mesh"');
    });

    it("lists the manifests, and says why no lab can run here", async () => {
      await workbench.command("Focus on Labs View");
      await workbench.tree("Manifests").item("mesh.lab.toml").waitFor();
      await workbench.tree("Labs").pane.getByText("Labs run on a Linux host").waitFor();
      await workbench.command("Labscape: Deploy Lab");
      const toast = workbench.notification("Labs run on a Linux host, which an editor in the browser cannot reach.");
      await toast.getByRole("button", { name: "Open on a Host" }).waitFor();
      await workbench.screenshot("browser-deploy");
    });

    it("asks no other machine for anything, and nothing complains", () => {
      expect(session.window.outside).toEqual([]);
      expect(session.window.complaints).toEqual([]);
      expect(session.window.errors).toEqual([]);
    });
  },
);

describe.skipIf(reason !== undefined)(
  `on a virtual folder, with a machine below${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let session: Pick<EditorSession, "workbench" | "window" | "close">;
    let workbench: Workbench;

    beforeAll(async () => {
      session = await openVirtualEditor({ files });
      workbench = session.workbench;
    });

    afterEach(({ task }) => workbench.keepIfFailed(task));

    afterAll(() => session.close());

    it("reads what a manifest includes, and the folder's own device models", async () => {
      await workbench.openFromExplorer("site.lab.toml");
      await workbench.hoverOver("site.lab.toml", "frr_linux", "FRR");
      expect(await workbench.squiggles("site.lab.toml").count()).toBe(0);
      await workbench.openFromExplorer("quay.lab.toml");
      await workbench.hoverOver("quay.lab.toml", "acme", "ACME 7");
    });

    it("lists the manifests, draws one, and says why it cannot be deployed from there", async () => {
      await workbench.command("Focus on Labs View");
      await workbench.tree("Manifests").item("site.lab.toml").waitFor();
      await workbench.command("Labscape: Open Canvas to the Side");
      const canvas = await CanvasView.of(workbench);
      expect(await canvas.names()).toEqual(["edge"]);
      await workbench.command("Labscape: Deploy Lab");
      const toast = workbench.notification("This manifest is in a virtual folder");
      await toast.getByRole("button", { name: "Open on a Host" }).waitFor();
      await workbench.screenshot("virtual-deploy");
      expect(session.window.complaints).toEqual([]);
    });
  },
);
