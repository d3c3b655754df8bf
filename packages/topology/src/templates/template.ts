/** A lab to begin with. Small enough to be read at a glance, and without findings. */
export interface LabTemplate {
  readonly name: string;
  /** One line, for the list. */
  readonly description: string;
  /** @param lab name of the new lab. */
  readonly manifest: (lab: string) => string;
}
