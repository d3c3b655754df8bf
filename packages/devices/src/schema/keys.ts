import { nearestName } from "../suggest.js";

/** Where in a model file something stands: keys and array positions from the root. */
export type Path = readonly (string | number)[];

export type ProblemCode =
  | "unknown-key"
  | "missing-key"
  | "wrong-type"
  | "out-of-range"
  | "invalid-value"
  | "duplicate-name"
  | "unknown-model"
  | "extends-cycle";

/** Something wrong in a model file. */
export interface Problem {
  readonly path: Path;
  readonly code: ProblemCode;
  /** What is wrong and what would be right, as a sentence without a full stop. */
  readonly message: string;
  /** What was most likely meant: the key or the text to write instead. */
  readonly mend?: string;
}

export type Report = (problem: Problem) => void;

/** What a text names, where it names something: another model, a template that comes with Labscape, a NIC of a member. */
export type Named = "model" | "template" | "nic";

/** The shape of a value, for completion, hover and the reference page. */
export type ValueShape =
  | { readonly kind: "string"; readonly values?: readonly string[]; readonly names?: Named }
  | { readonly kind: "integer"; readonly minimum: number; readonly maximum: number }
  | { readonly kind: "boolean" }
  | { readonly kind: "list"; readonly item: ValueShape }
  | { readonly kind: "table"; readonly keys: Keys }
  | { readonly kind: "strings-by-name" };

/** One key of a model file. `T` is what reading gives: the value, or the default where the key is absent or wrong. */
export interface Key<T> {
  readonly shape: ValueShape;
  /** Markdown, one or two sentences. */
  readonly doc: string;
  readonly required: boolean;
  /** The default in words, for people. */
  readonly defaultText?: string;
  readonly fallback: T;
  read(value: unknown, path: Path, report: Report): T;
}

export type Keys = Readonly<Record<string, Key<unknown>>>;
/** What reading a table of these keys gives. */
export type Values<K extends Keys> = { readonly [N in keyof K]: K[N] extends Key<infer T> ? T : never };

interface Options<T> {
  readonly doc: string;
  readonly required?: boolean;
  readonly fallback: T;
  readonly defaultText?: string;
}

type Check<T> = (value: unknown, path: Path, report: Report) => T | undefined;

function key<T>(shape: ValueShape, options: Options<T>, check: Check<T>): Key<T> {
  return {
    shape,
    doc: options.doc,
    required: options.required ?? false,
    ...(options.defaultText === undefined ? {} : { defaultText: options.defaultText }),
    fallback: options.fallback,
    read: (value, path, report) => check(value, path, report) ?? options.fallback,
  };
}

/** A string; with `pattern`, `rule` says in words what is allowed. */
export function text<T extends string | undefined>(
  options: Options<T> & { readonly pattern?: RegExp; readonly rule?: string; readonly names?: Named },
): Key<T | string> {
  return key<T | string>(stringShape(options.names), options, (value, path, report) => {
    const found = checkString(value, path, report);
    if (found === undefined || options.pattern?.test(found) !== false) return found;
    report({ path, code: "invalid-value", message: `"${found}" is not ${options.rule ?? "allowed here"}` });
    return undefined;
  });
}

/** One of several words. */
export function choice<const V extends string, const T extends V | undefined>(
  values: readonly V[],
  options: Options<T>,
): Key<T | V> {
  return key<T | V>({ kind: "string", values }, options, (value, path, report) =>
    checkChoice(values, value, path, report),
  );
}

/** A whole number, also given as a bigint. */
export function integer<T extends number | undefined>(
  minimum: number,
  maximum: number,
  options: Options<T>,
): Key<T | number> {
  return key<T | number>({ kind: "integer", minimum, maximum }, options, (value, path, report) => {
    const found = typeof value === "bigint" ? Number(value) : value;
    if (typeof found !== "number" || !Number.isInteger(found)) {
      report({ path, code: "wrong-type", message: `must be a whole number, not ${describe(value)}` });
      return undefined;
    }
    if (found >= minimum && found <= maximum) return found;
    report({ path, code: "out-of-range", message: `must be from ${minimum} to ${maximum}, not ${found}` });
    return undefined;
  });
}

export function boolean<T extends boolean | undefined>(options: Options<T>): Key<T | boolean> {
  return key<T | boolean>({ kind: "boolean" }, options, (value, path, report) => {
    if (typeof value === "boolean") return value;
    report({ path, code: "wrong-type", message: `must be true or false, not ${describe(value)}` });
    return undefined;
  });
}

/** An array of strings. */
export function texts<T extends readonly string[] | undefined>(
  options: Options<T> & { readonly names?: Named },
): Key<T | readonly string[]> {
  const shape: ValueShape = { kind: "list", item: stringShape(options.names) };
  return key<T | readonly string[]>(shape, options, (value, path, report) =>
    checkList(value, path, report, checkString),
  );
}

function stringShape(names: Named | undefined): ValueShape {
  return names === undefined ? { kind: "string" } : { kind: "string", names };
}

/** An array of words out of a list. */
export function choices<const V extends string, const T extends readonly V[] | undefined>(
  values: readonly V[],
  options: Options<T>,
): Key<T | readonly V[]> {
  return key<T | readonly V[]>({ kind: "list", item: { kind: "string", values } }, options, (value, path, report) =>
    checkList(value, path, report, (item, at) => checkChoice(values, item, at, report)),
  );
}

/** A table of strings under names that the author chooses. */
export function textsByName(options: { readonly doc: string }): Key<Readonly<Record<string, string>>> {
  return key({ kind: "strings-by-name" }, { ...options, fallback: {} }, (value, path, report) => {
    const table = checkTable(value, path, report);
    if (table === undefined) return undefined;
    return Object.fromEntries(
      Object.entries(table).flatMap(([name, item]): (readonly [string, string])[] => {
        const string = checkString(item, [...path, name], report);
        return string === undefined ? [] : [[name, string]];
      }),
    );
  });
}

/**
 * A table with keys of its own; when it is absent, its keys have their defaults. It is required where one of its keys is,
 * unless `inherits` says that another table gives what it does not.
 */
export function table<K extends Keys>(
  keys: K,
  options: { readonly doc: string; readonly inherits?: boolean },
): Key<Values<K>> {
  const absent = readKeys(keys, {}, [], () => undefined);
  return {
    ...key({ kind: "table", keys }, { ...options, fallback: absent }, (value, path, report) => {
      const found = checkTable(value, path, report);
      return found === undefined ? undefined : readKeys(keys, found, path, report);
    }),
    required: options.inherits !== true && Object.values(keys).some((inner) => inner.required),
  };
}

/** A table with keys of its own that means something only when it is there. */
export function optionalTable<K extends Keys>(keys: K, options: { readonly doc: string }): Key<Values<K> | undefined> {
  return key<Values<K> | undefined>(
    { kind: "table", keys },
    { ...options, fallback: undefined },
    (value, path, report) => {
      const found = checkTable(value, path, report);
      return found === undefined ? undefined : readKeys(keys, found, path, report);
    },
  );
}

/** An array of tables. */
export function tables<K extends Keys>(
  keys: K,
  options: Options<readonly Values<NoInfer<K>>[]>,
): Key<readonly Values<K>[]> {
  return key<readonly Values<K>[]>(listOf(keys), options, checkTables(keys));
}

/** An array of tables whose default depends on other keys. */
export function optionalTables<K extends Keys>(
  keys: K,
  options: { readonly doc: string; readonly defaultText: string },
): Key<readonly Values<K>[] | undefined> {
  return key<readonly Values<K>[] | undefined>(listOf(keys), { ...options, fallback: undefined }, checkTables(keys));
}

function listOf(keys: Keys): ValueShape {
  return { kind: "list", item: { kind: "table", keys } };
}

function checkTables<K extends Keys>(keys: K): Check<readonly Values<K>[]> {
  return (value, path, report) =>
    checkList(value, path, report, (item, at) => {
      const found = checkTable(item, at, report);
      return found === undefined ? undefined : readKeys(keys, found, at, report);
    });
}

/** Reads a table by its keys. Every unknown, missing and wrong key is reported; the result is complete all the same. */
export function readKeys<K extends Keys>(
  keys: K,
  found: Readonly<Record<string, unknown>>,
  path: Path,
  report: Report,
): Values<K> {
  for (const name of Object.keys(found)) {
    if (Object.hasOwn(keys, name)) continue;
    const nearest = nearestName(name, Object.keys(keys));
    const mend = nearest === undefined ? `; known are ${Object.keys(keys).join(", ")}` : `; did you mean "${nearest}"?`;
    report({
      path: [...path, name],
      code: "unknown-key",
      message: `unknown key "${name}"${mend}`,
      ...(nearest === undefined ? {} : { mend: nearest }),
    });
  }
  const values = Object.entries(keys).map(([name, spec]): readonly [string, unknown] => {
    const at = [...path, name];
    if (Object.hasOwn(found, name)) return [name, spec.read(found[name], at, report)];
    if (spec.shape.kind === "table" && spec.required) return [name, spec.read({}, at, report)];
    if (spec.required) report({ path: at, code: "missing-key", message: `missing key "${name}": ${spec.doc}` });
    return [name, spec.fallback];
  });
  // Each key's value was made by that key's own reader, which is what `Values` says.
  return Object.fromEntries(values) as Values<K>;
}

function checkString(value: unknown, path: Path, report: Report): string | undefined {
  if (typeof value === "string") return value;
  report({ path, code: "wrong-type", message: `must be a string, not ${describe(value)}` });
  return undefined;
}

function checkChoice<V extends string>(
  values: readonly V[],
  value: unknown,
  path: Path,
  report: Report,
): V | undefined {
  const found = checkString(value, path, report);
  if (found === undefined) return undefined;
  const known = values.find((candidate) => candidate === found);
  if (known !== undefined) return known;
  const nearest = nearestName(found, values);
  const mend = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
  report({
    path,
    code: "invalid-value",
    message: `"${found}" is not one of ${values.join(", ")}${mend}`,
    ...(nearest === undefined ? {} : { mend: nearest }),
  });
  return undefined;
}

function checkList<T>(value: unknown, path: Path, report: Report, check: Check<T>): readonly T[] | undefined {
  if (!Array.isArray(value)) {
    report({ path, code: "wrong-type", message: `must be an array, not ${describe(value)}` });
    return undefined;
  }
  return value
    .map((item: unknown, index) => check(item, [...path, index], report))
    .filter((item) => item !== undefined);
}

function checkTable(value: unknown, path: Path, report: Report): Readonly<Record<string, unknown>> | undefined {
  if (isTable(value)) return value;
  report({ path, code: "wrong-type", message: `must be a table, not ${describe(value)}` });
  return undefined;
}

export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a date";
  switch (typeof value) {
    case "string":
      return `the string "${value}"`;
    case "number":
    case "bigint":
      return `the number ${value}`;
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "nothing" : "a table";
    default:
      return "nothing";
  }
}
