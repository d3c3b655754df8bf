/**
 * A program that works on a lab in a process of its own, for tests that kill it or run it as another user. Reads a Task as
 * JSON from its argument, prints a Report as JSON.
 */
import { once } from "node:events";
import { createConnection } from "node:net";
import {
  applyPlan,
  buildSeed,
  createSecret,
  labStatus,
  openHost,
  planDestroy,
  planLab,
  waitReady,
  type LabServices,
  type LabStatus,
  type Outcome,
} from "@labscape/lab";
import { labOf, MANIFEST, Shell } from "./support.js";

export interface Task {
  readonly uri: string;
  readonly purpose: "up" | "destroy";
  readonly lab: string;
  readonly manifest: string;
  readonly image: {
    readonly kernel: string;
    readonly initrd: string;
    readonly cmdline: string;
    readonly disk?: string;
  };
  readonly wait: "ready" | "started";
  /** Ends itself like `kill -9` in the middle of this step, counted from 1 in the order of their starts. */
  readonly killInStep?: number;
  /** A command to run on a node's console afterwards. */
  readonly run?: { readonly node: string; readonly command: string };
  /** Connect to the forwarded ssh port of each node afterwards. */
  readonly connect?: boolean;
}

export interface Report {
  readonly outcome: Outcome;
  readonly status: readonly LabStatus[];
  /** Of the command. */
  readonly exitStatus?: number;
  readonly stepsLeft: readonly string[];
  /** What the nodes' ssh servers say first. */
  readonly greetings?: readonly string[];
}

async function main(task: Task): Promise<Report> {
  const host = await openHost({ uri: task.uri });
  try {
    const services = servicesOf(task);
    const planUp = (): ReturnType<typeof planLab> =>
      planLab(labOf(task.manifest), host, { manifest: MANIFEST, services });
    const plan = task.purpose === "up" ? await planUp() : await planDestroy(host, { lab: task.lab });
    let steps = 0;
    const outcome = await applyPlan(plan, host, {
      wait: task.wait,
      onEvent: (event) => {
        if (event.type !== "step-started" || ++steps !== task.killInStep) return;
        // The step's first call is on its way by then, its answer is not here yet.
        setImmediate(() => process.kill(process.pid, "SIGKILL"));
      },
    });
    const status = await labStatus(host, { lab: task.lab });
    const forwards = status.flatMap(({ nodes }) => nodes.flatMap(({ forward }) => forward ?? []));
    return {
      outcome,
      status,
      stepsLeft: task.purpose === "up" ? (await planUp()).steps.map(({ id }) => id) : [],
      ...(task.run === undefined ? {} : { exitStatus: await run(task.run) }),
      ...(task.connect === true ? { greetings: await Promise.all(forwards.map(greeting)) } : {}),
    };
  } finally {
    await host.close();
  }

  async function run({ node, command }: NonNullable<Task["run"]>): Promise<number> {
    const shell = await Shell.of(host, `${task.lab}.${node}`);
    try {
      return (await shell.run(command)).status;
    } finally {
      shell.close();
    }
  }
}

async function greeting({ host, port }: { readonly host: string; readonly port: number }): Promise<string> {
  const socket = createConnection({ host, port });
  try {
    const data: unknown[] = await once(socket, "data");
    return String(data[0]);
  } finally {
    socket.destroy();
  }
}

function servicesOf({ image }: Task): LabServices {
  const { disk, ...kernel } = image;
  return {
    images: {
      resolve: () =>
        Promise.resolve(
          disk === undefined
            ? { version: "test", kernel, extraDisks: [] }
            : { version: "test", disk: { path: disk, format: "qcow2", capacity: 64n * 1024n ** 2n }, extraDisks: [] },
        ),
    },
    buildSeed,
    createSecret,
    userKeys: () => Promise.resolve([]),
    waitReady,
  };
}

// What the test has written a moment before.
const task = JSON.parse(process.argv[2] ?? "") as Task;
process.stdout.write(JSON.stringify(await main(task)));
