import { textOf } from "../model/access.js";
import type { CheckContext } from "./context.js";

/**
 * The lab's name is its identity on a host: of two manifests with one name the second changes what the first has deployed.
 * A manifest that this one includes, or that includes it, means the same lab.
 */
export function checkLabName({ manifest, providers, report }: CheckContext): void {
  if (providers.labsNamed === undefined) return;
  const { entries } = manifest.root;
  const name = textOf(entries.get("name")?.value) ?? textOf(entries.get("id")?.value);
  if (name === undefined || name.value === "") return;
  const own = new Set(manifest.sources.map(({ file }) => file));
  const others = providers.labsNamed(name.value).filter(({ file }) => !own.has(file));
  const [first] = others;
  if (first === undefined) return;
  const also = others.length === 1 ? "" : ` and ${others.length - 1} more`;
  report(
    "lab-name-taken",
    name.range,
    `The lab of ${first.file.slice(first.file.lastIndexOf("/") + 1)}${also} is called \`${name.value}\` too. On one host the two are the same lab: give one of them another name.`,
    { elsewhere: others.map((location) => ({ ...location, message: "The same name here." })) },
  );
}
