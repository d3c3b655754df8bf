import * as vscode from "vscode";
import type { Consoles } from "../console/consoles.js";
import { deploy, showPlan } from "../deploy/deploy.js";
import { destroy } from "../deploy/destroy.js";
import { doctor } from "../doctor/doctor.js";
import type { Editing } from "../editing.js";
import type { Explorer } from "../explorer/explorer.js";
import { isLabItem, type LabItem } from "../explorer/tree.js";
import { ownLab } from "../labs/labs.js";
import { askForManifest } from "../manifests.js";
import { mayRun, tellNoHost } from "../no-host.js";
import { setLink } from "../operate/link.js";
import { power } from "../operate/power.js";
import { reveal } from "../operate/reveal.js";
import { openSsh } from "../operate/ssh.js";
import { linkOfItem, targetOfItem, targetOfManifest, type LabTarget, type LinkTarget } from "../operate/target.js";
import { requireTrust } from "../trust.js";
import type { Workshop } from "../workshop.js";
import { HOST_COMMANDS, type HostCommand } from "./names.js";
import { registerAll, type Handler } from "./register.js";

export interface HostParts {
  readonly workshop: Workshop;
  readonly consoles: Consoles;
  readonly explorer: Explorer;
  readonly editing: Editing;
}

/** The commands that reach a host. Those that are about a manifest take its URI, or find it themselves. */
export function registerHostCommands({ workshop, consoles, explorer, editing }: HostParts): vscode.Disposable[] {
  /** The manifest that a command is about; undefined when there is none that could run, which has been told. */
  const runnable = async (argument: unknown): Promise<vscode.Uri | undefined> => {
    const manifest = await askForManifest(argument, editing.pictured);
    if (manifest === undefined || mayRun(manifest)) return manifest;
    await tellNoHost("virtual");
    return undefined;
  };

  const aboutManifest =
    (run: (manifest: vscode.Uri) => Promise<void>): Handler =>
    async (argument) => {
      if (!(await requireTrust())) return;
      const manifest = await runnable(argument);
      if (manifest !== undefined) await run(manifest);
    };

  /** About a lab: called on an item of the explorer, or for a manifest and perhaps one of its nodes. */
  const aboutLab =
    (run: (target: LabTarget) => Promise<void>): Handler =>
    async (argument, second) => {
      if (!(await requireTrust())) return;
      if (isLabItem(argument)) {
        await run(await targetOfItem(workshop, argument, second));
        return;
      }
      const manifest = await runnable(argument);
      if (manifest !== undefined) await run(await targetOfManifest(workshop, manifest, second));
    };

  /** About a cable: called on an item of the explorer, or for a manifest and one end of the cable, "node::port". */
  const aboutLink =
    (run: (target: LinkTarget) => Promise<void>): Handler =>
    async (argument, endpoint) => {
      if (!(await requireTrust())) return;
      if (isLabItem(argument)) {
        const target = linkOfItem(argument);
        if (target !== undefined) await run(target);
        return;
      }
      if (typeof endpoint !== "string") return;
      const manifest = await runnable(argument);
      if (manifest === undefined) return;
      const { host, lab } = await targetOfManifest(workshop, manifest, undefined);
      await run({ host, lab, endpoint });
    };

  /** Of an item's menu. */
  const aboutItem =
    (run: (item: LabItem) => unknown): Handler =>
    async (argument) => {
      if (isLabItem(argument)) await run(argument);
    };

  const handlers: Readonly<Record<HostCommand, Handler>> = {
    plan: aboutManifest((manifest) => showPlan(workshop, manifest)),
    deploy: aboutManifest((manifest) => deploy(workshop, manifest)),
    destroy: aboutLab((target) => destroy(workshop, target)),
    openConsole: aboutLab((target) => consoles.open(target)),
    openConsoles: aboutLab((target) => consoles.openAll(target)),
    sendToConsoles: () => consoles.sendToAll(),
    logConsole: () => consoles.toggleLog(),
    ssh: aboutLab((target) => openSsh(workshop, target)),
    start: aboutLab((target) => power(workshop, target, "start")),
    stop: aboutLab((target) => power(workshop, target, "stop")),
    restart: aboutLab((target) => power(workshop, target, "restart")),
    suspend: aboutLab((target) => power(workshop, target, "suspend")),
    resume: aboutLab((target) => power(workshop, target, "resume")),
    linkUp: aboutLink((target) => setLink(workshop, target, "up")),
    linkDown: aboutLink((target) => setLink(workshop, target, "down")),
    copyAddress: aboutItem((item) => (item.kind === "node" ? copy(item.node.address) : undefined)),
    revealInManifest: aboutItem((item) => reveal(item, editing.diagram)),
    refreshStatus: aboutLab((target) => refreshStatus(workshop, target)),
    refreshLabs: () => explorer.refresh(),
    doctor: () => doctor(workshop),
  };
  return registerAll(workshop.log, HOST_COMMANDS, (name) => handlers[name]);
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
