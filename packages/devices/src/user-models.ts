import { builtinCatalogue, builtinModelFile } from "./builtin.js";
import { createCatalogue, type Catalogue } from "./catalogue.js";
import type { DeviceModel, TextRange } from "./model.js";
import { inheritedValues, readModel, type ResolveModel, type SuggestModel } from "./read.js";
import { isTable, type Problem } from "./schema/keys.js";
import { nearestName } from "./suggest.js";
import { locateTemplate } from "./template-file.js";

/** A user's model file, parsed into plain values. */
export interface ModelSource {
  /** Path or URI. */
  readonly file: string;
  readonly value: unknown;
  /** Where the text of its name stands in the file. */
  readonly nameAt?: TextRange;
}

export interface ReadModels {
  /** The models that come with Labscape, and over them those of the files. */
  readonly catalogue: Catalogue;
  readonly files: ReadonlyMap<string, ReadModelFile>;
}

/** What a user's file turned out to be. */
export interface ReadModelFile {
  /** Empty for a good one. */
  readonly problems: readonly Problem[];
  /** The plain values that it has from the models that it extends. */
  readonly inherited: Readonly<Record<string, unknown>>;
  /** The model that it extends: the user's file that it is in, if it is, and what it is unless something is wrong in it. */
  readonly parent?: { readonly file?: string; readonly nameAt?: TextRange; readonly model?: DeviceModel };
  /** Whether there is another model of its name, which it may extend. */
  readonly standsIn: boolean;
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
  const suggest: SuggestModel = (name) => {
    const alias = builtinCatalogue.find(name)?.model.name;
    const names = placed.flatMap(({ value }) => nameOf(value) ?? []);
    return alias ?? nearestName(name, [...names, ...builtinCatalogue.models.map((model) => model.name)]);
  };
  const results = placed.map((each, index) => {
    const { source, value, layer } = each;
    const result = readModel(value, resolve, suggest);
    const twin = placed.slice(0, index).find((other) => other.layer === layer && nameOf(other.value) === nameOf(value));
    const twice = twin === undefined || nameOf(value) === undefined ? [] : [duplicate(twin.source.file)];
    const model = twice.length > 0 || result.model === undefined ? [] : [{ ...result.model, ...placeOf(source) }];
    return { ...each, problems: [...result.problems, ...twice], model };
  });
  const parentOf = (value: unknown): Pick<ReadModelFile, "parent"> => {
    const name = stringAt(value, "extends");
    const found = name === undefined ? undefined : resolve(name, value);
    if (name === undefined || found === undefined) return {};
    const own = results.find((each) => each.value === found);
    if (own === undefined) return { parent: { ...modelIn(builtinCatalogue.find(name)) } };
    const [model] = own.model;
    return { parent: { ...placeOf(own.source), ...modelIn(model && { model }) } };
  };
  const files = results.map(({ source, value, problems }): readonly [string, ReadModelFile] => {
    const name = nameOf(value);
    const replaced = name === undefined ? undefined : resolve(name, value);
    const standsIn = replaced !== undefined && replaced !== value;
    return [source.file, { problems, inherited: inheritedValues(value, resolve), ...parentOf(value), standsIn }];
  });
  const models = results.flatMap(({ model }) => model);
  return { catalogue: createCatalogue([...builtinCatalogue.models, ...models]), files: new Map(files) };
}

function modelIn(found: { readonly model: DeviceModel } | undefined): { readonly model?: DeviceModel } {
  return found === undefined ? {} : { model: found.model };
}

function placeOf({ file, nameAt }: ModelSource): Pick<DeviceModel, "nameAt"> & { readonly file: string } {
  return { file, ...(nameAt === undefined ? {} : { nameAt }) };
}

function duplicate(file: string): Problem {
  return { path: ["name"], code: "duplicate-name", message: `${file} has a model of this name already` };
}

function nameOf(value: unknown): string | undefined {
  return stringAt(value, "name");
}

function stringAt(value: unknown, key: string): string | undefined {
  const found = isTable(value) ? value[key] : undefined;
  return typeof found === "string" ? found : undefined;
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
