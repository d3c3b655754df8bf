import * as vscode from "vscode";
import type { Canvases } from "./canvas/canvases.js";
import type { Consoles } from "./console/consoles.js";
import { deploy, showPlan } from "./deploy/deploy.js";
import { destroy } from "./deploy/destroy.js";
import { doctor } from "./doctor/doctor.js";
import type { Explorer } from "./explorer/explorer.js";
import { isLabItem, type LabItem } from "./explorer/tree.js";
import { ownLab } from "./labs/labs.js";
import type { Diagram } from "./language/protocol.js";
import { askForManifest } from "./manifests.js";
import { newLab } from "./new-lab/new-lab.js";
import { setLink } from "./operate/link.js";
import { power } from "./operate/power.js";
import { reveal } from "./operate/reveal.js";
import { openSsh } from "./operate/ssh.js";
import { linkOfItem, targetOfItem, targetOfManifest, type LabTarget, type LinkTarget } from "./operate/target.js";
import type { MarkdownDiagrams, SourceOf } from "./markdown/diagrams.js";
import { copyMermaid, savePicture } from "./preview/save.js";
import type { Previews } from "./preview/previews.js";
import { problemOf, showProblem } from "./problems.js";
import { requireTrust } from "./trust.js";
import type { Workshop } from "./workshop.js";

export interface CommandParts {
  readonly extension: vscode.Extension<unknown>;
  readonly workshop: Workshop;
  readonly previews: Previews;
  readonly canvases: Canvases;
  readonly markdown: MarkdownDiagrams;
  /** Mermaid source of a manifest; empty when there is nothing to draw. */
  readonly sourceOf: SourceOf;
  readonly consoles: Consoles;
  readonly explorer: Explorer;
  /** The picture of a manifest, with the places of its nodes. */
  readonly diagram: (manifest: vscode.Uri) => Promise<Diagram | undefined>;
}

/** Every command of the extension. Those that are about a manifest take its URI, or find it themselves. */
export function registerCommands(parts: CommandParts): vscode.Disposable[] {
  const { extension, workshop, previews, canvases, markdown, sourceOf, consoles, explorer, diagram } = parts;
  const { log } = workshop;
  /** The manifest of the picture that has the focus. */
  const pictured = (): vscode.Uri | undefined => previews.active ?? canvases.active;

  /** Every failure of a command ends here, in a message. */
  const command = (name: string, run: (...args: unknown[]) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`labscape.${name}`, async (...args: unknown[]) => {
      try {
        await run(...args);
      } catch (error) {
        const problem = problemOf(error);
        if (problem.code === "unexpected" && error instanceof Error) log.error(error);
        if (problem.code !== "cancelled") await showProblem(log, problem);
      }
    });

  /** A command that reaches a host, about a manifest. */
  const hostCommand = (name: string, run: (manifest: vscode.Uri) => Promise<void>): vscode.Disposable =>
    command(name, async (argument) => {
      if (!(await requireTrust())) return;
      const manifest = await askForManifest(argument, pictured());
      if (manifest !== undefined) await run(manifest);
    });

  /** A command about a lab: called on an item of the explorer, or for a manifest and perhaps one of its nodes. */
  const labCommand = (name: string, run: (target: LabTarget) => Promise<void>): vscode.Disposable =>
    command(name, async (argument, second) => {
      if (!(await requireTrust())) return;
      if (isLabItem(argument)) {
        await run(await targetOfItem(workshop, argument, second));
        return;
      }
      const manifest = await askForManifest(argument, pictured());
      if (manifest !== undefined) await run(await targetOfManifest(workshop, manifest, second));
    });

  /** A command about a cable: called on an item of the explorer, or for a manifest and one end of the cable, "node::port". */
  const linkCommand = (name: string, run: (target: LinkTarget) => Promise<void>): vscode.Disposable =>
    command(name, async (argument, endpoint) => {
      if (!(await requireTrust())) return;
      if (isLabItem(argument)) {
        const target = linkOfItem(argument);
        if (target !== undefined) await run(target);
      } else if (argument instanceof vscode.Uri && typeof endpoint === "string") {
        const { host, lab } = await targetOfManifest(workshop, argument, undefined);
        await run({ host, lab, endpoint });
      }
    });

  /** A command of an item's menu. */
  const itemCommand = (name: string, run: (item: LabItem) => unknown): vscode.Disposable =>
    command(name, async (argument) => {
      if (isLabItem(argument)) await run(argument);
    });

  return [
    command("openPreview", async (argument) => {
      const manifest = await askForManifest(argument, pictured());
      if (manifest !== undefined) await previews.open(manifest);
    }),
    command("copyMermaid", async (argument) => {
      const manifest = await askForManifest(argument, pictured());
      if (manifest !== undefined) await copyMermaid(await sourceOf(manifest));
    }),
    command("savePicture", async (argument) => {
      const manifest = await askForManifest(argument, pictured());
      if (manifest === undefined) return;
      if (previews.of(manifest) === undefined) await previews.open(manifest);
      const preview = previews.of(manifest);
      if (preview !== undefined) await savePicture(preview);
    }),
    command("insertDiagram", () => markdown.insert()),
    command("openCanvas", async (argument) => {
      const manifest = await askForManifest(argument, pictured());
      if (manifest !== undefined) await canvases.open(manifest);
    }),
    command("showLog", () => log.show()),
    hostCommand("plan", (manifest) => showPlan(workshop, manifest)),
    hostCommand("deploy", (manifest) => deploy(workshop, manifest)),
    labCommand("destroy", (target) => destroy(workshop, target)),
    labCommand("openConsole", (target) => consoles.open(target)),
    labCommand("openConsoles", (target) => consoles.openAll(target)),
    command("sendToConsoles", () => consoles.sendToAll()),
    command("logConsole", () => consoles.toggleLog()),
    labCommand("ssh", (target) => openSsh(workshop, target)),
    labCommand("start", (target) => power(workshop, target, "start")),
    labCommand("stop", (target) => power(workshop, target, "stop")),
    labCommand("restart", (target) => power(workshop, target, "restart")),
    labCommand("suspend", (target) => power(workshop, target, "suspend")),
    labCommand("resume", (target) => power(workshop, target, "resume")),
    linkCommand("linkUp", (target) => setLink(workshop, target, "up")),
    linkCommand("linkDown", (target) => setLink(workshop, target, "down")),
    itemCommand("copyAddress", (item) => (item.kind === "node" ? copy(item.node.address) : undefined)),
    itemCommand("revealInManifest", (item) => reveal(item, diagram)),
    labCommand("refreshStatus", (target) => refreshStatus(workshop, target)),
    command("refreshLabs", () => explorer.refresh()),
    command("newLab", () => newLab(workshop)),
    command("doctor", () => doctor(workshop)),
    command("walkthrough", () =>
      vscode.commands.executeCommand("workbench.action.openWalkthrough", `${extension.id}#labscape.start`, false),
    ),
  ];
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t("{0} is on the clipboard.", text), 5000);
}

async function refreshStatus({ labs }: Workshop, { host, lab }: LabTarget): Promise<void> {
  await labs.refresh();
  const status = ownLab(await labs.watch(host), host, lab);
  const text =
    status === undefined
      ? vscode.l10n.t("{0} is not deployed on {1}.", lab, host.uri)
      : vscode.l10n.t(
          "{0} on {1}: {2} of {3} nodes ready.",
          lab,
          host.uri,
          status.nodes.filter(({ ready }) => ready).length,
          status.nodes.length,
        );
  vscode.window.setStatusBarMessage(text, 8000);
}
