import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { Connection, PoolCreateFlag } from "node-libvirt";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../../test/libvirt/hypervisor.js";
import { machine } from "../../test/libvirt/node-libvirt/machine.js";
import { SkipLine, type Peer, type Result } from "../result.js";
import { nativeBinding, run, type NativeBinding } from "../support/libvirt.js";
import { summarize } from "../support/times.js";

/** Calls in one measurement, and how often all rivals take their turn. */
const CALLS = 500;
const ROUNDS = 9;
/** Connections in one measurement. */
const CONNECTIONS = 20;
const BYTES = 256 * 1024 * 1024;

/** libvirt calls, connections and uploads against the native binding and virsh, on one throw-away hypervisor. */
export default async function measure(): Promise<readonly Result[]> {
  const obstacle = await canRunHypervisor();
  if (obstacle !== undefined) throw new SkipLine(obstacle);
  const native = await nativeBinding(process.env["BENCH_ROOT"] ?? ".");
  if (typeof native === "string") console.error(`@unraid/libvirt is not compared with: ${native}`);
  const hypervisor = await startHypervisor();
  try {
    const binding = typeof native === "string" ? undefined : native;
    return [
      ...(await calls(hypervisor.uri, binding)),
      await connecting(hypervisor.uri, binding),
      await openingConsole(hypervisor.uri),
      await uploading(hypervisor),
    ];
  } finally {
    await hypervisor.stop();
  }
}

async function calls(uri: string, native: NativeBinding | undefined): Promise<readonly Result[]> {
  const own = await Connection.open(uri);
  const other = await native?.open(uri);
  const [sequential, pipelined, theirs] = await takeTurns([
    () => oneAfterTheOther(() => own.listAllDomains()),
    () => Promise.all(Array.from({ length: CALLS }, () => own.listAllDomains())),
    other === undefined ? undefined : () => oneAfterTheOther(() => other.list()),
  ]);
  await own.close();
  await other?.close();
  const peers = peer("@unraid/libvirt one after the other", theirs, CALLS);
  return [
    {
      what: "libvirt call, one after the other",
      unit: "ms",
      figure: amount(sequential, CALLS),
      ...peers,
      timesPeer: 1,
    },
    { what: "libvirt call, pipelined", unit: "ms", figure: amount(pipelined, CALLS), ...peers, timesPeer: 0.33 },
  ];
}

async function connecting(uri: string, native: NativeBinding | undefined): Promise<Result> {
  const [own, theirs, virsh] = await takeTurns([
    () =>
      oneAfterTheOther(async () => {
        const connection = await Connection.open(uri);
        await connection.listAllDomains();
        await connection.close();
      }, CONNECTIONS),
    native === undefined
      ? undefined
      : () =>
          oneAfterTheOther(async () => {
            const connection = await native.open(uri);
            await connection.list();
            await connection.close();
          }, CONNECTIONS),
    () => run("virsh", ["--quiet", "--connect", uri, "list"]),
  ]);
  const { peers: bindings = [] } = peer("@unraid/libvirt", theirs, CONNECTIONS);
  const peers = [...bindings, ...(peer("virsh", virsh, 1).peers ?? [])];
  return {
    what: "libvirt: connect, list domains, close",
    unit: "ms",
    figure: amount(own, CONNECTIONS),
    peers,
    timesPeer: 1,
  };
}

/** How long it takes until a console can be written to; a guest that echoes would measure the guest. */
async function openingConsole(uri: string): Promise<Result> {
  const connection = await Connection.open(uri);
  const domain = await connection.domainCreateXml(machine("bench", "6f9619ff-8b86-d011-b42d-00cf4fc964d1"));
  const [open] = await takeTurns([
    async () => {
      const console = await domain.openConsole();
      const closed = new Promise((resolve) => console.once("close", resolve));
      console.destroy();
      await closed;
      // The daemon frees the console before it answers this.
      await domain.isActive();
    },
  ]);
  await domain.destroy();
  await connection.close();
  return { what: "libvirt: open a console and leave it", unit: "ms", figure: amount(open, 1), budget: 10 };
}

async function uploading(hypervisor: Hypervisor): Promise<Result> {
  const { uri, directory } = hypervisor;
  const connection = await Connection.open(uri);
  const pool = await connection.storagePoolDefineXml(
    "<pool type='dir'><name>bench</name><target><path>/var/lib/libvirt/bench</path></target></pool>",
  );
  await pool.create(PoolCreateFlag.WITH_BUILD);
  const volume = await pool.volCreateXml(`<volume><name>v</name><capacity>${BYTES}</capacity></volume>`);
  const file = path.join(directory, "lib/upload");
  await writeFile(file, Buffer.alloc(BYTES, "labscape"));
  const [own, virsh] = await takeTurns(
    [
      async () => pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), await volume.upload()),
      () => run("virsh", ["--quiet", "--connect", uri, "vol-upload", "--pool", "bench", "v", file]),
    ],
    3,
  );
  await connection.close();
  const peers = peer("virsh", virsh, 1);
  return { what: "libvirt: upload 256 MiB", unit: "ms", figure: amount(own, 1), ...peers, timesPeer: 1.5 };
}

/** Milliseconds that each rival took, turn by turn, so that all meet the same state of the machine; the first turn warms up. */
async function takeTurns(rivals: readonly ((() => unknown) | undefined)[], rounds = ROUNDS): Promise<number[][]> {
  const times = rivals.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, rival] of rivals.entries()) {
      const start = performance.now();
      await rival?.();
      if (round > 0 && rival !== undefined) times[index]?.push(performance.now() - start);
    }
  }
  return times;
}

async function oneAfterTheOther(call: () => Promise<unknown>, times = CALLS): Promise<void> {
  for (let count = 0; count < times; count += 1) await call();
}

function amount(times: readonly number[] | undefined, calls: number): number {
  return summarize(times ?? []).median / calls;
}

function peer(name: string, times: readonly number[] | undefined, calls: number): { peers?: readonly Peer[] } {
  return times === undefined || times.length === 0 ? {} : { peers: [{ name, figure: amount(times, calls) }] };
}
