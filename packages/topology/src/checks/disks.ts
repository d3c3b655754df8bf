import type { StoredFile } from "../analysis.js";
import type { DeviceModel } from "@labscape/devices";
import { textOf } from "../model/access.js";
import { effectiveEntry } from "../model/layers.js";
import { sourceAt, type NodeDeclaration } from "../model/index.js";
import { replaceFix, type CheckContext } from "./context.js";
import { modelRange } from "./images.js";

const GIB = 1024 ** 3;

/** The files that a node's disks are made of: all there, and none larger than the disk. Only where they are known. */
export function checkDisks(context: CheckContext): void {
  for (const node of context.manifest.nodes) {
    const { model } = node;
    if (model === undefined) continue;
    const image = textOf(effectiveEntry(node.layers, "image")?.entry.value);
    const stored = image === undefined ? storedFiles(node, model, context) : undefined;
    if (stored !== undefined) checkCompanions(node, model, stored, context);
    const size =
      image === undefined
        ? stored?.files.find(({ name }) => name === model.image.file)?.size
        : image.value.includes("/")
          ? context.providers.diskSize?.(image.value, sourceAt(context.manifest.sources, image.range.start).file)
          : undefined;
    if (size !== undefined) checkSize(node, size, context);
  }
}

interface StoredVersion {
  readonly version: string;
  readonly files: readonly StoredFile[];
}

/** The files of the version that the node starts from; undefined where the store is not known or does not have it. */
function storedFiles(
  node: NodeDeclaration,
  model: DeviceModel,
  { providers }: CheckContext,
): StoredVersion | undefined {
  const version =
    textOf(effectiveEntry(node.layers, "version")?.entry.value)?.value ?? providers.imageVersions?.(model.name)?.[0];
  const files = version === undefined ? undefined : providers.imageFiles?.(model.name, version);
  return version === undefined || files === undefined || files.length === 0 ? undefined : { version, files };
}

function checkCompanions(
  node: NodeDeclaration,
  model: DeviceModel,
  { version, files }: StoredVersion,
  { report }: CheckContext,
): void {
  const names = new Set(files.map(({ name }) => name));
  for (const file of neededFiles(model, names))
    if (!names.has(file))
      report(
        "companion-image-missing",
        modelRange(node),
        `${model.title} needs ${file} as well, and the image store does not have it. Add it: \`labscape image add FILE --model ${model.name} --version ${version} --as ${file}\`.`,
      );
}

/** What must be there beside the boot disk, or beside the kernel where the version has no disk. */
function neededFiles({ hardware, image, kernelBoot }: DeviceModel, names: ReadonlySet<string>): readonly string[] {
  const extra = hardware.extraDisks.flatMap(({ file }) => file ?? []);
  if (names.has(image.file) || kernelBoot === undefined) return [image.file, ...extra];
  return [kernelBoot.kernel, ...(kernelBoot.initrd === undefined ? [] : [kernelBoot.initrd]), ...extra];
}

function checkSize(node: NodeDeclaration, size: number, { report }: CheckContext): void {
  const effective = effectiveEntry(node.layers, "boot_disk_size");
  const value = effective?.entry.value;
  if (value?.kind !== "integer" || Number(value.value) * GIB >= size) return;
  const needed = String(Math.ceil(size / GIB));
  const own = effective?.origin.kind === "node";
  report(
    "disk-smaller-than-image",
    own ? value.range : (node.name?.range ?? node.table.nameRange),
    `A boot disk of ${String(value.value)} GiB is smaller than its image, which needs ${needed} GiB.`,
    own
      ? { fixes: [replaceFix(`Change to ${needed}`, value.range, needed)] }
      : { related: [{ range: value.range, message: "Taken over from here" }] },
  );
}
