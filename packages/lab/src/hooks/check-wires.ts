import { LabError } from "../errors.js";
import type { Problem } from "../events.js";
import { isHere, type Host } from "../host/index.js";
import type { HookAnswer } from "./ask-hooks.js";
import { hookFile, hookNamed, hookState, THIS_MACHINE, type HookPlace, type HookState } from "./host-hooks.js";

type Trouble = Pick<Problem, "message" | "mend">;

/** What each state but `installed` means for what the hook does, and how to mend it. */
export function hookTrouble(state: Exclude<HookState, "installed">, file: string): Trouble {
  switch (state) {
    case "absent":
      return {
        message: `libvirt's hook for them, ${file}, is not installed`,
        mend: "Install it once: sudo labscape init",
      };
    case "outdated":
      return { message: `${file} is that of another version`, mend: "Install this version's: sudo labscape init" };
    case "foreign":
      return {
        message: `${file}, where libvirt's hook for them must be, is not Labscape's`,
        mend: "Give that file another name, then: sudo labscape init",
      };
    case "unseen":
      return {
        message: `libvirt has run since before ${file} was installed, and does not see it`,
        mend: "Restart libvirt, which guests do not notice: sudo systemctl try-restart libvirtd virtqemud virtnetworkd",
      };
    case "unknown":
      return {
        message: `this user cannot see whether ${file} is installed`,
        mend: "Ask as root: sudo labscape doctor",
      };
  }
}

/** Why wires do not work, as the hypervisor's own hooks tell; undefined where they do. */
export function answerTrouble({ wire }: HookAnswer): Trouble | undefined {
  switch (wire) {
    case "installed":
      return undefined;
    case "no-tc":
      return { message: "tc, which joins them, is not installed", mend: "apt install iproute2" };
    case "absent":
    case "unseen":
      return hookTrouble(wire, hookFile(hookNamed("wire"), THIS_MACHINE));
  }
}

/** How a host makes links of type `wire`. */
export interface WireSupport {
  /** Whether cables of nodes that run can be moved; else they are joined when a node starts. */
  readonly replug: boolean;
  readonly warnings: readonly Problem[];
}

/**
 * Whether a host can make links of type `wire`.
 * @param ask asks the hypervisor's hooks, wherever that is.
 * @throws LabError `wire-needs-system`, `wire-needs-init` where it cannot.
 */
export async function checkWires(
  host: Pick<Host, "mode" | "local" | "uri">,
  ask: () => Promise<HookAnswer | undefined>,
  place = THIS_MACHINE,
): Promise<WireSupport> {
  if (host.mode === "session") {
    throw new LabError(
      "wire-needs-system",
      'links of type "wire" are taps of the host, which a session connection cannot create',
      'Use type = "udp", which passes every frame too, or connect to qemu:///system.',
    );
  }
  const answer = await ask();
  const trouble = answer === undefined ? await silence(host, place) : answerTrouble(answer);
  if (trouble === undefined) return { replug: true, warnings: [] };
  if ("warnings" in trouble) return trouble;
  const where = isHere(host) ? "here" : `on ${host.uri}`;
  throw new LabError(
    "wire-needs-init",
    `links of type "wire" do not work ${where}: ${trouble.message}`,
    `${trouble.mend}${isHere(host) ? "" : " (there)"}. Or use type = "udp", which passes every frame too.`,
  );
}

/** What it means that no hook answers: on this machine the files tell more. */
async function silence(host: Pick<Host, "local" | "uri">, place: HookPlace): Promise<Trouble | WireSupport> {
  const [wire, replug] = [hookNamed("wire"), hookNamed("replug")];
  if (isHere(host)) {
    const state = await hookState(wire, place);
    if (state === "installed" || state === "outdated") return { replug: false, warnings: [await noReplug()] };
    if (state !== "unknown") return hookTrouble(state, hookFile(wire, place));
  }
  return {
    message: "Labscape's hooks do not answer: they are not installed, or those of an earlier version",
    mend: "Install them: sudo labscape init",
  };

  async function noReplug(): Promise<Problem> {
    const state = await hookState(replug, place);
    const { message, mend } = hookTrouble(state === "installed" ? "unseen" : state, hookFile(replug, place));
    return {
      code: "wire-needs-restart",
      message: `cables of type "wire" cannot be re-plugged while their nodes run, so moving one restarts these: ${message}`,
      mend:
        state === "unseen" || state === "installed" ? mend : "Run it again for live re-plugging: sudo labscape init",
    };
  }
}
