/** Checks of values from outside, to be put together. */

export type Guard<T> = (value: unknown) => value is T;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isString(value: unknown): value is string {
  return typeof value === "string";
}

export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

export function isOneOf<T extends string>(...names: readonly T[]): Guard<T> {
  return (value): value is T => names.some((name) => name === value);
}

export function isListOf<T>(is: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(is);
}

export function isEither<A, B>(a: Guard<A>, b: Guard<B>): Guard<A | B> {
  return (value): value is A | B => a(value) || b(value);
}

type Shape<T> = { readonly [K in keyof T]-?: Guard<Exclude<T[K], undefined>> };

/** A record with these fields; those of `optional` may be absent. Others may be there too. */
export function isShape<T extends object>(shape: Shape<T>, optional: readonly (keyof T)[] = []): Guard<T> {
  return (value): value is T => {
    if (!isRecord(value)) return false;
    for (const key in shape) {
      const field = value[key];
      if (field === undefined ? !optional.includes(key) : !shape[key](field)) return false;
    }
    return true;
  };
}

/** A record whose values are all of one kind. */
export function isRecordOf<T>(is: Guard<T>): Guard<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> => isRecord(value) && Object.values(value).every(is);
}

/** Values of a shape; undefined for all others. */
export function reader<T>(is: Guard<T>): (value: unknown) => T | undefined {
  return (value) => (is(value) ? value : undefined);
}
