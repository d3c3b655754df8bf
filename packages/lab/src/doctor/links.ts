import { HOST_HOOKS, hookFile, hookState, hookTrouble, type HookPlace } from "../hooks/index.js";
import type { Host } from "../host/index.js";
import type { Check } from "./check.js";
import type { Machine } from "./machine.js";

/** What each type of link can do on this machine. Links of type `udp` need nothing but QEMU. */
export async function linkChecks(
  machine: Machine,
  host: Pick<Host, "mode">,
  place: HookPlace,
): Promise<readonly Check[]> {
  const [wire, bridge] = [await hookCheck("wire", host, place), await hookCheck("bridge", host, place)];
  const hasTc = await machine.has("tc");
  return [
    wire.result === "ok" && !hasTc
      ? { ...wire, result: "warning", message: "tc, which joins them, is not installed", mend: "apt install iproute2" }
      : wire,
    bridge,
  ];
}

const TOPICS = {
  wire: { neededFor: 'links of type "wire"; those of type "udp" pass every frame too', ok: "links of type wire work" },
  bridge: {
    neededFor: "LLDP and 802.1X between nodes on a bridge; other frames pass without, LACP and pause never",
    ok: "LLDP and 802.1X pass bridges",
  },
} as const;

async function hookCheck(name: "wire" | "bridge", { mode }: Pick<Host, "mode">, place: HookPlace): Promise<Check> {
  const { neededFor, ok } = TOPICS[name];
  const check = { name: `link-${name}`, neededFor };
  if (mode === "session") {
    const message = "a session connection cannot make taps and bridges of the host";
    const mend = "Use qemu:///system: sudo usermod -aG libvirt $USER, then log in again.";
    return { ...check, result: "warning", message, mend };
  }
  for (const hook of HOST_HOOKS.filter((one) => one.name === name)) {
    const state = await hookState(hook, place);
    if (state !== "installed") return { ...check, result: "warning", ...hookTrouble(state, hookFile(hook, place)) };
  }
  return { ...check, result: "ok", message: ok, mend: "" };
}
