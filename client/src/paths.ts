/** Paths of URIs, which have "/" between their parts on every machine. */

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The path from the folder of one file to another. */
export function relativePath(from: string, to: string): string {
  const folder = from.split("/").slice(0, -1);
  const steps = to.split("/");
  let common = 0;
  while (common < folder.length && common < steps.length - 1 && folder[common] === steps[common]) common++;
  return [...folder.slice(common).map(() => ".."), ...steps.slice(common)].join("/");
}
