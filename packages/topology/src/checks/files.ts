import { rootShape } from "../keys/index.js";
import { sourceAt } from "../model/index.js";
import type { StringValue } from "../syntax/tree.js";
import { replaceFix, type CheckContext } from "./context.js";
import type { Visitor } from "../model/walk.js";

const includeKey = rootShape.keys.get("include");

/** A path that acts, and the key that it is the value of. */
export interface WrittenPath {
  readonly key: string;
  readonly value: StringValue;
}

/** Collects the paths that are written. */
export function pathVisitor(paths: WrittenPath[]): Visitor {
  return {
    // Included files have a check of their own.
    entry: (_, spec) => spec.status === undefined && spec !== includeKey,
    value: (value, type, { key }) => {
      if (value.kind === "string" && type.kind === "string" && type.format === "path")
        paths.push({ key: key.text, value });
    },
  };
}

/** Files that the manifest names; only where something can look for them. */
export function checkPaths(paths: readonly WrittenPath[], { manifest, providers, report }: CheckContext): void {
  if (providers.fileState === undefined) return;
  const fileState = providers.fileState.bind(providers);
  for (const { key, value } of paths)
    if (key === "image") checkImage(value);
    else checkFile(value);

  function checkFile(value: StringValue): void {
    const path = value.value;
    if (path.trim() === "") return;
    const from = sourceAt(manifest.sources, value.contents.start);
    const state = fileState(path, from.file);
    const folder = from === manifest.sources[0] ? "the manifest's folder" : "the folder of the file that they stand in";
    if (state === "absent")
      report("file-not-found", value.contents, `There is no file \`${path}\`. Paths start at ${folder}.`);
    else if (state === "empty") report("file-empty", value.contents, `The file \`${path}\` is empty.`);
  }

  /** A path has a slash; a name without one is a volume of the image store, which is not looked at here. */
  function checkImage(value: StringValue): void {
    const path = value.value;
    if (path.trim() === "") return;
    const state = fileState(path, sourceAt(manifest.sources, value.contents.start).file);
    if (path.includes("/")) {
      if (state === "absent")
        report(
          "image-missing",
          value.contents,
          `There is no disk image \`${path}\`. Without \`image\` the node takes one from the image store.`,
        );
      else if (state === "empty") report("file-empty", value.contents, `The file \`${path}\` is empty.`);
    } else if (state === "present")
      report(
        "image-missing",
        value.contents,
        `\`${path}\` without a slash is a volume of the image store. The file beside the manifest is \`./${path}\`.`,
        { fixes: [replaceFix(`Change to "./${path}"`, value.contents, `./${path}`)] },
      );
  }
}
