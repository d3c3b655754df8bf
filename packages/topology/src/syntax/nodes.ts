/* eslint-disable @typescript-eslint/class-literal-property-style -- as a field the kind would be one more word in each of very many nodes */
import { Entries } from "./entries.js";
import type {
  ArrayValue,
  BooleanValue,
  DateTimeValue,
  DottedKey,
  FloatValue,
  InlineTable,
  IntegerValue,
  KeyPart,
  KeyValue,
  MissingValue,
  Range,
  StringValue,
  TableHeader,
  TomlTable,
} from "./tree.js";

/*
 * The nodes of the tree as the parser makes them. A large lab has hundreds of thousands, and most of the time that a parse
 * takes goes into making and keeping them: a node holds offsets, and makes its ranges and whatever else follows from them
 * when it is asked. For the same reason its kind belongs to its class.
 */

/** Something that covers a range, before it is given away: its place may still change. */
export interface Span {
  start: number;
  end: number;
}

function rangeOf({ start, end }: Span): Range {
  return { start, end };
}

/** A part of a key, and also the whole of a key that has no dots. */
export class KeyPartNode implements KeyPart, DottedKey {
  start: number;
  end: number;
  readonly text: string;

  constructor(start: number, end: number, text: string) {
    this.start = start;
    this.end = end;
    this.text = text;
  }

  get range(): Range {
    return rangeOf(this);
  }

  /** A decoded text is never longer than what is written, and quotes come on top. */
  get quoted(): boolean {
    return this.end - this.start !== this.text.length;
  }

  get parts(): readonly [this] {
    return [this];
  }
}

/** A key with dots. */
export class DottedKeyNode implements DottedKey {
  start: number;
  end: number;
  readonly parts: readonly KeyPartNode[];

  constructor(start: number, end: number, parts: readonly KeyPartNode[]) {
    this.start = start;
    this.end = end;
    this.parts = parts;
  }

  get range(): Range {
    return rangeOf(this);
  }
}

/** No equals sign is written yet. */
export const noEquals = -1;

/** A pair; one whose key has no dots is at the same time its entry in the table that it stands in. */
export class PairNode<Key extends KeyPartNode | DottedKeyNode = KeyPartNode | DottedKeyNode> implements KeyValue {
  readonly key: Key;
  /** Characters between the key and its equals sign, or `noEquals`. */
  readonly gap: number;
  value: ValueNode;

  constructor(key: Key, gap: number, value: ValueNode) {
    this.key = key;
    this.gap = gap;
    this.value = value;
  }

  get kind(): "key-value" {
    return "key-value";
  }

  get start(): number {
    return this.key.start;
  }

  get end(): number {
    return this.value.end;
  }

  get range(): Range {
    return { start: this.key.start, end: this.value.end };
  }

  get equals(): Range | undefined {
    if (this.gap === noEquals) return undefined;
    const start = this.key.end + this.gap;
    return { start, end: start + 1 };
  }

  get pair(): this {
    return this;
  }
}

export type PlainPair = PairNode<KeyPartNode>;

export function isPlain(pair: PairNode): pair is PlainPair {
  return pair.key instanceof KeyPartNode;
}

export class TableHeaderNode implements TableHeader {
  get kind(): "table-header" {
    return "table-header";
  }
  start: number;
  end: number;
  readonly key: KeyPartNode | DottedKeyNode;
  readonly array: boolean;

  constructor(start: number, end: number, key: KeyPartNode | DottedKeyNode, array: boolean) {
    this.start = start;
    this.end = end;
    this.key = key;
    this.array = array;
  }

  get range(): Range {
    return rangeOf(this);
  }
}

export type StatementNode = PairNode | TableHeaderNode;

export type ValueNode =
  StringNode | IntegerNode | FloatNode | BooleanNode | DateTimeNode | ArrayNode | InlineTableNode | MissingNode;

export class StringNode implements StringValue {
  get kind(): "string" {
    return "string";
  }
  start: number;
  end: number;
  readonly value: string;
  readonly style: StringValue["style"];
  readonly terminated: boolean;

  constructor(start: number, end: number, value: string, style: StringValue["style"], terminated: boolean) {
    this.start = start;
    this.end = end;
    this.value = value;
    this.style = style;
    this.terminated = terminated;
  }

  get range(): Range {
    return rangeOf(this);
  }

  get contents(): Range {
    const quotes = this.style === "basic" || this.style === "literal" ? 1 : 3;
    return { start: this.start + quotes, end: this.terminated ? this.end - quotes : this.end };
  }
}

export class IntegerNode implements IntegerValue {
  get kind(): "integer" {
    return "integer";
  }
  start: number;
  end: number;
  /** A number where that is exact. */
  readonly #value: number | bigint;

  constructor(start: number, end: number, value: number | bigint) {
    this.start = start;
    this.end = end;
    this.#value = value;
  }

  get range(): Range {
    return rangeOf(this);
  }

  get value(): bigint {
    return BigInt(this.#value);
  }
}

export class FloatNode implements FloatValue {
  get kind(): "float" {
    return "float";
  }
  start: number;
  end: number;
  readonly value: number;

  constructor(start: number, end: number, value: number) {
    this.start = start;
    this.end = end;
    this.value = value;
  }

  get range(): Range {
    return rangeOf(this);
  }
}

export class BooleanNode implements BooleanValue {
  get kind(): "boolean" {
    return "boolean";
  }
  start: number;
  end: number;
  readonly value: boolean;

  constructor(start: number, end: number, value: boolean) {
    this.start = start;
    this.end = end;
    this.value = value;
  }

  get range(): Range {
    return rangeOf(this);
  }
}

export class DateTimeNode implements DateTimeValue {
  get kind(): "datetime" {
    return "datetime";
  }
  start: number;
  end: number;
  readonly variety: DateTimeValue["variety"];
  readonly text: string;

  constructor(start: number, end: number, variety: DateTimeValue["variety"], text: string) {
    this.start = start;
    this.end = end;
    this.variety = variety;
    this.text = text;
  }

  get range(): Range {
    return rangeOf(this);
  }
}

export class ArrayNode implements ArrayValue {
  get kind(): "array" {
    return "array";
  }
  start: number;
  end: number;
  readonly items: readonly ValueNode[];
  readonly terminated: boolean;

  constructor(start: number, end: number, items: readonly ValueNode[], terminated: boolean) {
    this.start = start;
    this.end = end;
    this.items = items;
    this.terminated = terminated;
  }

  get range(): Range {
    return rangeOf(this);
  }
}

export class InlineTableNode implements InlineTable {
  get kind(): "inline-table" {
    return "inline-table";
  }
  start: number;
  end: number;
  readonly pairs: readonly PairNode[];
  readonly terminated: boolean;
  #table: TomlTable | undefined;

  /** @param entries what the pairs mean; absent where each pair is an entry as it stands */
  constructor(
    start: number,
    end: number,
    pairs: readonly PairNode[],
    terminated: boolean,
    entries: Entries | undefined,
  ) {
    this.start = start;
    this.end = end;
    this.pairs = pairs;
    this.terminated = terminated;
    this.#table = entries && new InlineContents(this, entries);
  }

  get range(): Range {
    return rangeOf(this);
  }

  get table(): TomlTable {
    return (this.#table ??= new InlineContents(this, new Entries(this.pairs.filter(isPlain))));
  }
}

/** The meaning of an inline table. */
class InlineContents implements TomlTable {
  get kind(): "table" {
    return "table";
  }
  readonly form = "inline";
  readonly entries: Entries;
  readonly #owner: InlineTableNode;

  constructor(owner: InlineTableNode, entries: Entries) {
    this.#owner = owner;
    this.entries = entries;
  }

  get nameRange(): Range {
    return { start: this.#owner.start, end: this.#owner.start + 1 };
  }

  get ranges(): readonly Range[] {
    return [this.#owner.range];
  }
}

export class MissingNode implements MissingValue {
  get kind(): "missing" {
    return "missing";
  }
  start: number;
  end: number;

  constructor(start: number, end: number) {
    this.start = start;
    this.end = end;
  }

  get range(): Range {
    return rangeOf(this);
  }
}
