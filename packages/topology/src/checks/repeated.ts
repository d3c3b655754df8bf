import type { Text } from "../model/access.js";
import { sourceAt, type Manifest } from "../model/index.js";

/** Things that are declared by rows in one or several files. */
interface Declared {
  readonly rows: readonly { readonly name: Text | undefined }[];
}

/**
 * Names that stand twice in one file, each with the first one there. In different files the same name means the same thing.
 * Names without text are nobody's.
 */
export function* repeatedNames(
  declared: readonly Declared[],
  { sources }: Pick<Manifest, "sources">,
): Generator<readonly [name: Text, first: Text]> {
  const firsts = new Map<string, Text>();
  for (const { rows } of declared)
    for (const { name } of rows) {
      if (name === undefined || name.value === "") continue;
      const key = sources.length === 1 ? name.value : `${sourceAt(sources, name.range.start).base} ${name.value}`;
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, name);
      else yield [name, first];
    }
}
