/** What a run of `up`, `destroy` or a power command reports. The command line, the editor and tests read the same stream. */
export type LabEvent =
  | { readonly type: "step-started"; readonly time: string; readonly step: Step }
  | {
      readonly type: "step-progress";
      readonly time: string;
      readonly step: Step;
      readonly done: number;
      readonly total: number;
      readonly unit: "bytes" | "count";
    }
  | { readonly type: "step-done"; readonly time: string; readonly step: Step; readonly milliseconds: number }
  | { readonly type: "step-failed"; readonly time: string; readonly step: Step; readonly error: Problem }
  | { readonly type: "step-skipped"; readonly time: string; readonly step: Step; readonly because: string }
  | { readonly type: "booting"; readonly time: string; readonly node: string; readonly phase: string }
  | { readonly type: "ready"; readonly time: string; readonly node: string; readonly seconds: number }
  | { readonly type: "not-ready"; readonly time: string; readonly node: string; readonly error: Problem }
  | { readonly type: "warning"; readonly time: string; readonly problem: Problem }
  | {
      readonly type: "finished";
      readonly time: string;
      readonly outcome: "done" | "failed" | "cancelled";
      readonly counts: Counts;
    };

export type Action = "create" | "update" | "restart" | "replace" | "remove" | "start" | "stop" | "suspend" | "resume";
export type ResourceKind = "domain" | "network" | "pool" | "volume" | "link" | "host";

/** One step of a plan. Steps are idempotent: running one twice is running it once. */
export interface Step {
  /** Unique in its plan; for instance "domain/leaf1/create". */
  readonly id: string;
  readonly action: Action;
  readonly resource: ResourceKind;
  /** What a person calls the resource: the node's name, the link's ends, the volume's name. */
  readonly name: string;
  /** The node that the step belongs to, where it belongs to one. */
  readonly node?: string;
  /** Why: "new", "memory 1024 -> 2048 MiB", "not in the manifest". Never holds a secret. */
  readonly reason: string;
}

export interface Counts {
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  /** Nodes that are ready, of how many. */
  readonly ready: number;
  readonly nodes: number;
}

/** An error as users see it: what happened and what to do next. */
export interface Problem {
  /** Kebab-case, stable: "image-not-found-in-store", "permission-denied", "libvirt-unreachable", "name-taken", ... */
  readonly code: string;
  readonly message: string;
  /** The next step for the user: a command to type or a setting to change. Empty when there is none. */
  readonly mend: string;
}
