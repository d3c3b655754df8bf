import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { canRunVscode, openEditor, type EditorSession, type Workbench } from "./harness/index.js";
import { commonLab, firstDialect, siteLab } from "./samples.js";

const reason = canRunVscode();
const seed = "manifest.toml";
const site = "site.lab.toml";
const common = "common.lab.toml";

describe.skipIf(reason !== undefined)(`rewriting in VS Code${reason === undefined ? "" : ` (${reason})`}`, () => {
  let session: EditorSession;
  let workbench: Workbench;

  beforeAll(async () => {
    session = await openEditor({ files: { [seed]: firstDialect, [site]: siteLab, [common]: commonLab } });
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
    expect(await input.inputValue()).toBe("leaf");
    await input.fill("access");
    await workbench.page.keyboard.press("Enter");
    await workbench.editor(site).locator(".view-line").filter({ hasText: '"access"' }).first().waitFor();
    expect(await session.saved(site)).toBe(siteLab.replaceAll('"leaf"', '"access"'));
    await workbench.openFile(common);
    expect(await session.saved(common)).toBe(commonLab.replace("[groups.leaf]", "[groups.access]"));
  });
});
