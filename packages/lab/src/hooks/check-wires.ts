import { LabError } from "../errors.js";
import type { Problem } from "../events.js";
import { isHere, type Host } from "../host/index.js";
import { HOST_HOOKS, hookFile, hookState, THIS_MACHINE, type HookPlace, type HookState } from "./host-hooks.js";

/** What each state but `installed` means for what the hook does, and how to mend it. */
export function hookTrouble(state: Exclude<HookState, "installed">, file: string): Pick<Problem, "message" | "mend"> {
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

/**
 * Whether a host can make links of type `wire`.
 * @returns warnings where that cannot be seen from here.
 * @throws LabError `wire-needs-system`, `wire-needs-init` where it is seen that it cannot.
 */
export async function checkWires(
  host: Pick<Host, "mode" | "local" | "uri">,
  place: HookPlace = THIS_MACHINE,
): Promise<readonly Problem[]> {
  if (host.mode === "session") {
    throw new LabError(
      "wire-needs-system",
      'links of type "wire" are taps of the host, which a session connection cannot create',
      'Use type = "udp", which passes every frame too, or connect to qemu:///system.',
    );
  }
  const unchecked = (message: string, mend: string): readonly Problem[] => [{ code: "wire-unchecked", message, mend }];
  if (!isHere(host)) {
    return unchecked(
      `whether ${host.uri} is set up for links of type "wire" cannot be seen from here; if it is not, nothing passes them`,
      "Run `labscape doctor` there.",
    );
  }
  for (const hook of HOST_HOOKS.filter(({ name }) => name === "wire")) {
    const state = await hookState(hook, place);
    if (state === "installed") continue;
    const { message, mend } = hookTrouble(state, hookFile(hook, place));
    if (state === "unknown") return unchecked(`links of type "wire": ${message}`, mend);
    throw new LabError(
      "wire-needs-init",
      `links of type "wire" do not work here: ${message}`,
      `${mend}. Or use type = "udp", which passes every frame too.`,
    );
  }
  return [];
}
