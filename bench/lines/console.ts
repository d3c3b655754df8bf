import { spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { Connection } from "node-libvirt";
import { applyPlan, destroyLab, openHost, planLab } from "@labscape/lab";
import { canRunHypervisor, isInstalled, startHypervisor } from "../../test/libvirt/hypervisor.js";
import { labOf, MANIFEST, testServices } from "../../test/libvirt/lab/support.js";
import { SkipLine, type Peer, type Result } from "../result.js";
import { summarize } from "../support/times.js";

/** Keys in one turn, and how often both take their turn. */
const KEYS = 100;
const ROUNDS = 4;

const TEXT = `name = "echo"\nnodes = [{ name = "n", model = "tiny_linux" }]\n`;
const DOMAIN = "echo.n";
/** VIR_DOMAIN_CONSOLE_FORCE. */
const FORCE = 1;

/** From a key to its echo, by the terminal driver of a guest: most of it is the guest's, and the same for all. */
export default async function measure(): Promise<readonly Result[]> {
  const obstacle = await canRunHypervisor();
  if (obstacle !== undefined) throw new SkipLine(obstacle);
  const hypervisor = await startHypervisor();
  try {
    const host = await openHost({ uri: hypervisor.uri });
    const plan = await planLab(labOf(TEXT), host, { manifest: MANIFEST, services: await testServices() });
    const { outcome } = await applyPlan(plan, host, { onEvent: () => undefined });
    if (outcome !== "done") throw new Error("the guest did not start");
    const own: number[] = [];
    const virsh: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      own.push(...(await typeByConnection(hypervisor.uri)));
      if (await isInstalled("script")) virsh.push(...(await typeByVirsh(hypervisor.uri)));
    }
    await destroyLab({ lab: "echo" }, host, { onEvent: () => undefined });
    await host.close();
    const peers: readonly Peer[] = virsh.length === 0 ? [] : [{ name: "virsh console", figure: median(virsh) }];
    return [{ what: "console: key to echo", unit: "ms", figure: median(own), peers, timesPeer: 1.2 }];
  } finally {
    await hypervisor.stop();
  }
}

async function typeByConnection(uri: string): Promise<readonly number[]> {
  const connection = await Connection.open(uri);
  try {
    const console = await (await connection.domainLookupByName(DOMAIN)).openConsole(undefined, FORCE);
    const times = await typeKeys(console, console);
    console.destroy();
    return times;
  } finally {
    await connection.close();
  }
}

/** `virsh console` wants a terminal, which `script` makes. */
async function typeByVirsh(uri: string): Promise<readonly number[]> {
  const command = `exec virsh --quiet --connect '${uri}' console ${DOMAIN} --force`;
  const child = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"]);
  const ended = new Promise((resolve) => child.once("close", resolve));
  try {
    return await typeKeys(child.stdin, child.stdout);
  } finally {
    child.kill();
    await ended;
  }
}

/** Milliseconds from each key to its echo. */
async function typeKeys(input: Writable, output: Readable): Promise<readonly number[]> {
  let said = "";
  let look = (): void => undefined;
  output.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    look();
  });
  const until = (pattern: RegExp): Promise<void> => {
    const found = new Promise<void>((resolve) => {
      look = () => {
        if (pattern.test(said)) resolve();
      };
    });
    look();
    return found;
  };
  // A console without an answer is not attached yet, and keys typed before are lost.
  const knocking = setInterval(() => input.write("\r"), 200);
  await until(/n# /);
  clearInterval(knocking);
  input.write("echo be''gin\r");
  await until(/begin\r\n[^]*n# /);
  const times: number[] = [];
  for (let key = 0; key < KEYS; key++) {
    said = "";
    const start = performance.now();
    input.write("x");
    await until(/x/);
    times.push(performance.now() - start);
  }
  said = "";
  input.write("\u0015\r");
  await until(/n# /);
  return times;
}

function median(times: readonly number[]): number {
  return summarize(times).median;
}
