import type { ResolvedLab } from "@labscape/topology";
import type { Problem, Step } from "../events.js";

/** For the nodes whose disk is new and whose device takes no file at boot: where what must be typed can be had. */
export function byHandWarnings(lab: ResolvedLab, steps: readonly Step[]): readonly Problem[] {
  const fresh = new Set(
    steps.filter(({ action }) => action === "create" || action === "replace").flatMap(({ node }) => node ?? []),
  );
  return lab.nodes.flatMap(({ name, model }) =>
    model.firstBoot.byHand === undefined || !fresh.has(name)
      ? []
      : [
          {
            code: "first-boot-by-hand",
            message: `${name} does not configure itself. ${model.firstBoot.byHand}`,
            mend: `Then type at its console what \`labscape config ${name}\` prints.`,
          },
        ],
  );
}
