import { builtinCatalogue, builtinModelFile } from "./builtin.js";
import { createCatalogue, type Catalogue } from "./catalogue.js";
import type { DeviceModel } from "./model.js";
import { readModel, type ResolveModel } from "./read.js";
import { isTable, type Problem } from "./schema/keys.js";
import { locateTemplate } from "./template-file.js";

/** A user's model file, parsed into plain values. */
export interface ModelSource {
  /** Path or URI. */
  readonly file: string;
  readonly value: unknown;
}

export interface ReadModels {
  /** The models that come with Labscape, and over them those of the files. */
  readonly catalogue: Catalogue;
  /** By file; empty for a good one. */
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
}

interface Placed {
  readonly source: ModelSource;
  /** With templates of the author's own by their place. */
  readonly value: unknown;
  readonly layer: number;
}

/**
 * Reads the model files of several places. A model of a later place stands in for one of the same name in an earlier place,
 * and for the one that comes with Labscape; where it extends its own name, it means the one that it stands in for.
 */
export function readModels(layers: readonly (readonly ModelSource[])[]): ReadModels {
  const placed = layers.flatMap((sources, layer) =>
    sources.map((source): Placed => ({ source, value: withPlacedTemplates(source), layer })),
  );
  const byValue = new Map(placed.map((each) => [each.value, each]));
  const resolve: ResolveModel = (name, asker) => {
    const own = nameOf(asker) === name ? byValue.get(asker)?.layer : undefined;
    // A file that extends itself within one place has nothing to stand in for: it is its own parent, which is reported.
    const found = placed.findLast(({ value, layer }) => nameOf(value) === name && (own === undefined || layer < own));
    return found?.value ?? builtinModelFile(name) ?? (own === undefined ? undefined : asker);
  };
  const problems = new Map<string, readonly Problem[]>();
  const models: DeviceModel[] = [];
  for (const [index, { source, value, layer }] of placed.entries()) {
    const result = readModel(value, resolve);
    const twin = placed.slice(0, index).find((each) => each.layer === layer && nameOf(each.value) === nameOf(value));
    const twice = twin === undefined || nameOf(value) === undefined ? [] : [duplicate(twin.source.file)];
    problems.set(source.file, [...result.problems, ...twice]);
    if (result.model !== undefined && twice.length === 0) models.push({ ...result.model, file: source.file });
  }
  return { catalogue: createCatalogue([...builtinCatalogue.models, ...models]), problems };
}

function duplicate(file: string): Problem {
  return { path: ["name"], code: "duplicate-name", message: `${file} has a model of this name already` };
}

function nameOf(value: unknown): string | undefined {
  const name = isTable(value) ? value["name"] : undefined;
  return typeof name === "string" ? name : undefined;
}

/** Relative templates start at the file that names them, also in a model that another one in another folder extends. */
function withPlacedTemplates({ file, value }: ModelSource): unknown {
  const firstBoot = isTable(value) ? value["first_boot"] : undefined;
  const files: unknown = isTable(firstBoot) ? firstBoot["files"] : undefined;
  if (!isTable(value) || !isTable(firstBoot) || !Array.isArray(files)) return value;
  const placed = files.map((each: unknown) => {
    const template = isTable(each) ? each["template"] : undefined;
    return isTable(each) && typeof template === "string" ? { ...each, template: locateTemplate(template, file) } : each;
  });
  return { ...value, first_boot: { ...firstBoot, files: placed } };
}
