import { randomUUID } from "node:crypto";
import { type Connection, ErrorCode, LibvirtError } from "node-libvirt";
import { toXml } from "../xml.js";
import { REQUEST_NAMESPACE } from "./replug-hook.js";

/** What the hooks of a hypervisor say of themselves. */
export interface HookAnswer {
  /** `unseen`: the daemon has run since before it was there. `no-tc`: the program that joins taps is not installed. */
  readonly wire: "installed" | "absent" | "unseen" | "no-tc";
  readonly bridge: "installed" | "absent";
  /** Taps that could not be joined or parted. */
  readonly failed: readonly string[];
}

/**
 * Has the hook that re-plugs wires look at taps of running domains: what their live definitions record is then so. Works
 * wherever the connection leads. The request is a network that cannot be: its ports would be those of a card that `lo` is
 * not. The hook refuses it before libvirt finds that out, and answers with its reason; nothing is ever made.
 *
 * @param taps none: only to hear what is installed.
 * @returns undefined where no such hook answers.
 */
export async function askHooks(connection: Connection, taps: readonly string[]): Promise<HookAnswer | undefined> {
  const request = toXml("network", {
    name: `labscape-wires-${randomUUID()}`,
    metadata: {
      "labscape:wires": { "@xmlns:labscape": REQUEST_NAMESPACE, "labscape:tap": taps.map((tap) => ({ "@name": tap })) },
    },
    forward: { "@mode": "hostdev", "@managed": "yes", pf: { "@dev": "lo" } },
  });
  try {
    const network = await connection.networkCreateXml(request);
    await network.destroy(); // By a driver that only pretends, such as libvirt's own for tests.
    return undefined;
  } catch (error) {
    if (!(error instanceof LibvirtError)) throw error;
    const answer = parseAnswer(error.message);
    if (answer !== undefined) return answer;
    const unheard: readonly number[] = [ErrorCode.INTERNAL_ERROR, ErrorCode.CONFIG_UNSUPPORTED, ErrorCode.NO_SUPPORT];
    if (unheard.includes(error.code)) return undefined;
    throw error;
  }
}

/** Undefined for what somebody else says. */
export function parseAnswer(message: string): HookAnswer | undefined {
  const [, wire, bridge, failed = ""] = /labscape-wires: wire=(\S+) bridge=(\S+) failed=(\S*)/.exec(message) ?? [];
  if (wire !== "installed" && wire !== "absent" && wire !== "unseen" && wire !== "no-tc") return undefined;
  return {
    wire,
    bridge: bridge === "installed" ? bridge : "absent",
    failed: failed.split(",").filter((tap) => tap !== ""),
  };
}
