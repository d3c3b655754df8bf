import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CanvasView, canRunVscode, openEditor, type EditorSession, type Workbench } from "./harness/index.js";
import { campus } from "./samples.js";

const reason = canRunVscode();
const file = "campus.lab.toml";

describe.skipIf(reason !== undefined)(`the canvas${reason === undefined ? "" : ` (${reason})`}`, () => {
  let session: EditorSession;
  let workbench: Workbench;
  let canvas: CanvasView;

  beforeAll(async () => {
    session = await openEditor({ files: { [file]: campus } });
    workbench = session.workbench;
    await workbench.openFile(file);
    await workbench.command("Labscape: Open Canvas to the Side");
    canvas = await CanvasView.of(workbench);
  });

  afterEach(({ task }) => workbench.keepIfFailed(task));

  afterAll(() => session.close());

  it("draws nodes, bridges, groups, cables and the ports at their ends", async () => {
    expect(await canvas.names()).toEqual(["db", "edge", "internet", "leaf1", "leaf2", "office", "web"]);
    expect(await canvas.cables.count()).toBe(8);
    const cable = canvas.cables.filter({ hasText: "peer" });
    expect(await cable.locator(".port").allTextContents()).toEqual(["swp2", "swp2"]);
    expect(await canvas.frame.locator(".frame .title").allTextContents()).toEqual(["leaf", "servers"]);
    expect(await canvas.thing("edge").getAttribute("aria-label")).toMatch(/^edge, FRR.*, 3 cables$/);
    await workbench.screenshot("canvas-dark");
  });
});
