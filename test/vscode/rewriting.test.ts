import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { canRunVscode, openEditor, type EditorSession, type Workbench } from "./harness/index.js";
import { acmeLab, acmeModel, commonLab, firstDialect, siteLab } from "./samples.js";

const reason = canRunVscode();
const seed = "manifest.toml";
const site = "site.lab.toml";
const common = "common.lab.toml";
const model = ".labscape/models/acme.toml";
const acme = "acme.lab.toml";

describe.skipIf(reason !== undefined)(`rewriting in VS Code${reason === undefined ? "" : ` (${reason})`}`, () => {
  let session: EditorSession;
  let workbench: Workbench;

  beforeAll(async () => {
    session = await openEditor({
      files: { [seed]: firstDialect, [site]: siteLab, [common]: commonLab, [model]: acmeModel, [acme]: acmeLab },
    });
    workbench = session.workbench;
  });

  afterEach(({ task }) => workbench.keepIfFailed(task));

  afterAll(() => session.close());

  it("converts a manifest to the other dialect, and undo brings back the exact text", async () => {
    await workbench.openFile(seed);
    await workbench.goto(3, 2);
    await workbench.quickFix("Convert to the current dialect");
    await workbench.editor(seed).locator(".view-line").filter({ hasText: "dev1::swp1" }).waitFor();
    await workbench.screenshot("converted");
    const converted = await session.saved(seed);
    expect(converted).toContain('{ src = "dev1::swp1", dst = "dev2::swp1" }');
    expect(converted).not.toMatch(/devices|connections|device_model|interface_a/);
    await workbench.undo(seed);
    expect(await session.saved(seed)).toBe(firstDialect);
  });

  it("shows what a node's values are and where each comes from, another file among them", async () => {
    await workbench.openFile(site);
    const hover = await workbench.hoverOver(site, "leaf1", "memory");
    await workbench.screenshot("hover-effective");
    await workbench.tour.picture("hover-values", [workbench.editor(site), hover], { width: 800, height: 420 });
    const rows = (await hover.locator("tr").allInnerTexts()).map((row) => row.replaceAll(/\s+/g, " ").trim());
    expect(rows).toContain("memory 256 group leaf of common.lab.toml");
    expect(rows).toContain("cpu_count 2 defaults of common.lab.toml");
    expect(rows).toContain('model "frr_linux" the node');
  });

  it("renames a group in the file that declares it and in the one that uses it", async () => {
    await workbench.openFile(site);
    await workbench.goto(6, 57);
    await workbench.page.keyboard.press("F2");
    const input = workbench.page.locator(".rename-box input.rename-input");
    await input.waitFor();
    await workbench.screenshot("rename");
    await workbench.tour.picture("rename", [workbench.editor(site), input], { width: 800, height: 320 });
    expect(await input.inputValue()).toBe("leaf");
    await input.fill("access");
    await workbench.page.keyboard.press("Enter");
    await workbench.editor(site).locator(".view-line").filter({ hasText: '"access"' }).first().waitFor();
    expect(await session.saved(site)).toBe(siteLab.replaceAll('"leaf"', '"access"'));
    // The editor itself saves what a rename changes in a file that is not open.
    const renamed = commonLab.replace("[groups.leaf]", "[groups.access]");
    const isRenamed = async () => (await readFile(join(session.folder, common), "utf8")) === renamed || undefined;
    await workbench.until(isRenamed, `the new name in ${common}`);
  });

  it("marks in a manifest what is typed wrong in a file that it includes", async () => {
    await workbench.openFile(site);
    await workbench.command("View: Split Editor Right");
    await workbench.openFile(common);
    await workbench.goto(5, 13);
    await workbench.page.keyboard.press("Backspace");
    const marked = workbench.squiggles(site, "warning").first();
    await marked.waitFor();
    await workbench.screenshot("included-finding");
    expect(await workbench.textUnder(marked)).toBe("leaf1");
    await workbench.page.keyboard.type("6");
    await marked.waitFor({ state: "detached" });
  });

  it("mends a device model of one's own, which manifests then know", async () => {
    await workbench.openFile(acme);
    await workbench.squiggles(acme).first().waitFor();
    await workbench.openFile(model);
    await workbench.statusBar("Lab Device Model").waitFor();
    const typo = workbench.squiggles(model).first();
    await typo.waitFor();
    await workbench.screenshot("model-typo");
    expect(await workbench.textUnder(typo)).toBe("frr_linx");
    await workbench.goto(4, 15);
    await workbench.quickFix("frr_linux", (list) =>
      workbench.tour.picture("model", [workbench.editor(model), list], { width: 640, height: 240 }),
    );
    await typo.waitFor({ state: "detached" });
    expect(await session.saved(model)).toBe(acmeModel.replace("frr_linx", "frr_linux"));
    await workbench.openFile(acme);
    await workbench.squiggles(acme).first().waitFor({ state: "detached" });
    const hover = await workbench.hoverOver(acme, "acme", "ACME 7");
    expect(await hover.innerText()).toContain("models/acme.toml");
  });
});
