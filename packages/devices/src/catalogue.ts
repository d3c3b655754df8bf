import type { DeviceModel } from "./model.js";

/** A set of device models with look-up by name and alias. */
export interface Catalogue {
  /** In the order of the names. */
  readonly models: readonly DeviceModel[];
  /** By canonical name or alias, without case. */
  find(name: string): { readonly model: DeviceModel; readonly alias: boolean } | undefined;
}

/** Later models replace earlier ones of the same name or alias (a user's own model wins over the built-in one). */
export function createCatalogue(models: readonly DeviceModel[]): Catalogue {
  const byName = new Map<string, DeviceModel>();
  for (const model of models) byName.set(model.name, model);
  const sorted = [...byName.values()].sort((a, b) => a.name.localeCompare(b.name, "en"));
  const byAlias = new Map<string, DeviceModel>();
  for (const model of models) {
    if (byName.get(model.name) !== model) continue;
    for (const alias of model.aliases) byAlias.set(alias.toLowerCase(), model);
  }
  return {
    models: sorted,
    find(name) {
      const lower = name.toLowerCase();
      const model = byName.get(lower);
      if (model !== undefined) return { model, alias: false };
      const aliased = byAlias.get(lower);
      return aliased === undefined ? undefined : { model: aliased, alias: true };
    },
  };
}
