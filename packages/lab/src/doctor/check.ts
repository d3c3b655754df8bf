/** What the doctor found of one thing. */
export interface Check {
  /** Stable, for scripts: "libvirt-system", "kvm", ... */
  readonly name: string;
  /** `failed`: what it is needed for does not work here; `warning`: it works, but slowly or in part. */
  readonly result: "ok" | "warning" | "failed";
  /** What was found. */
  readonly message: string;
  /** What it is needed for. */
  readonly neededFor: string;
  /** How to get it; empty where nothing is missing. */
  readonly mend: string;
  /** The command of the mend, where it is one that can be put into a terminal of this machine as it stands. */
  readonly command?: string;
}
