import { readdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { applyPlan, destroyLab, openHost, planLab, type Host, type LabServices } from "@labscape/lab";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../../test/libvirt/hypervisor.js";
import { labOf, MANIFEST, ring, testServices } from "../../test/libvirt/lab/support.js";
import { SkipLine, type Result } from "../result.js";
import { run } from "../support/libvirt.js";
import { summarize, timeCalls } from "../support/times.js";

/** Nodes, and how often a lab of so many is deployed. */
const SIZES = [
  { nodes: 10, rounds: 3 },
  { nodes: 50, rounds: 2 },
] as const;
/** Runs of `up` with nothing to do. */
const RUNS = 10;
const GIB = 1024n ** 3n;

/** Deploying against starting what is there already. Guests have an empty disk: their firmware finds nothing to boot and waits. */
export default async function measure(): Promise<readonly Result[]> {
  const obstacle = await canRunHypervisor();
  if (obstacle !== undefined) throw new SkipLine(obstacle);
  const hypervisor = await startHypervisor();
  try {
    const image = await emptyDisk(hypervisor);
    const services: LabServices = {
      ...(await testServices()),
      images: { resolve: () => Promise.resolve({ version: "bench", disk: image, extraDisks: [] }) },
    };
    const host = await openHost({ uri: hypervisor.uri });
    try {
      // libvirt asks QEMU what it can, once.
      await deploying({ hypervisor, host, services, nodes: 2, rounds: 1 });
      const results: Result[] = [];
      for (const { nodes, rounds } of SIZES) {
        results.push(...(await deploying({ hypervisor, host, services, nodes, rounds })));
      }
      return results;
    } finally {
      await host.close();
    }
  } finally {
    await hypervisor.stop();
  }
}

interface Deployment {
  readonly hypervisor: Hypervisor;
  readonly host: Host;
  readonly services: LabServices;
  readonly nodes: number;
  readonly rounds: number;
}

async function deploying(deployment: Deployment): Promise<readonly Result[]> {
  const { hypervisor, host, nodes, rounds } = deployment;
  const times = { up: [] as number[], again: [] as number[], virsh: [] as number[] };
  let megabytes = 0;
  for (let round = 0; round < rounds; round++) {
    times.up.push(await timed(() => up(deployment)));
    times.again.push((await timeCalls(RUNS, () => up(deployment))).median);
    megabytes = (await bytesOnDisk(hypervisor)) / nodes / 1024 ** 2;
    const domains = await host.connection.listAllDomains();
    await Promise.all(domains.map((domain) => domain.destroy()));
    times.virsh.push(await timed(() => virshStart(hypervisor, domains)));
    await destroyLab({ lab: "bench" }, host, { onEvent: () => undefined });
  }
  const lab = `${nodes} nodes`;
  const virsh = { name: "virsh start, all at once", figure: median(times.virsh) };
  return [
    { what: `up: ${lab}, without their boot`, unit: "ms", figure: median(times.up), peers: [virsh], timesPeer: 1.2 },
    { what: `up again: ${lab}, nothing changed`, unit: "ms", figure: median(times.again), budget: 300 },
    { what: `up: ${lab}, disk space of each`, unit: "MB", figure: megabytes, budget: 1 },
  ];
}

async function up({ host, services, nodes }: Deployment): Promise<void> {
  const plan = await planLab(labOf(ring("bench", nodes)), host, { manifest: MANIFEST, services });
  const { outcome, problems } = await applyPlan(plan, host, { wait: "started", onEvent: () => undefined });
  if (outcome !== "done") throw new Error(problems.map(({ message }) => message).join("\n"));
}

/** One virsh for each domain, all at once. They are started by a small program: forking this one would take longer. */
async function virshStart(
  { uri, directory }: Hypervisor,
  domains: readonly { readonly name: string }[],
): Promise<void> {
  const names = path.join(directory, "names");
  await writeFile(names, domains.map(({ name }) => `${name}\n`).join(""));
  await run("xargs", ["-a", names, "-P", "0", "-n", "1", "virsh", "--quiet", "--connect", uri, "start"]);
}

/** As the hypervisor sees it. */
async function emptyDisk(hypervisor: Hypervisor): Promise<{ path: string; format: "qcow2"; capacity: bigint }> {
  const file = "/var/lib/libvirt/images/empty.qcow2";
  await hypervisor.exec(["qemu-img", "create", "-q", "-f", "qcow2", file, "1G"]);
  return { path: file, format: "qcow2", capacity: GIB };
}

/** That the lab's files take on the disk, wherever they are. */
async function bytesOnDisk({ directory }: Hypervisor): Promise<number> {
  const files = await readdir(path.join(directory, "lib/labscape"), { recursive: true, withFileTypes: true });
  const sizes = files
    .filter((file) => file.isFile())
    .map(async ({ parentPath, name }) => (await stat(path.join(parentPath, name))).blocks * 512);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  return summarize(times).median;
}
