/**
 * The syntax tree of a TOML document. It is made for any text, however broken: what is missing is a zero-width node,
 * what cannot be read is in `errors`. Offsets are UTF-16 code units, counted from the document's `base`.
 */

/** Half-open range of offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A part of the tree. `start` and `end` are those of its range, which is made each time it is asked for. */
export interface Spanned {
  readonly start: number;
  readonly end: number;
  readonly range: Range;
}

export interface TomlDocument {
  readonly text: string;
  /** Offset of the text's first character; every range in the document is counted on from there. */
  readonly base: number;
  /** Key-value pairs and table headers in the order of the text. */
  readonly statements: readonly Statement[];
  readonly comments: readonly Range[];
  /** In the order of their ranges. Includes duplicate keys and redefined tables. */
  readonly errors: readonly TomlError[];
  /** What the document means: the tree of tables that the statements build. */
  readonly root: TomlTable;
}

export interface TomlError {
  readonly code: "toml-syntax" | "toml-duplicate-key" | "toml-1.1-feature";
  readonly message: string;
  /** Short: never runs past the end of the line where it starts. */
  readonly range: Range;
  /** For a duplicate: where the first one stands. */
  readonly related?: Range;
}

export type Statement = KeyValue | TableHeader;

export interface KeyValue extends Spanned {
  readonly kind: "key-value";
  readonly key: DottedKey;
  /** Range of the equals sign; absent when it is not written yet. */
  readonly equals?: Range | undefined;
  readonly value: Value;
}

export interface TableHeader extends Spanned {
  readonly kind: "table-header";
  readonly key: DottedKey;
  /** `[[key]]` instead of `[key]`. */
  readonly array: boolean;
}

export interface DottedKey extends Spanned {
  /** At least one, possibly with empty text and zero width. */
  readonly parts: readonly KeyPart[];
}

export interface KeyPart extends Spanned {
  /** Decoded, without quotes. */
  readonly text: string;
  readonly quoted: boolean;
}

export type Value =
  StringValue | IntegerValue | FloatValue | BooleanValue | DateTimeValue | ArrayValue | InlineTable | MissingValue;

export interface StringValue extends Spanned {
  readonly kind: "string";
  /** Decoded. */
  readonly value: string;
  readonly style: "basic" | "literal" | "multiline-basic" | "multiline-literal";
  /** False when the closing quote is missing. */
  readonly terminated: boolean;
  /** Range of the characters between the quotes. */
  readonly contents: Range;
}

export interface IntegerValue extends Spanned {
  readonly kind: "integer";
  readonly value: bigint;
}

export interface FloatValue extends Spanned {
  readonly kind: "float";
  readonly value: number;
}

export interface BooleanValue extends Spanned {
  readonly kind: "boolean";
  readonly value: boolean;
}

export interface DateTimeValue extends Spanned {
  readonly kind: "datetime";
  readonly variety: "offset" | "local" | "date" | "time";
  readonly text: string;
}

export interface ArrayValue extends Spanned {
  readonly kind: "array";
  readonly items: readonly Value[];
  readonly terminated: boolean;
}

export interface InlineTable extends Spanned {
  readonly kind: "inline-table";
  readonly pairs: readonly KeyValue[];
  readonly terminated: boolean;
  /** What its pairs mean (dotted keys resolved). */
  readonly table: TomlTable;
}

/** Nothing there, or text that is no value (`range` then covers it). */
export interface MissingValue extends Spanned {
  readonly kind: "missing";
}

/** A table as the document means it, whichever way it was written. */
export interface TomlTable {
  readonly kind: "table";
  /** In the order of first appearance. */
  readonly entries: ReadonlyMap<string, Entry>;
  /**
   * Where the table is written: the header statement with all its pairs, the inline table, or the dotted keys that made it.
   * Several for a table that was opened in several places. Used for "which table is the cursor in".
   */
  readonly ranges: readonly Range[];
  /** Short range that names the table: the last part of its header or key, or the opening brace of an inline table in an array. */
  readonly nameRange: Range;
  readonly form: "root" | "header" | "array-item" | "inline" | "dotted" | "implicit";
}

export interface Entry {
  /** Where the key stands (the first time, for tables that are written in several places). */
  readonly key: KeyPart;
  readonly value: EntryValue;
  /** The statement or inline pair that gives the value; absent for tables made by headers. */
  readonly pair?: KeyValue;
}

/** A table or an array of tables made by headers or dotted keys, or a value. Inline tables appear as `InlineTable`. */
export type EntryValue = Value | TomlTable | TableArray;

/** An array of tables made by `[[headers]]`. */
export interface TableArray {
  readonly kind: "table-array";
  readonly items: readonly TomlTable[];
}
