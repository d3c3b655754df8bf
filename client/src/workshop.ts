import type * as vscode from "vscode";
import type { PlanView } from "./deploy/plan-view.js";
import type { Hosts } from "./hosts.js";
import type { Labs } from "./labs/labs.js";
import type { LoadEngine } from "./load-engine.js";

/** What the commands that reach a host work with. */
export interface Workshop {
  readonly log: vscode.LogOutputChannel;
  readonly engine: LoadEngine;
  readonly hosts: Hosts;
  readonly labs: Labs;
  readonly plans: PlanView;
}
