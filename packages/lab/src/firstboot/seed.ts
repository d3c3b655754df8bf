import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { isTemplateFile, templates, type FirstBoot, type SeedFile } from "@labscape/devices";
import type { LabNode } from "@labscape/topology";
import type { Seed, SeedContext } from "../contracts.js";
import { LabError } from "../errors.js";
import { writeFat } from "./fat.js";
import type { FileSet } from "./file-tree.js";
import { writeIso9660 } from "./iso9660.js";
import { pathOf, readText } from "./node-files.js";
import { render } from "./render.js";
import { writeArchive } from "./tar.js";
import { templateData, type Sources } from "./template-data.js";

const ownSources: Sources = { readText, environment: process.env };

/**
 * Makes a node's first-boot data: renders the model's templates, or the node's `ztp_config` in place of the first, and packs
 * them as the device wants them. Equal files are equal bytes; other files have another instance id, so that the device runs
 * its first boot again. Undefined where the device takes no image.
 *
 * @throws LabError `template-error`, `file-not-found`, `not-a-text-file`, `invalid-ssh-key`, `environment-variable-not-set`,
 *   `invalid-file-name`, `first-boot-data-too-large`. No message holds a password.
 */
export async function buildSeed(
  node: LabNode,
  context: SeedContext,
  sources: Sources = ownSources,
): Promise<Seed | undefined> {
  const { firstBoot } = node.model;
  if (firstBoot.method === "none" || firstBoot.method === "kernel") return undefined;
  const { bytes, extension } = pack(firstBoot, intoArchives(await renderFiles(node, context, sources)));
  return {
    bytes,
    fileName: `${node.name}.seed.${extension}`,
    device: firstBoot.device,
    bus: firstBoot.bus,
    hash: createHash("sha256").update(bytes).digest("hex"),
  };
}

/** A file of a node's first boot, rendered. */
export interface RenderedFile {
  readonly file: SeedFile;
  readonly text: string;
}

/**
 * Renders a node's first-boot files: what its seed holds or, where the device takes none, what a person types.
 *
 * @throws LabError as `buildSeed`.
 */
export async function renderFiles(
  node: LabNode,
  context: SeedContext,
  sources: Sources = ownSources,
): Promise<readonly RenderedFile[]> {
  const data = await templateData(node, context, sources);
  const files = await Promise.all(
    node.model.firstBoot.files.map((file, index) => templateOf(node, file, index === 0, sources)),
  );
  // By what the device gets to see: data that its files do not mention, such as what is at the other end of a cable, is no
  // reason to boot it anew.
  const drafts = files.map(({ file, name, text }) => ({
    file,
    text: render(name, text, { ...data, instance_id: "" }),
  }));
  const instance_id = instanceId(JSON.stringify(drafts));
  return files.map(({ file, name, text }, index) => {
    const draft = mayMention(text) ? undefined : drafts[index];
    return draft ?? { file, text: render(name, text, { ...data, instance_id }) };
  });
}

/** Whether a template can have the instance id, its own or by another one's text. */
function mayMention(template: string): boolean {
  return /instance_id|\{%-?\s*(extends|include|import|from)\b/.test(template);
}

interface Template {
  readonly file: SeedFile;
  /** What a person calls it. */
  readonly name: string;
  readonly text: string;
}

async function templateOf(node: LabNode, file: SeedFile, isDayZero: boolean, sources: Sources): Promise<Template> {
  if (isDayZero && node.ztpConfig !== undefined) {
    const path = pathOf(node, node.ztpConfig);
    return { file, name: path, text: await sources.readText(path) };
  }
  if (isTemplateFile(file.template)) {
    const path = file.template.startsWith("file:") ? fileURLToPath(file.template) : file.template;
    return { file, name: path, text: await sources.readText(path) };
  }
  const text = Object.hasOwn(templates, file.template) ? templates[file.template] : undefined;
  if (text === undefined) {
    throw new LabError(
      "template-error",
      `the device model ${node.model.name} names a template that does not exist: "${file.template}"`,
      "Correct first_boot.files in the model's file.",
    );
  }
  return { file, name: `template ${file.template}`, text };
}

/** In the shape of a UUID, since OpenStack's metadata wants one. */
function instanceId(data: string): string {
  const hex = createHash("sha256").update(data, "utf8").digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

function intoArchives(rendered: readonly RenderedFile[]): FileSet {
  const files = new Map<string, Uint8Array>();
  const archives = new Map<string, Map<string, Uint8Array>>();
  for (const { file, text } of rendered) {
    const data = Buffer.from(text, "utf8");
    if (file.archive === undefined) files.set(file.name, data);
    else archives.set(file.archive, (archives.get(file.archive) ?? new Map<string, Uint8Array>()).set(file.name, data));
  }
  for (const [name, content] of archives) files.set(name, writeArchive(name, content));
  return files;
}

function pack(firstBoot: FirstBoot, files: FileSet): { readonly bytes: Uint8Array; readonly extension: string } {
  switch (firstBoot.method) {
    case "config-disk":
      return { bytes: writeFat(firstBoot.label, files, { partitioned: firstBoot.partitioned }), extension: "img" };
    case "ignition": {
      const [config = new Uint8Array()] = files.values();
      return { bytes: config, extension: "ign" };
    }
    default:
      return { bytes: writeIso9660(firstBoot.label, files), extension: "iso" };
  }
}
