import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtinCatalogue } from "@labscape/devices";
import { ImageStore, openHost } from "@labscape/lab";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { guestImage } from "../guests/index.js";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../libvirt/hypervisor.js";
import { inventory, type Inventory } from "../libvirt/leftovers.js";
import { CanvasView, canRunVscode, openEditor, type EditorSession, type Workbench } from "./harness/index.js";

const reason = canRunVscode() ?? (await canRunHypervisor());
const file = "duo.lab.toml";
const broken = "broken.lab.toml";
const nowhere = "nowhere.lab.toml";
const manifest = `name = "duo"

[[nodes]]
name = "dev1"
model = "tiny_linux"
interfaces.eth1.ipv4 = "10.0.0.1/24"
interfaces.eth2.ipv4 = "10.0.1.1/24"

[[nodes]]
name = "dev2"
model = "tiny_linux"
interfaces.eth1.ipv4 = "10.0.0.2/24"
interfaces.eth2.ipv4 = "10.0.1.2/24"

[[links]]
src = "dev1::eth1"
dst = "dev2::eth1"

[[links]]
src = "dev1::eth2"
dst = "dev2::eth2"
type = "bridge"

[host]
accelerator = "tcg"
`;

describe.skipIf(reason !== undefined)(`a lab from VS Code${reason === undefined ? "" : ` (${reason})`}`, () => {
  let hypervisor: Hypervisor;
  let before: Inventory;
  let home: string;
  let session: EditorSession;
  let workbench: Workbench;

  beforeAll(async () => {
    hypervisor = await startHypervisor();
    await addImage(hypervisor);
    await makeForeignObjects(hypervisor);
    before = await inventory(hypervisor);
    home = await homeWithSsh(hypervisor);
    const uri = `[host]\nuri = "qemu+unix:///system?socket=/nowhere/libvirt-sock"\n`;
    const settings = JSON.stringify({ "labscape.uri": hypervisor.uri });
    session = await openEditor({
      files: {
        [file]: manifest,
        [broken]: manifest.replace("duo", "broken").replace("tiny_linux", "tiny_linus"),
        [nowhere]: manifest.replace("duo", "nowhere").replace("[host]\n", uri),
        ".vscode/settings.json": settings,
      },
      env: { HOME: home, SHELL: "/bin/bash" },
    });
    workbench = session.workbench;
    await workbench.openFile(file);
    await workbench.command("Labscape: Open Preview to the Side");
    await workbench.webview("#picture .node[data-name=dev2]");
    await workbench.openFile(file);
  });

  afterEach(({ task }) => workbench.keepIfFailed(task));

  afterAll(async () => {
    await session.close();
    await hypervisor.stop();
    await rm(home, { recursive: true });
  });

  it("contacts no host before it is told to", async () => {
    const { stdout } = await hypervisor.exec(["virt-admin", "client-list", "libvirtd"]);
    const [, , ...clients] = stdout.trim().split("\n"); // after the heading and its line
    expect(clients).toEqual([]);
  });

  it("starts nothing for a manifest with errors, and leads to them", async () => {
    await workbench.openFile(broken);
    await workbench.command("Labscape: Deploy Lab");
    const message = workbench.notification("The manifest has an error").first();
    await message.getByText("Show Problems").click();
    await workbench.page.locator(".markers-panel .monaco-list-row").filter({ hasText: "tiny_linus" }).first().waitFor();
    await workbench.screenshot("errors-first");
    await workbench.command("View: Toggle Panel Visibility");
  });

  it("says what to do when there is no libvirt", async () => {
    await workbench.openFile(nowhere);
    await workbench.command("Labscape: Show Plan");
    const message = workbench.notification("Install and start libvirt").first();
    await message.waitFor();
    await workbench.screenshot("no-libvirt");
    await message.hover();
    await message.locator("a[aria-label^='Clear Notification']").click();
    await workbench.openFile(file);
  });

  it("shows the plan before it deploys, and deploys nothing when the answer is no", async () => {
    await workbench.command("Labscape: Deploy Lab");
    await workbench.dialog.filter({ hasText: "Deploy duo on" }).waitFor();
    await workbench.dialog.filter({ hasText: "Create: dev1, dev2" }).waitFor();
    await workbench.screenshot("plan");
    await workbench.tour.picture("plan", [workbench.dialog]);
    await workbench.dialog.getByRole("button", { name: "Cancel" }).click();
    expect(await inventory(hypervisor)).toEqual(before);
  });

  it("shows every step of the plan in an editor, and asks beside it", async () => {
    await workbench.command("Labscape: Deploy Lab");
    await workbench.dialog.getByRole("button", { name: "Show Every Step" }).click();
    const lines = workbench.virtualEditor("labscape-plan").locator(".view-line");
    await lines.filter({ hasText: "+ create domain" }).first().waitFor();
    await workbench.notification("Deploy duo on").waitFor();
    await workbench.screenshot("every-step");
    await workbench.tour.picture("every-step", [workbench.page.locator(".part.editor")]);
    await workbench.command("Notifications: Clear All Notifications");
    await workbench.openFile(file);
    expect(await inventory(hypervisor)).toEqual(before);
  });

  it("deploys with progress, until all nodes are ready", async () => {
    await workbench.command("Labscape: Deploy Lab");
    await workbench.dialog.getByRole("button", { name: "Deploy", exact: true }).click();
    await workbench.notification("of 2 nodes ready").waitFor();
    const page = await workbench.webview("#picture .node[data-name=dev1]");
    await page.locator("#picture .node[data-state=booting]").first().waitFor();
    await workbench.screenshot("deploying");
    await workbench.tour.picture("deploying", [workbench.page.locator(".part.editor")]);
    await workbench.notification("duo: all 2 nodes ready").waitFor({ timeout: 120_000 });
    await workbench.screenshot("deployed");
  });

  it("keeps in the log what was done", async () => {
    await workbench.command("Labscape: Show Log");
    await workbench.page
      .locator(".output-view-content, .part.panel .view-line")
      .filter({ hasText: "dev2: ready after" })
      .first()
      .waitFor();
    await workbench.command("View: Toggle Panel Visibility");
  });

  it("shows what runs above the nodes and in the picture", async () => {
    const lenses = workbench.editor(file).locator(".codelens-decoration");
    await expect.poll(() => lenses.filter({ hasText: "ready" }).count()).toBe(2);
    const page = await workbench.webview("#picture .node[data-name=dev1]");
    await page.locator("#picture .node[data-name=dev1][data-state=running]").waitFor();
    await page.locator("#picture .node[data-name=dev2][data-state=running]").waitFor();
    await workbench.command("Notifications: Clear All Notifications");
    const braces = workbench.page.locator("[id='status.languageStatus']");
    await braces.hover();
    const status = workbench.page.locator(".monaco-hover").filter({ hasText: "2 of 2 nodes running" });
    await status.filter({ hasText: "No errors" }).waitFor();
    await workbench.tour.picture("status", [status, braces, workbench.statusBar("Ln 1, Col")]);
    await workbench.page.mouse.move(0, 0);
    await status.waitFor({ state: "detached" });
  });

  it("opens a console in which one node pings the other", async () => {
    await workbench.openFile(file);
    await workbench.command("Labscape: Open Console");
    await workbench.pick("dev1");
    await workbench.page.locator(".terminal-wrapper.active").waitFor();
    await workbench.typeInTerminal("");
    await workbench.waitForTerminal(/dev1#\s*$/);
    await workbench.typeInTerminal("ping -c 3 10.0.0.2");
    const text = await workbench.waitForTerminal(/3 packets received/);
    expect(text).toContain("64 bytes from 10.0.0.2");
    await workbench.screenshot("console");
    await workbench.tour.picture("console", [workbench.page.locator(".part.panel")]);
  });

  it("shows the lab in the explorer, with its nodes, ports and addresses", async () => {
    await workbench.command("Focus on Labs View");
    const explorer = workbench.tree("Labs");
    await explorer.item("duo").getByText("2 of 2 nodes running").waitFor();
    await explorer.item("dev1").getByText("ready").waitFor();
    await explorer.expand("dev1");
    await explorer.item("eth1").getByText("→ dev2::eth1").waitFor();
    await workbench.badges.getByText("1", { exact: true }).first().waitFor();
    await workbench.screenshot("explorer");
    await workbench.tour.picture("explorer", [
      workbench.page.locator(".part.sidebar"),
      workbench.page.locator(".part.editor"),
    ]);
  });

  it("pulls a cable from the explorer, which the guests see, and plugs it in again", async () => {
    const explorer = workbench.tree("Labs");
    await explorer.act("eth1", "Pull Cable");
    await explorer.item("eth1").getByText("down").waitFor();
    await workbench.typeInTerminal("cat /sys/class/net/eth1/carrier");
    await workbench.waitForTerminal(/carrier\s+0/);
    const page = await workbench.webview("#picture .node[data-name=dev1]");
    await page.locator("#picture .flowchart-link[data-state=down]").waitFor();
    await workbench.screenshot("link-down");
    await workbench.tour.picture("link-down", []);
    await explorer.act("eth1", "Plug In Cable");
    await explorer.item("eth1").getByText("down").waitFor({ state: "detached" });
    await workbench.typeInTerminal("ping -c 2 10.0.0.2");
    await workbench.waitForTerminal(/2 packets received/);
  });

  it("shows in the preview what passes a cable, and opens a node's console by a double click", async () => {
    const page = await workbench.webview("#picture .node[data-name=dev2]");
    await expect.poll(() => page.locator("#picture .flowchart-link[data-state=up]").count()).toBe(2);
    await page.locator("#picture .node[data-name=dev2]").dblclick();
    await workbench.waitForTerminal(/dev2/);
    await workbench.typeInTerminal("ping -s 1400 10.0.1.1 > /dev/null &");
    const rate = page.locator("#picture .edgeLabel .label").filter({ hasText: "eth2 — eth2" }).locator(".rate");
    await rate.filter({ hasText: /[→←↑↓] \d[\d.]* k?bit\/s/ }).waitFor();
    await workbench.screenshot("preview-live");
    await workbench.typeInTerminal("kill %1");
    await rate.waitFor({ state: "detached" });
    await workbench.command("Terminal: Kill All Terminals");
  });

  it("copies a node's address, and logs in there with the user's own ssh", async () => {
    const explorer = workbench.tree("Labs");
    await explorer.menu("dev1", "Copy Address");
    await workbench.statusBar("172.31.0.10 is on the clipboard").waitFor();
    expect(await workbench.page.evaluate(() => navigator.clipboard.readText())).toBe("172.31.0.10");
    await explorer.menu("dev1", "Open SSH");
    await workbench.waitForTerminal(/root@duo\.dev1's password:/);
    await workbench.command("Terminal: Kill the Active Terminal Instance");
  });

  it("writes to a file what a console says, until it is told to end that", async () => {
    await workbench.tree("Labs").menu("dev1", "Open Console");
    await workbench.waitForTerminal(/dev1#/);
    await workbench.command("Labscape: Write Console to File");
    const log = join(session.folder, "duo.dev1.log");
    const input = workbench.page.locator(".quick-input-widget input.input");
    await expect.poll(() => input.inputValue()).toBe(log);
    await workbench.page.keyboard.press("Enter");
    await workbench.waitForTerminal(/is written to/);
    await workbench.typeInTerminal("echo kept $((40 + 2))");
    await workbench.waitForTerminal(/kept 42/);
    await workbench.command("Labscape: Write Console to File");
    await workbench.waitForTerminal(/is no longer written to/);
    await workbench.typeInTerminal("echo not kept");
    await workbench.waitForTerminal(/^not kept/m);
    const text = await readFile(log, "utf8");
    expect(text).toContain("\nkept 42\n");
    expect(text).not.toContain("not kept");
  });

  it("shows what a console has said before when it is opened again", async () => {
    await workbench.command("Terminal: Kill All Terminals");
    await workbench.page.locator(".terminal-wrapper").first().waitFor({ state: "detached" });
    await workbench.tree("Labs").menu("duo", "Open All Consoles");
    await workbench.pick("As Tabs of the Panel");
    const tabs = workbench.page.locator(".terminal-tabs-entry").filter({ visible: true });
    await expect.poll(() => tabs.count()).toBe(2);
    await tabs.filter({ hasText: "dev1" }).click();
    await workbench.waitForTerminal(/3 packets received[^]*kept 42/);
  });

  it("opens all consoles side by side, and types a line at each of them", async () => {
    await workbench.tree("Labs").menu("duo", "Open All Consoles");
    await workbench.pick("Side by Side in a Grid");
    const grid = workbench.page.locator(".editor-instance .terminal-wrapper");
    await expect.poll(() => grid.filter({ visible: true }).count()).toBe(2);
    await workbench.command("Labscape: Send to All Consoles");
    const input = workbench.page.locator(".quick-input-widget input.input");
    await input.fill("echo all of $((6 * 7))");
    await workbench.page.keyboard.press("Enter");
    await expect.poll(() => input.inputValue()).toBe("");
    await workbench.waitForTerminal(/all of 42/);
    await workbench.screenshot("all-consoles");
    await workbench.tour.picture("consoles", [workbench.page.locator(".part.editor")]);
    await workbench.page.keyboard.press("Escape");
    await input.waitFor({ state: "hidden" });
    await workbench.command("Terminal: Kill All Terminals");
    await workbench.command("View: Single Column Editor Layout");
  });

  it("stops and starts a node from its menu", async () => {
    const explorer = workbench.tree("Labs");
    await explorer.menu("dev2", "Stop");
    await explorer.item("dev2").getByText("stopped").waitFor();
    await explorer.item("duo").getByText("1 of 2 nodes running").waitFor();
    await explorer.menu("dev2", "Start");
    await explorer.item("dev2").getByText("ready").waitFor({ timeout: 120_000 });
  });

  it("leads from a node to the line of the manifest that declares it", async () => {
    await workbench.tree("Labs").menu("dev2", "Reveal in Manifest");
    await workbench.statusBar("Ln 10, Col").waitFor();
    await workbench.command("View: Show Explorer");
  });

  it("shows on the canvas what runs, and opens a node's console by a double click", async () => {
    await workbench.openFile(file);
    await workbench.command("Labscape: Open Canvas to the Side");
    const canvas = await CanvasView.of(workbench);
    for (const node of ["dev1", "dev2"]) {
      await canvas.frame.locator(`.thing[data-name=${node}][data-state=running]`).waitFor();
    }
    await expect.poll(() => canvas.frame.locator(".cable[data-state=up]").count()).toBe(2);
    await canvas.card("dev2").dblclick();
    await workbench.page.locator(".terminal-wrapper.active").waitFor();
    await workbench.waitForTerminal(/dev2/);
  });

  it("shows on the canvas what passes a cable that is counted, and why nothing is known of one that is not", async () => {
    const canvas = await CanvasView.of(workbench);
    await workbench.typeInTerminal("ping -s 1400 10.0.1.1 > /dev/null &");
    const [uncounted, counted] = [canvas.cable("eth1"), canvas.cable("eth2")];
    await counted
      .locator(".forth")
      .filter({ hasText: /^\S \d[\d.]* k?bit\/s$/ })
      .waitFor();
    await counted.and(canvas.frame.locator("[data-load='1']")).waitFor();
    expect(await counted.getAttribute("aria-label")).toMatch(
      /^Cable from dev1 eth2 to dev2 eth2, up, .* packets\/s\) from dev1::eth2, .* packets\/s\) from dev2::eth2$/,
    );
    expect(await uncounted.locator(".rate").textContent()).toBe("");
    expect(await uncounted.getAttribute("aria-label")).toContain("traffic not counted on links of type udp");
    await workbench.screenshot("canvas-live");
    await workbench.tour.picture("canvas-running", [workbench.page.locator(".part.editor")]);
    await workbench.typeInTerminal("kill %1");
    await canvas.frame.locator(".cable[data-load]").waitFor({ state: "detached" });
  });

  it("pulls a cable on the canvas, and plugs it in again", async () => {
    const canvas = await CanvasView.of(workbench);
    const cable = canvas.cable("eth2");
    await cable.locator(".port").first().click({ button: "right" });
    await canvas.choose("Pull Cable");
    await cable.and(canvas.frame.locator("[data-state=down]")).waitFor();
    await workbench.typeInTerminal("cat /sys/class/net/eth2/carrier");
    await workbench.waitForTerminal(/eth2\/carrier\s+0/);
    await workbench.screenshot("canvas-link-down");
    await cable.locator(".port").first().click({ button: "right" });
    await canvas.choose("Plug In Cable");
    await cable.and(canvas.frame.locator("[data-state=up]")).waitFor();
  });

  it("offers on the canvas what can be done with a node that runs", async () => {
    const canvas = await CanvasView.of(workbench);
    await canvas.card("dev2").click({ button: "right" });
    await canvas.frame.locator(".menu").waitFor();
    const entries = await canvas.frame.locator(".menu [role=menuitem] span").allTextContents();
    expect(entries.slice(0, 4)).toEqual(["Open Console", "Open SSH", "Stop", "Restart"]);
    await workbench.screenshot("canvas-live-menu");
    await workbench.page.keyboard.press("Escape");
  });

  it("says by itself that the connection is lost, and that it is back", async () => {
    await workbench.command("Focus on Labs View");
    const explorer = workbench.tree("Labs");
    const canvas = await CanvasView.of(workbench);
    const preview = await workbench.webview("#picture .node[data-name=dev1]");
    // A daemon that is killed leaves the lock of an open console behind.
    await workbench.command("Terminal: Kill All Terminals");
    await expect.poll(async () => (await hypervisor.exec(["ls", "/run/lock"])).stdout).not.toContain("LCK");
    await hypervisor.signalDaemon("SIGKILL");
    await explorer.item(hypervisor.uri).getByText("connection lost").waitFor();
    await canvas.frame.locator("#held").filter({ hasText: "is lost" }).waitFor();
    await canvas.frame.locator(".thing[data-state]").first().waitFor({ state: "detached" });
    await preview.locator("#note").filter({ hasText: "is lost" }).waitFor({ state: "attached" });
    await workbench.screenshot("connection-lost");
    await hypervisor.startDaemon();
    await explorer.item("duo").getByText("2 of 2 nodes running").waitFor();
    await canvas.frame.locator("#held:empty").waitFor({ state: "attached" });
    await canvas.frame.locator(".thing[data-name=dev1][data-state=running]").waitFor();
    await preview.locator("#note:empty").waitFor({ state: "attached" });
    await workbench.command("View: Show Explorer");
    await canvas.activate("dev1");
    await workbench.command("View: Close Editor");
    await expect.poll(() => canvas.frame.isDetached()).toBe(true);
  });

  it("finds nothing to do when the lab is as the manifest says", async () => {
    await workbench.openFile(file);
    await workbench.command("Labscape: Deploy Lab");
    await workbench.notification("duo is as the manifest says: 2 of 2 nodes ready").waitFor();
  });

  it("shows a lab whose manifest has gone, and reaches its nodes", async () => {
    const aside = join(session.folder, "aside");
    await mkdir(aside);
    await rename(join(session.folder, file), join(aside, file));
    await workbench.command("Focus on Labs View");
    const explorer = workbench.tree("Labs");
    await explorer.menu("dev1", "Open Console");
    await workbench.waitForTerminal(/kept 42/);
    await rename(join(aside, file), join(session.folder, file));
    await rm(aside, { recursive: true });
    await workbench.command("Terminal: Kill All Terminals");
    await workbench.command("View: Show Explorer");
  });

  it("destroys the lab and nothing else", async () => {
    await workbench.command("Labscape: Destroy Lab");
    await workbench.dialog.filter({ hasText: "Destroy duo on" }).waitFor();
    await workbench.screenshot("destroy");
    await workbench.dialog.getByRole("button", { name: "Destroy" }).click();
    await workbench.notification("duo is removed").waitFor();
    expect(await inventory(hypervisor)).toEqual(before);
    const page = await workbench.webview("#picture .node[data-name=dev1]");
    expect(await page.locator("#picture .node[data-state]").count()).toBe(0);
    await workbench.badges.getByText("1", { exact: true }).first().waitFor({ state: "detached" });
  });

  it("can be cancelled, and what was made can be destroyed", async () => {
    await workbench.command("Notifications: Clear All Notifications");
    await workbench.command("Labscape: Deploy Lab");
    await workbench.dialog.getByRole("button", { name: "Deploy", exact: true }).click();
    await workbench.notification("Deploying duo").getByText("Cancel", { exact: true }).click();
    const message = workbench.notification("Deploying duo was cancelled");
    await message.waitFor();
    await workbench.screenshot("cancelled");
    await message.getByText("Destroy", { exact: true }).click();
    await workbench.dialog.getByRole("button", { name: "Destroy" }).click();
    await workbench.notification("duo is removed").waitFor();
    expect(await inventory(hypervisor)).toEqual(before);
  });

  it("asks no other machine for anything, and no script complains", () => {
    expect(session.window.outside).toEqual([]);
    expect(session.window.complaints).toEqual([]);
  });
});

/**
 * A home whose login shells find an `ssh` that stands where the labs' host is, and has no key. The editor takes PATH from such a
 * shell, whatever it was started with.
 */
async function homeWithSsh({ pid }: Hypervisor): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "labs-home-"));
  const ssh = `nsenter --target ${pid} --net -- /usr/bin/ssh -o PubkeyAuthentication=no`;
  await mkdir(join(home, "bin"));
  await writeFile(join(home, "bin/ssh"), `#!/bin/sh\nexec ${ssh} "$@"\n`, { mode: 0o755 });
  await writeFile(join(home, ".profile"), `PATH=${join(home, "bin")}:$PATH\n`);
  return home;
}

async function addImage({ uri }: Hypervisor): Promise<void> {
  const model = builtinCatalogue.find("tiny_linux")?.model;
  if (model === undefined) throw new Error("the catalogue lacks tiny_linux");
  const { disk } = await guestImage("tiny_linux");
  const host = await openHost({ uri });
  try {
    await new ImageStore(host).add(disk, { model, version: "1" });
  } finally {
    await host.close();
  }
}

/** Somebody else's domain, network, pool and volume, with names like ours. */
async function makeForeignObjects(hypervisor: Hypervisor): Promise<void> {
  const domain = "<domain type='qemu'><name>duo.other</name><memory>16384</memory><os><type>hvm</type></os></domain>";
  await define("define", domain);
  await define("net-define", "<network><name>duo-other</name></network>");
  await hypervisor.exec(["virsh", "pool-define-as", "duo-other", "dir", "--target", "/var/lib/libvirt/duo-other"]);
  await hypervisor.exec(["virsh", "pool-build", "duo-other"]);
  await hypervisor.exec(["virsh", "pool-start", "duo-other"]);
  await hypervisor.exec(["virsh", "vol-create-as", "duo-other", "dev1.qcow2", "1M"]);

  async function define(command: string, xml: string): Promise<void> {
    const script = 'printf %s "$2" > /tmp/definition.xml && exec virsh "$1" /tmp/definition.xml';
    await hypervisor.exec(["sh", "-c", script, "define", command, xml]);
  }
}
