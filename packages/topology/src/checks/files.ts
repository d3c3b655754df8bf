import { rootShape, type KeySpec, type ValueType } from "../keys/index.js";
import { sourceAt } from "../model/index.js";
import type { EntryValue, StringValue } from "../syntax/tree.js";
import { replaceFix, type CheckContext } from "./context.js";
import type { Visitor } from "../model/walk.js";

const includeKey = rootShape.keys.get("include");

/** Files that the manifest names; only where something can look for them. */
export function fileChecks({ manifest, providers, report }: CheckContext): Visitor {
  if (providers.fileState === undefined) return { entry: () => false };
  const fileState = providers.fileState.bind(providers);
  return {
    // Included files have a check of their own.
    entry: (_entry: unknown, spec: KeySpec) => spec.status === undefined && spec !== includeKey,
    value: (value: EntryValue, type: ValueType, entry) => {
      if (value.kind !== "string" || type.kind !== "string" || type.format !== "path") return;
      if (entry.key.text === "image") checkImage(value);
      else checkFile(value);
    },
  };

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
