import {
  answerTrouble,
  hookFile,
  hookNamed,
  hookState,
  hookTrouble,
  type HookAnswer,
  type HookPlace,
} from "../hooks/index.js";
import { isHere, type Host } from "../host/index.js";
import type { Check } from "./check.js";
import type { Machine } from "./machine.js";

export interface LinkCheckOptions {
  /** Of this machine. */
  readonly place: HookPlace;
  /** Asks the hypervisor's hooks. */
  readonly ask: () => Promise<HookAnswer | undefined>;
}

/** What each type of link can do on a host. Links of type `udp` need nothing but QEMU. */
export async function linkChecks(
  machine: Machine,
  host: Pick<Host, "mode" | "local" | "uri">,
  { place, ask }: LinkCheckOptions,
): Promise<readonly Check[]> {
  if (host.mode === "session") {
    const message = "a session connection cannot make taps and bridges of the host";
    const mend = "Use qemu:///system: sudo usermod -aG libvirt $USER, then log in again.";
    return [WIRE, BRIDGE].map(({ name, neededFor }) => ({ name, neededFor, result: "warning", message, mend }));
  }
  if (!isHere(host)) return askedChecks(host, await ask());
  return [await wireCheck(machine, place), await hookCheck("bridge", BRIDGE, place)];
}

const WIRE = {
  name: "link-wire",
  neededFor: 'links of type "wire"; those of type "udp" pass every frame too',
  ok: "links of type wire work",
};
const BRIDGE = {
  name: "link-bridge",
  neededFor: "LLDP and 802.1X between nodes on a bridge; other frames pass without, LACP and pause never",
  ok: "LLDP and 802.1X pass bridges",
};

function good({ name, neededFor, ok: message }: typeof WIRE): Check {
  return { name, neededFor, result: "ok", message, mend: "" };
}

async function wireCheck(machine: Machine, place: HookPlace): Promise<Check> {
  const wire = await hookCheck("wire", WIRE, place);
  if (wire.result !== "ok") return wire;
  if (!(await machine.has("tc"))) {
    return {
      ...wire,
      result: "warning",
      message: "tc, which joins them, is not installed",
      mend: "apt install iproute2",
    };
  }
  const replug = await hookCheck("replug", WIRE, place);
  if (replug.result === "ok") return wire;
  const message = `links of type wire work, but moving one restarts its nodes: ${replug.message}`;
  return { ...replug, message, mend: `For live re-plugging: ${replug.mend}` };
}

async function hookCheck(hook: "wire" | "replug" | "bridge", topic: typeof WIRE, place: HookPlace): Promise<Check> {
  const known = hookNamed(hook);
  const state = await hookState(known, place);
  if (state === "installed") return good(topic);
  return {
    name: topic.name,
    neededFor: topic.neededFor,
    result: "warning",
    ...hookTrouble(state, hookFile(known, place)),
  };
}

/** Of a machine whose files cannot be seen. */
function askedChecks({ uri }: Pick<Host, "uri">, answer: HookAnswer | undefined): readonly Check[] {
  const mend = "Run there: sudo labscape init";
  if (answer === undefined) {
    const message = `Labscape's hooks do not answer on ${uri}: they are not installed, or those of an earlier version`;
    return [WIRE, BRIDGE].map(({ name, neededFor }) => ({ name, neededFor, result: "warning", message, mend }));
  }
  const trouble = answerTrouble(answer);
  const { name, neededFor } = BRIDGE;
  const message = `libvirt's hook for them is not installed on ${uri}`;
  return [
    trouble === undefined ? good(WIRE) : { name: WIRE.name, neededFor: WIRE.neededFor, result: "warning", ...trouble },
    answer.bridge === "installed" ? good(BRIDGE) : { name, neededFor, result: "warning", message, mend },
  ];
}
